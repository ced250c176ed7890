"""Headings by the size and weight of their type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.documents.parsing.formats.pdf.layout import Line

HEADING_SIZE_RATIO = 1.12  # to the size of body text
MAX_HEADING_CHARS = 160


class HeadingSizes:
    """The font of the body text (`body`: its size in points), and the heading levels of larger and bold lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        weight: Counter[tuple[float, bool]] = Counter()
        for line in lines:
            weight[line.size, line.bold] += len(line.text)
        (self.body, self._bold_body), _ = weight.most_common(1)[0] if weight else ((0.0, False), 0)
        larger = sorted({size for size, _ in weight if size > self.body * HEADING_SIZE_RATIO}, reverse=True)
        self._levels = {size: min(level, 5) for level, size in enumerate(larger, start=1)}
        self.known = len(weight) > 1

    def level(self, line: Line) -> int:
        """The heading level of a line, from 1; 0 for body text."""
        text = line.text.strip()
        if len(text) > MAX_HEADING_CHARS or not any(char.isalpha() for char in text) or text.endswith((",", ";")):
            return 0
        if line.size in self._levels:
            return self._levels[line.size]
        set_apart = line.bold and not self._bold_body and line.size >= self.body and not text.endswith(".")
        return min(len(set(self._levels.values())) + 1, 6) if set_apart else 0
