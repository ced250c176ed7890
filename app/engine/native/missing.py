"""Why the engine runs without its native kernels, for the log and for `loracle doctor`."""

from __future__ import annotations

import os
from pathlib import Path

from app.engine import native


def why_missing(folder: Path = Path(native.__file__).parent) -> str:
    """Why the kernels do not run, and what to do: a sentence; "" if they run or were switched off.

    `folder`: where the installation builds them.
    """
    if native.available() or os.environ.get(native.DISABLED):
        return ""
    built = any(path.suffix in {".so", ".pyd"} for name in native.LIBRARIES for path in folder.glob(f"{name}.*"))
    if built:
        return "This processor runs none of the native kernels (AVX2, AVX512-BF16): PyTorch works several times slower."
    return (
        "The native kernels were not compiled, and PyTorch works several times slower: install a C compiler "
        "(Debian: gcc libc6-dev), then Loracle again."
    )
