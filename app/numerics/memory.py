"""Giving freed memory back to the system: glibc keeps what large tensors and texts leave behind."""

from __future__ import annotations

import ctypes


def trim() -> None:
    """Return free heap pages; does nothing where the C library cannot. Milliseconds: call it after large work."""
    release = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if release is not None:
        release(0)
