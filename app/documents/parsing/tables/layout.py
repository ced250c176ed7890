"""Rows of a grid as lines of text, below the captions and with the names of the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest

from app.documents.parsing.tables.cell import Row
from app.documents.parsing.tables.cell_kinds import kind_of
from app.documents.parsing.tables.grid import GridRow, lay_out
from app.documents.parsing.tables.header import find_header, is_all, labels_rows

SEPARATOR = " | "
LABEL_CELLS = 3
MAX_LABEL_CHARS = 100
LONGEST_NOTE = 40  # characters of a row's only cell, above which it is a note and no value
SAMPLE_ROWS = 50
FEWEST_SPACED = 4  # rows each between blank ones


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
    grid = _spaced(_without_mere_labels(lay_out(rows)))
    declared_bare = bool(grid) and not grid[0].filled and bool(grid[0].headers)  # a header row that is empty
    for is_filled, group in groupby(grid, key=lambda row: any(row.texts)):
        if is_filled:
            part = _part(list(group), above, bare=declared_bare and not parts)
            if part.header is not None or len(part.lines) > 1:
                above = part.header  # a line between two blank rows, such as a title, changes nothing
            parts.append(part)
    return parts


def _without_mere_labels(grid: list[GridRow]) -> list[GridRow]:
    """The rows but those whose only cells are labels that span the next rows as well: these repeat them."""
    return [
        row
        for row, below in zip_longest(grid, grid[1:])
        if not (row.tall and below is not None and row.tall.issuperset(row.filled) and _repeats(row, below))
    ]


def _repeats(row: GridRow, below: GridRow) -> bool:
    filled = row.filled
    return len(below.filled) > len(filled) and all(below.texts[column] == row.texts[column] for column in filled)


def _spaced(grid: list[GridRow]) -> list[GridRow]:
    """The rows without blank ones if these follow every row: they divide nothing then."""
    filled = [any(row.texts) for row in grid]
    alone = not any(a and b for a, b in pairwise(filled))
    return [row for row in grid if any(row.texts)] if alone and sum(filled) >= FEWEST_SPACED else grid


def _part(rows: list[GridRow], above: Header | None, *, bare: bool) -> TableText:
    captions = _captions(rows)
    body = rows[len(captions) :]
    named_by = [] if bare else find_header(body)
    header: Header | None
    if named_by:
        header = _header(named_by, body)
        body = body[len(named_by) :]
    else:
        header = above if above is not None and above.fits(body) else None
    lines = _named_lines(header, body, own=bool(named_by)) if header is not None else _plain_lines(body)
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


def _header(named_by: list[list[str]], rows: list[GridRow]) -> Header:
    width = max(len(row.texts) for row in rows)
    names = []
    for column in range(width):
        parts = [texts[column] for texts in named_by if column < len(texts) and texts[column]]
        names.append(" ".join(part for part, _ in groupby(parts)))
    own = rows[: len(named_by)]
    body = rows[len(named_by) :]
    sample = body[:SAMPLE_ROWS]
    numbers = [
        column
        for column in range(width)
        if (told := [kind_of(row.texts[column]) for row in sample if column < len(row.texts) and row.texts[column]])
        and all(kind in {"number", "blank"} for kind in told)
    ]
    return Header(tuple(names), frozenset(tuple(row.texts) for row in own), frozenset(numbers))


def _named_lines(header: Header, body: list[GridRow], *, own: bool) -> Iterator[str]:
    names = header.names
    if own and _has_empty_column(names, body):
        yield SEPARATOR.join(name for name in names if name)  # names of empty columns are not lost
    titles = _titles(names, body)
    for place, row in enumerate(body):
        filled = row.filled
        if not filled or tuple(row.texts) in header.rows:
            continue
        note = len(filled) == 1 < len(names) - 1 and len(row.texts[filled[0]]) > LONGEST_NOTE
        if row.is_bar or note or place in titles:
            yield row.texts[filled[0]]
        else:
            yield SEPARATOR.join(_named(names[column], row.texts[column]) for column in filled)


def _has_empty_column(names: Sequence[str], body: list[GridRow]) -> bool:
    """True if a column has a name and nothing else."""
    missing = {column for column, name in enumerate(names) if name}
    for row in body:
        if not missing:
            return False
        missing.difference_update(row.filled)
    return bool(missing)


def _titles(names: Sequence[str], body: list[GridRow]) -> set[int]:
    """Places of rows with nothing but a first cell that are titles of the rows below: some, each before a full row."""
    alone = {place for place, row in enumerate(body) if row.filled == [0]}
    leading = {place for place in alone if place + 1 < len(body) and place + 1 not in alone}
    return leading if len(names) > 2 and leading == alone and len(alone) * 2 < len(body) else set()


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


def row_label(line: str) -> str:
    """What a row is about: its first cell, with the next ones up to a cell of words if it is a number."""
    cells = line.split(SEPARATOR, LABEL_CELLS)[:LABEL_CELLS]
    named = any(": " in cell for cell in cells)
    for place, cell in enumerate(cells):
        _, mark, value = cell.rpartition(": ")
        if (mark or not named) and kind_of(value or "-") == "words":
            return SEPARATOR.join(cells[: place + 1])[:MAX_LABEL_CHARS]
    return cells[0][:MAX_LABEL_CHARS]
