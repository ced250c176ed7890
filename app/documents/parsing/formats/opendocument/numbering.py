"""Automatic numbers of lists and headings of OpenDocument, as the program shows them."""

from __future__ import annotations

import re

from app.documents.parsing.formats.opendocument.styles import ListLevel
from app.documents.parsing.numerals import numeral

DEEPEST = 10
LONGEST_LABEL = 60
PLACE = re.compile(r"%(\d{1,2})%")


class Counter:
    """Counts the items of a list, or the headings of a document, by level from 1."""

    def __init__(self, levels: dict[int, ListLevel]) -> None:
        self._levels = levels
        self._numbers: dict[int, int] = {}

    def label(self, level: int, start: int | None = None) -> str:
        """Count an item; its label, which is empty for bullets. `start`: the number that the item says itself."""
        level = min(max(level, 1), DEEPEST)
        own = self._levels.get(level, ListLevel())
        if start is not None:
            self._numbers[level] = start
        else:
            self._numbers[level] = self._numbers.get(level, own.start - 1) + 1
        self._numbers = {key: count for key, count in self._numbers.items() if key <= level}
        if not own.numeral:
            return ""
        if own.pattern:
            return PLACE.sub(lambda found: self._number(int(found[1])), own.pattern)[:LONGEST_LABEL].strip()
        shown = [self._number(place) for place in range(max(1, level - own.levels + 1), level + 1)]
        return f"{own.prefix}{'.'.join(part for part in shown if part)}{own.suffix}"[:LONGEST_LABEL].strip()

    def _number(self, level: int) -> str:
        style = self._levels.get(level, ListLevel())
        return numeral(self._numbers.get(level, style.start), style.numeral) if style.numeral else ""
