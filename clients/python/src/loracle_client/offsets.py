"""Offsets: the service counts in Unicode code points, as Python does, and gives `_utf16` fields for other languages."""

from __future__ import annotations


def to_utf16(text: str, offset: int) -> int:
    """The UTF-16 offset of an offset in code points."""
    return len(text[:offset].encode("utf-16-le")) // 2


def from_utf16(text: str, offset: int) -> int:
    """The offset in code points of a UTF-16 offset."""
    return len(text.encode("utf-16-le")[: 2 * offset].decode("utf-16-le", "ignore"))
