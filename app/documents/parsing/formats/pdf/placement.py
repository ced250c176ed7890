"""Puts the values of form fields and the addresses of links at their places among the words of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.documents.parsing.formats.pdf.annotations import FieldValue, Link
from app.documents.parsing.formats.pdf.bands import BAND, Bands
from app.documents.parsing.formats.pdf.layout import COLUMN_GAP, FIELD, Box, Row, Word, around
from app.text.fact_words import FactWords

TOUCHING = 3.0  # points that a label may reach into its field
LABEL_GAP = 250.0  # points between a label and the field to the right of it
TICK_GAP = 2.5  # of the height of a line, between a box and the label to the right of it
ABOVE = 1.6  # heights of a line between a label and the field below it
MAX_LOOKS = 500_000  # at words near the fields of one page
UNFINISHED = (":", "?", "-", "…", "_", ".")
MAX_ROW_HEIGHT = 20.0  # points: a taller field begins with its first line


class Cells(Protocol):
    """The cells of the ruled tables of a page."""

    def in_one_cell(self, first: Box, second: Box) -> bool: ...

    def hold(self, box: Box) -> bool: ...


def add_links(rows: Sequence[Row], links: Sequence[Link]) -> None:
    """Append its address to the last word of each link, unless the page shows the address."""
    if not links:
        return
    bands: Bands[Link] = Bands()
    for link in links:
        bands.add(link, link.box)
    places = [(row, place) for row in rows for place in range(len(row))]
    addresses = [_address_at(row[place].box, bands) for row, place in places]
    start = 0
    for number, address in enumerate(addresses):
        if number + 1 < len(addresses) and addresses[number + 1] == address:
            continue
        shown = " ".join(row[place].text for row, place in places[start : number + 1])
        start = number + 1
        plain = address.removeprefix("mailto:").partition("?")[0] if address.startswith("mailto:") else address
        if plain and _bare(plain) not in "".join(shown.split()).lower():
            row, place = places[number]
            word = row[place]
            stop = len(word.text.rstrip(".,;:)!?")) or len(word.text)
            row[place] = word._replace(text=f"{word.text[:stop]} ({plain}){word.text[stop:]}")


def _address_at(box: Box, links: Bands[Link]) -> str:
    x, y = box.centre
    return next((link.address for link in links.near(y, y) if link.box.holds(x, y)), "")


def _bare(address: str) -> str:
    """The part of an address that a page would show at least."""
    return address.lower().partition("://")[2].removeprefix("www.").rstrip("/") or address.lower()


def add_fields(rows: list[Row], fields: Sequence[FieldValue], cells: Cells, words: FactWords) -> None:
    """Add the values beside their labels. What stands in a cell of a ruled table stays there."""
    bands: Bands[Row] = Bands()
    for row in rows:
        bands.add(row, around(row))
    alone: list[Row] = []
    budget = MAX_LOOKS
    for field in fields:
        text = field.text if field.kind == "text" else _first_word(words.yes if field.text else words.no)
        near = list(bands.near(field.box.top - 2 * BAND, min(field.box.bottom, field.box.top + MAX_ROW_HEIGHT)))
        below = list(bands.near(field.box.bottom, field.box.bottom + BAND))
        budget -= sum(map(len, (*near, *below)))
        label = _label(field, near, below, cells) if budget > 0 else None
        if label and cells.in_one_cell(label[0][label[1]].box, field.box):
            _append(*label, text, field, words)
        elif cells.hold(field.box):
            rows.append([Word(text, field.box)])
        elif field.text:
            box = field.box._replace(bottom=min(field.box.bottom, field.box.top + MAX_ROW_HEIGHT))
            alone.append([Word(f"{field.name}: {text}" if field.name else text, box, FIELD)])
    insert_rows(rows, alone)


def insert_rows(rows: list[Row], new: list[Row]) -> None:
    """Insert each new row before the first one that stands lower."""
    waiting = sorted(new, key=lambda row: row[0].box.top, reverse=True)
    merged: list[Row] = []
    for row in rows:
        top = around(row).top
        while waiting and waiting[-1][0].box.top < top:
            merged.append(waiting.pop())
        merged.append(row)
    rows[:] = [*merged, *reversed(waiting)]


def _first_word(forms: str) -> str:
    return forms.split(maxsplit=1)[0] if forms else ""


Place = tuple[Row, int]


def _label(field: FieldValue, rows: Sequence[Row], below: Sequence[Row], cells: Cells) -> Place | None:
    """The last word of a field's label."""
    after = _label_after(field, rows, cells) if field.kind == "tick" else None
    return after or _label_before(field, rows) or _label_above(field, rows) or _label_below(field, below)


def _label_after(field: FieldValue, rows: Sequence[Row], cells: Cells) -> Place | None:
    """The last word of the label to the right of a box for a tick."""
    for row in rows:
        for place, word in enumerate(row):
            gap = word.box.left - field.box.right
            if not (-TOUCHING <= gap <= TICK_GAP * word.box.height and _level(field.box, word.box)):
                continue
            last = _label_end(row, place)
            return (row, last) if cells.in_one_cell(row[last].box, field.box) else None
    return None


def _label_end(row: Row, place: int) -> int:
    """The last word of the label that begins at `place`."""
    while place + 1 < len(row) and _goes_on(row[place].box, row[place + 1].box):
        place += 1
    return place


def _goes_on(box: Box, following: Box) -> bool:
    return following.left - box.right + TOUCHING >= 0 and following.left - box.right <= COLUMN_GAP * box.height


def _label_before(field: FieldValue, rows: Sequence[Row]) -> Place | None:
    """The nearest word to the left of a field."""
    best: Place | None = None
    nearest = LABEL_GAP
    for row in rows:
        for place, word in enumerate(row):
            gap = field.box.left - word.box.right
            if -TOUCHING <= gap < nearest and _level(field.box, word.box):
                best, nearest = (row, place), gap
    return best


def _label_above(field: FieldValue, rows: Sequence[Row]) -> Place | None:
    """The last word of the label above the left end of a field."""
    best: Place | None = None
    for row in rows:
        for place, word in enumerate(row):
            gap = field.box.top - word.box.bottom
            near = -TOUCHING <= gap <= ABOVE * word.box.height
            if near and field.box.left - 2 * TOUCHING <= word.box.left <= field.box.right:
                best = (row, place)
        if best is not None:
            return best
    return None


def _label_below(field: FieldValue, rows: Sequence[Row]) -> Place | None:
    """The last word of the label below the left end of a field, as under a line to write on."""
    if field.kind == "tick":
        return None
    for row in rows:
        for place, word in enumerate(row):
            gap = word.box.top - field.box.bottom
            near = -TOUCHING <= gap <= word.box.height
            if near and abs(word.box.left - field.box.left) <= 2 * TOUCHING:
                return row, _label_end(row, place)
    return None


def _level(field: Box, word: Box) -> bool:
    """True for a word at the height of a field, or of the first line of a tall one."""
    first_line = Box(field.left, field.top, field.right, min(field.bottom, field.top + MAX_ROW_HEIGHT))
    return first_line.beside(word)


def _append(row: Row, place: int, text: str, field: FieldValue, words: FactWords) -> None:
    """Add a value after a word of a row. A value that text follows stands within a sentence: it gets no colon."""
    label = row[place]
    if field.kind == "tick" and label.text.lower() in (*words.yes.split(), *words.no.split()):
        row[place] = label._replace(text=f"{label.text} {'[x]' if field.text else '[ ]'}", start=FIELD)
        return
    following = row[place + 1].box if field.kind == "text" and place + 1 < len(row) else None
    if following and _goes_on(field.box, following):
        row.insert(place + 1, Word(text, label.box._replace(left=field.box.left, right=field.box.right)))
        return
    if not label.text.endswith(UNFINISHED):
        row[place] = label._replace(text=f"{label.text}:")
    box = label.box._replace(left=label.box.right, right=label.box.right + 1)
    row.insert(place + 1, Word(text, box, FIELD))
