"""Rows of a grid as lines of text, below the captions and with the names of the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.documents.parsing.tables.cell import Row
from app.documents.parsing.tables.cell_kinds import kind_of
from app.documents.parsing.tables.grid import GridRow, lay_out
from app.documents.parsing.tables.header import header_height, is_all, labels_rows

SEPARATOR = " | "
LONGEST_NOTE = 40  # characters of a row's only cell, above which it is a note and no value
SAMPLE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, and which columns hold numbers: rows that do not agree are of another table."""

    names: tuple[str, ...]
    rows: frozenset[tuple[str, ...]]  # the header's own rows, left out where a page repeats them
    numbers: frozenset[int]

    def fits(self, rows: Sequence[GridRow]) -> bool:
        """True if rows below a gap may go on under these names."""
        if any(row.filled and row.filled[-1] >= len(self.names) for row in rows):
            return False
        texts = [row.texts[i] for row in rows[:SAMPLE_ROWS] for i in self.numbers if i < len(row.texts)]
        told = [kind for text in texts if (kind := kind_of(text)) != "blank"]
        wide = any(len(row.filled) > 1 for row in rows) or len(self.names) == 1
        return wide and sum(kind == "number" for kind in told) * 2 >= len(told)


@dataclass(frozen=True, slots=True)
class TableText:
    """A part of a table that no blank row divides."""

    captions: tuple[str, ...]  # rows of one cell above the header
    lines: tuple[str, ...]
    header: Header | None = None


def format_table(rows: Sequence[Row], above: Header | None = None) -> list[TableText]:
    """The parts of a table as text, divided at blank rows. Rows below a gap keep the header, which may be `above`."""
    parts: list[TableText] = []
    grid = lay_out(rows)
    declared_bare = bool(grid) and not grid[0].filled and bool(grid[0].headers)  # a header row that is empty
    for is_filled, group in groupby(grid, key=lambda row: any(row.texts)):
        if is_filled:
            part = _part(list(group), above, bare=declared_bare and not parts)
            above = part.header
            parts.append(part)
    return parts


def _part(rows: list[GridRow], above: Header | None, *, bare: bool) -> TableText:
    captions = _captions(rows)
    body = rows[len(captions) :]
    height = 0 if bare else header_height(body)
    if height == 0:
        header = above if above is not None and above.fits(body) else None
    else:
        header = _header(body[:height], body[height:])
        body = body[height:]
    lines = _named_lines(header, body, own=height > 0) if header is not None else _plain_lines(body)
    return TableText(tuple(captions), tuple(lines), header)


def _captions(rows: list[GridRow]) -> list[str]:
    captions: list[str] = []
    for row in rows:
        filled = row.filled
        declared = len(row.headers) > 1 and not row.merged  # names of columns, of which only one has a name
        if (len(filled) > 1 and not row.is_bar) or declared:
            return captions
        captions.append(row.texts[filled[0]])
    return []  # every row has one cell: a list, not captions


def _header(rows: list[GridRow], body: list[GridRow]) -> Header:
    width = max(len(row.texts) for row in (*rows, *body))
    names = []
    for column in range(width):
        parts = [row.texts[column] for row in rows if column < len(row.texts) and row.texts[column]]
        names.append(" ".join(part for part, _ in groupby(parts)))
    sample = body[:SAMPLE_ROWS]
    numbers = [
        column
        for column in range(width)
        if (told := [kind_of(row.texts[column]) for row in sample if column < len(row.texts) and row.texts[column]])
        and all(kind in {"number", "blank"} for kind in told)
    ]
    return Header(tuple(names), frozenset(tuple(row.texts) for row in rows), frozenset(numbers))


def _named_lines(header: Header, body: list[GridRow], *, own: bool) -> Iterator[str]:
    names = header.names
    used = {column for row in body for column in row.filled}
    if own and any(name and column not in used for column, name in enumerate(names)):
        yield SEPARATOR.join(name for name in names if name)  # names of empty columns are not lost
    for row in body:
        filled = row.filled
        if not filled or tuple(row.texts) in header.rows:
            continue
        if row.is_bar or (len(filled) == 1 < len(names) - 1 and len(row.texts[filled[0]]) > LONGEST_NOTE):
            yield row.texts[filled[0]]
        else:
            yield SEPARATOR.join(_named(names[column], row.texts[column]) for column in filled)


def _named(name: str, text: str) -> str:
    return f"{name.rstrip(':')}: {text}" if name and name != text else text


def _plain_lines(rows: list[GridRow]) -> Iterator[str]:
    """Rows without column names; a cell that is a label goes before its value."""
    labelled = labels_rows(rows)
    for row in rows:
        filled = row.filled
        if row.is_bar or len(filled) == 1:
            yield row.texts[filled[0]]
        else:
            yield SEPARATOR.join(_labelled(row, filled, first_labels=labelled))


def _labelled(row: GridRow, filled: list[int], *, first_labels: bool) -> Iterator[str]:
    label = ""
    for column in filled:
        text = row.texts[column]
        marked = column in row.headers and not is_all(row.headers, row)
        if column != filled[-1] and (marked or text.endswith(":") or (first_labels and column == 0)):
            if label:
                yield label
            label = text
        else:
            yield _named(label, text)
            label = ""
