"""Tables as lines of text: each row has the column name before each cell, so that it is readable alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents.parsing.text_cleanup import collapse_spaces

SEPARATOR = " | "
NUMBER = re.compile(r"^[\s$€£R%()+.,:/\d-]*\d[\s$€£R%()+.,:/\d-]*$")
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class TableText:
    captions: tuple[str, ...]  # rows of one cell above the header
    lines: tuple[str, ...]


def format_table(rows: Sequence[Row]) -> TableText:
    """Rows of cells as text. Rows of one cell above wider rows are captions; the next row is the header."""
    filled = [cells for row in rows if any(cells := [collapse_spaces(cell) for cell in row])]
    captions = _captions(filled)
    body = filled[len(captions) :]
    return TableText(tuple(captions), tuple(_lines(body)))


def _captions(rows: list[list[str]]) -> list[str]:
    captions: list[str] = []
    for row in rows:
        cells = [cell for cell in row if cell]
        if len(set(cells)) > 1:
            return captions
        captions.append(cells[0])
    return []  # every row has one cell: a list, not captions


def _lines(rows: list[list[str]]) -> Iterator[str]:
    if len(rows) < 2 or not _is_header(rows[0], rows[1]):
        yield from (SEPARATOR.join(cell for cell in row if cell) for row in rows)
        return
    header, *body = rows
    if any(name and not any(i < len(row) and row[i] for row in body) for i, name in enumerate(header)):
        yield SEPARATOR.join(name for name in header if name)  # names of empty columns are not lost
    for row in body:
        yield SEPARATOR.join(_named(header, i, cell) for i, cell in enumerate(row) if cell)


def _named(header: list[str], column: int, cell: str) -> str:
    name = header[column] if column < len(header) else ""
    return f"{name}: {cell}" if name and name != cell else cell


def _is_header(first: list[str], second: list[str]) -> bool:
    """False if the first row has numbers in a column where the second row has them too."""
    both = zip(first, second, strict=False)
    return not any(NUMBER.match(above) and NUMBER.match(below) for above, below in both)
