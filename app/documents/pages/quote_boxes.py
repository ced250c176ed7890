"""Draws boxes around the words of a quote: one for each line, or part of a line, that they fill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.documents.pages.page_text import WordPart
from app.documents.pages.page_words import Word
from app.domain.pages import PageSize, QuoteBox

SAME_LINE = 0.5  # share of the lower box's height that two words of one line have in common
MAX_GAP = 1.5  # heights of white space between two words of one line


@dataclass(frozen=True, slots=True)
class _Box:
    x0: float
    y0: float
    x1: float
    y1: float
    vertical: bool


def boxes_of(words: Sequence[Word], parts: Iterable[WordPart], page: int, size: PageSize) -> list[QuoteBox]:
    """Boxes on page `page`, in the order of the words, within the page."""
    lines: list[_Box] = []
    for part in parts:
        box = _part_box(words[part.word], part)
        if lines and _same_line(lines[-1], box):
            lines[-1] = _around(lines[-1], box)
        else:
            lines.append(box)
    within = (_within(box, size) for box in lines)
    return [
        QuoteBox(page, *(round(value, 2) for value in (box.x0, box.y0, box.x1, box.y1)))
        for box in within
        if box.x1 > box.x0 and box.y1 > box.y0
    ]


def _part_box(word: Word, part: WordPart) -> _Box:
    """The box of a part of a word, as if its characters were equally wide; a vertical word is taken whole."""
    box = _Box(word.x0, word.y0, word.x1, word.y1, word.vertical)
    if word.vertical:
        return box
    width = word.x1 - word.x0
    return replace(box, x0=word.x0 + part.start * width, x1=word.x0 + part.end * width)


def _same_line(line: _Box, box: _Box) -> bool:
    if line.vertical != box.vertical:
        return False
    if line.vertical:
        line, box = _turned(line), _turned(box)
    height = min(line.y1 - line.y0, box.y1 - box.y0)
    common = min(line.y1, box.y1) - max(line.y0, box.y0)
    gap = max(line.x0, box.x0) - min(line.x1, box.x1)
    return common >= SAME_LINE * height and gap <= MAX_GAP * max(line.y1 - line.y0, box.y1 - box.y0)


def _turned(box: _Box) -> _Box:
    return _Box(box.y0, box.x0, box.y1, box.x1, box.vertical)


def _around(box: _Box, other: _Box) -> _Box:
    return _Box(
        min(box.x0, other.x0), min(box.y0, other.y0), max(box.x1, other.x1), max(box.y1, other.y1), box.vertical
    )


def _within(box: _Box, size: PageSize) -> _Box:
    return replace(
        box, x0=max(box.x0, 0.0), y0=max(box.y0, 0.0), x1=min(box.x1, size.width), y1=min(box.y1, size.height)
    )
