"""Returns freed memory to the operating system: glibc keeps free heap pages after large tensors and texts."""

from __future__ import annotations

import ctypes


def trim() -> None:
    """Return free heap pages to the system, if the C library can. Takes milliseconds; call it after large work."""
    release = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if release is not None:
        release(0)
