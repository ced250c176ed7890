"""Returns freed memory to the operating system, and keeps Python's garbage collector out of imports.

glibc keeps free heap pages after large tensors and texts.
"""

from __future__ import annotations

import ctypes
import gc
import sys


def trim() -> None:
    """Return free heap pages to the system, if the C library can. Takes milliseconds; call it after large work."""
    release = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if release is not None:
        release(0)


def peak_resident_bytes() -> int:
    """The most memory that this process has had so far."""
    import resource  # there is none on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def pause_collection() -> None:
    """Stop looking for garbage until `resume_collection`: imports make a million objects that stay."""
    gc.disable()


def resume_collection() -> None:
    """Look for garbage again, but never at the objects that are there now: each full collection takes .3 s less.

    Does nothing unless collection is paused.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
