"""Running on a certain build of the native kernels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.engine import native


@contextmanager
def running_kernels(name: str) -> Iterator[None]:
    """Only that one of `native.LIBRARIES`; skips the test where it cannot run."""
    library = native.load(name)
    if library is None:
        pytest.skip(f"{name} needs a C compiler at installation, and a processor that can run it")
    available = native.available
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(native, "_library", lambda: library)
        available.cache_clear()
        yield
    available.cache_clear()
