"""Offsets in UTF-16 code units, in which JavaScript, Java and C# count, from offsets in Unicode code points."""

from __future__ import annotations

import re
from bisect import bisect_left

SUPPLEMENTARY = re.compile("[\U00010000-\U0010ffff]")  # such as emoji: one code point, two UTF-16 code units


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text) + len(SUPPLEMENTARY.findall(text))


class Utf16Offsets:
    """Converts many offsets into one text, which it reads once."""

    def __init__(self, text: str) -> None:
        found = () if text.isascii() else SUPPLEMENTARY.finditer(text)
        self._places = [match.start() for match in found]

    def shift(self, offset: int) -> int:
        """How much more the offset is in UTF-16 code units than in code points."""
        return bisect_left(self._places, offset)

    def at(self, offset: int) -> int:
        """The offset in UTF-16 code units."""
        return offset + self.shift(offset)
