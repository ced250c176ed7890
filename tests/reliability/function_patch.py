"""Replaces a function of the product by another one, for the life of the process."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


def replace_function(
    function: Callable[..., Any], replacement: Callable[..., Any], *, seen_in: ModuleType | None = None
) -> None:
    """Replace a function where it is defined, or its imported name in the module `seen_in`.

    Raises LookupError if the function is not found there, so that no replacement is without effect.
    """
    holder: Any
    holder, name = holder_of(function) if seen_in is None else (seen_in, function.__name__)
    if getattr(holder, name, None) is not function:
        raise LookupError(f"{holder!r} has no {function.__qualname__}")
    setattr(holder, name, replacement)


def holder_of(function: Callable[..., Any]) -> tuple[Any, str]:
    """The module or class that defines a function, and the function's name in it."""
    *classes, name = function.__qualname__.split(".")
    return functools.reduce(getattr, classes, sys.modules[function.__module__]), name
