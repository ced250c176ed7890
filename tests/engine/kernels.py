"""The native kernels wherever there is a C compiler: without AVX512-BF16, on the compiler's own vectors."""

from __future__ import annotations

import ctypes
import platform
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from app.engine import native

SOURCE = Path(native.__file__).parent / "kernels.c"
HEADERS = Path(__file__).parent / "emulated"
FLAGS = ("-O2", "-march=native", "-shared", "-fPIC", "-Wall", "-Werror", "-Wno-psabi")
COMPILER = shutil.which("gcc") if platform.machine() == "x86_64" else None
can_run = native.available() or COMPILER is not None


@contextmanager
def running_kernels() -> Iterator[None]:
    """The machine's own where it has them; else the same source, compiled for the tests."""
    if not can_run:
        pytest.skip("needs AVX512-BF16, or gcc on x86-64")
    available = native.available
    with pytest.MonkeyPatch.context() as patch:
        if not available():
            patch.setattr(native, "_library", emulated)
        available.cache_clear()
        yield
    available.cache_clear()


@cache
def emulated() -> ctypes.CDLL:
    """kernels.c over emulated/immintrin.h: the same functions without the instructions."""
    with TemporaryDirectory() as folder:
        built = Path(folder) / "kernels.so"
        subprocess.run([str(COMPILER), *FLAGS, "-I", HEADERS, SOURCE, "-o", built, "-lm"], check=True)
        library = ctypes.CDLL(str(built))
    assert native._declared(library)
    return library
