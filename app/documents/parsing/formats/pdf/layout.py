"""What pages are made of: words with their boxes, rows of words, and the items that rows become.

Boxes are in points, in the frame of the reader: x to the right along the lines, y down, whichever way the page is
turned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from app.documents.parsing.tables import Cell

COLUMN_GAP = 1.0  # of a line's height: a wider gap separates columns
SAME_LINE = 0.5  # of the lower height: boxes that share as much of it stand on one line


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        return self.left - slack <= x <= self.right + slack and self.top - slack <= y <= self.bottom + slack

    def beside(self, other: Box) -> bool:
        """True for boxes on one line."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= SAME_LINE * min(self.height, other.height)

    def overlap(self, other: Box) -> Box:
        """What both cover; of negative width or height if they are apart."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


ELSEWHERE = -1  # start of a word that is not of the page's text
FIELD = -2  # start of the value of a form's field, that does not stand within a sentence


class Word(NamedTuple):
    text: str
    box: Box
    start: int = ELSEWHERE  # place of its first character in PDFium's list


Row = list[Word]  # of one line, in the order of the page's content


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column."""

    text: str  # ends with DIVIDED where a hyphen divides a word
    box: Box
    size: float  # of the font, in points on the page
    bold: bool
    short: bool = False  # much shorter than its column
    gap: bool = False  # more space above it than between the lines of a paragraph
    field: bool = False  # it tells a field of a form: a paragraph of its own


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Note:
    """Text that lies over a page: a text box, a comment. It stands after the paragraph at its place."""

    text: str


Item = Line | Table | Note


@dataclass(frozen=True, slots=True)
class Scan:
    """What OCR needs to know of a page: how it is turned, and what of it its own text covers."""

    turn: int
    words: tuple[Box, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    number: int  # from 0
    box: Box
    items: tuple[Item, ...] = ()
    notes: tuple[Note, ...] = ()  # comments, for the end of the page
    label: str = ""
    scan: Scan | None = None  # a page that is, at least for a large part, a picture of text


def around(row: Row) -> Box:
    """The box around the words of a row."""
    left, top, right, bottom = zip(*(word.box for word in row), strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


def row_text(row: Row) -> str:
    return " ".join(word.text for word in row)


def segments(row: Row) -> list[Row]:
    """The parts of a row that wide gaps separate. A row that runs to the left, as in Arabic, is one part."""
    parts: list[Row] = [[row[0]]] if row else []
    for word in row[1:]:
        last = parts[-1][-1].box
        if word.box.left < last.left:
            return [row]
        if word.box.left - last.right > COLUMN_GAP * max(last.height, word.box.height):
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts
