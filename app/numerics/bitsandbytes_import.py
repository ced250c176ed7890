"""Imports bitsandbytes without PyTorch's compiler, which takes two seconds and 60 MB to load.

bitsandbytes decorates the fallbacks of its kernels with `torch.compile`, which loads the compiler at import. The
fallbacks serve devices that have no kernels, and compute the same without compilation.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def import_bitsandbytes() -> None:
    """Import bitsandbytes, unless it is imported already. Call at start-up, before anything uses `torch.compile`."""
    if "bitsandbytes" in sys.modules:
        return
    import torch

    compiler = torch.compile
    torch.compile = _leave_uncompiled  # type: ignore[assignment]
    try:
        import bitsandbytes  # noqa: F401
    finally:
        torch.compile = compiler


def _leave_uncompiled(function: Callable[..., Any] | None = None, **_: Any) -> Any:
    return _leave_uncompiled if function is None else function
