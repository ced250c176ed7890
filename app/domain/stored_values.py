"""Values of requests that every database and every answer can hold.

Texts are Unicode without lone surrogates and NUL, numbers are finite, and integers have at most 64 bits.
"""

from __future__ import annotations

import math

SMALLEST_INTEGER, LARGEST_INTEGER = -(2**63), 2**63 - 1


def storable(text: str) -> str:
    """The text itself. Raises ValueError if it cannot be stored."""
    problem = why_unstorable(text)
    if problem is not None:
        raise ValueError(problem)
    return text


def why_unstorable(value: object) -> str | None:
    """What a text or a number must be to be stored, if it is not; None for all that can be."""
    if isinstance(value, str):
        return _why_not_text(value)
    if isinstance(value, int):
        return None if SMALLEST_INTEGER <= value <= LARGEST_INTEGER else "must be an integer of at most 64 bits"
    if isinstance(value, float):
        return None if math.isfinite(value) else "must be a finite number"
    return None


def _why_not_text(text: str) -> str | None:
    if "\x00" in text:
        return "must not contain NUL characters"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "must be valid Unicode, without lone surrogates"
    return None
