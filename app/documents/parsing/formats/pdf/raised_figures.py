"""Figures set higher or lower than the line: `10^2` for raised ones, `H2O` for lowered ones."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.parsing.formats.pdf.layout import COLUMN_GAP, Row, Word, around

SMALLER = 0.85  # of the height of the word before
CLOSE = 0.3  # of its height: a figure as near as that belongs to it
APART = 0.05  # of its height, from baseline to baseline
SAME_BASELINE = 0.1  # of the height of a line
BACKWARDS = 1.0  # points that a word may begin before the end of the one before it


def join_rows(rows: Sequence[Row]) -> list[Row]:
    """Rows with those joined that PDFium divides at a gap or at a raised word, and with raised figures marked."""
    joined: list[Row] = []
    for row in rows:
        if joined and _goes_on(joined[-1], row):
            joined[-1].extend(row)
        else:
            joined.append(list(row))
    return [_with_figures(row) for row in joined]


def _goes_on(before: Row, row: Row) -> bool:
    """True for a row that continues the line of the one before: in type of another size, or behind a wide gap."""
    last, first = before[-1].box, row[0].box
    sizes = sorted((last.height, first.height))
    gap = first.left - last.right
    if gap < -BACKWARDS or not last.beside(first):
        return False
    if sizes[0] <= SMALLER * sizes[1]:
        return gap <= COLUMN_GAP * sizes[0]
    return abs(last.bottom - first.bottom) <= SAME_BASELINE * sizes[0]


def _with_figures(row: Row) -> Row:
    words: Row = []
    for word in row:
        if words and (mark := _mark(words[-1], word)) is not None:
            before = words.pop()
            words.append(Word(f"{before.text}{mark}{word.text}", around([before, word])._replace(
                top=before.box.top, bottom=before.box.bottom), before.start))  # fmt: skip
        else:
            words.append(word)
    return words


def _mark(before: Word, word: Word) -> str | None:
    """What stands between a word and a figure that belongs to it; None if it does not."""
    if not word.text[0].isdecimal():
        return None
    box, height = word.box, before.box.height
    if not word.text.rstrip(".,;:)").isdecimal() or box.height > SMALLER * height or not before.text[-1].isalnum():
        return None
    if not -BACKWARDS <= box.left - before.box.right <= CLOSE * height or not before.box.beside(box):
        return None
    return "^" if before.box.bottom - box.bottom > APART * height else ""
