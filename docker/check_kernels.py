"""Fails the build of an image in which the engine's native kernels were not compiled: they are optional elsewhere."""

import ctypes
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from app.engine import native

folder = Path(native.__file__).parent
for name in native.LIBRARIES:
    built = [path for suffix in EXTENSION_SUFFIXES if (path := folder / f"{name}{suffix}").is_file()]
    if not built:
        sys.exit(f"{name} was not compiled: does this stage have a C compiler?")
    ctypes.CDLL(str(built[0]))
    print(f"{built[0].name}: compiled{', used on this processor' if native.load(name) else ''}")
