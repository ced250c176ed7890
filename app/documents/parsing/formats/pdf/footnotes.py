"""Footnotes: smaller lines at the foot of a page or column. They stand below the text, so that sentences go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.documents.parsing.formats.line_layout import joined
from app.documents.parsing.formats.pdf.layout import Item, Line, Note, Page

SMALLER = 0.94  # of the size of body text
MARKER = re.compile(r"^(?:\d{1,3}|[*∗†‡§])\s?[^\W\d_]")


def with_footnotes_below(page: Page, body_size: float) -> Page:
    """The page with its footnotes as notes."""
    items: list[Item] = []
    notes: list[Note] = []
    place = 0
    while place < len(page.items):
        end = _footnotes_end(page.items, place, body_size)
        if end > place:
            notes.extend(_notes([item for item in page.items[place:end] if isinstance(item, Line)]))
        else:
            items.append(page.items[place])
        place = max(end, place + 1)
    return replace(page, items=tuple(items), notes=(*notes, *page.notes)) if notes else page


def _footnotes_end(items: Sequence[Item], place: int, body_size: float) -> int:
    """The end of the footnotes that begin at `place`: the end of the page or the top of the next column."""
    first = items[place]
    if not (place and isinstance(first, Line) and MARKER.match(first.text)):
        return place
    end = place
    while end < len(items) and _is_smaller(items[end], body_size):
        end += 1
    if end == len(items):
        return end
    following = items[end]
    return end if not isinstance(following, Note) and following.box.top < first.box.top else place


def _is_smaller(item: Item, body_size: float) -> bool:
    return isinstance(item, Line) and item.size <= SMALLER * body_size


def _notes(lines: Sequence[Line]) -> list[Note]:
    """One note for each line with a marker and the lines that go on from it."""
    starts = [place for place, line in enumerate(lines) if MARKER.match(line.text)]
    return [Note(joined(lines[start:end])) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
