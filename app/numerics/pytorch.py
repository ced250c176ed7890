"""Says clearly what cannot be done where PyTorch is not installed, as in the gateway image."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import Unavailable


def pytorch_installed() -> bool:
    """Whether PyTorch can be imported. It is not imported."""
    return importlib.util.find_spec("torch") is not None


@contextmanager
def needs_pytorch(what: str) -> Iterator[None]:
    """Imports in the block may need PyTorch. Raises Unavailable with what to do if it is not installed.

    `what` begins the message: "Compressing an adapter".
    """
    try:
        yield
    except ModuleNotFoundError as fault:
        if fault.name != "torch":
            raise
        raise Unavailable(
            f"{what} needs PyTorch, which this installation leaves out (the gateway image does). Do it on an "
            "installation that has it, such as the all-in-one image.",
            code="no_pytorch",
        ) from None
