"""Rows of cells laid out on a grid: a cell that spans rows or columns stands in each place that it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.parsing.tables.cell import Cell, Row
from app.documents.parsing.text_cleanup import collapse_spaces

MAX_SPAN = 200  # columns of a cell; one that claims more spans the columns that there are
MAX_REPEATED_CHARS = 200  # a longer text stands only in the first place that its cell covers
MAX_COVERED = 2_000_000  # characters repeated in covered places, with PLACE_COST for each place
PLACE_COST = 20
NOWHERE: frozenset[int] = frozenset()


@dataclass(slots=True)
class GridRow:
    """One row: text by column, and the columns of which the file says something."""

    texts: list[str]
    headers: frozenset[int] = NOWHERE  # said to be headers
    values: frozenset[int] = NOWHERE  # said not to be headers
    bold: frozenset[int] = NOWHERE
    merged: frozenset[int] = NOWHERE  # covered by a cell that spans columns
    tall: frozenset[int] = NOWHERE  # covered by a cell that spans rows

    @property
    def filled(self) -> list[int]:
        return [column for column, text in enumerate(self.texts) if text]

    @property
    def is_bar(self) -> bool:
        """True if one text spans the whole row."""
        return bool(self.merged) and len(self.merged) == len(self.texts) > 1 and len(set(self.texts) - {""}) == 1


def lay_out(rows: Sequence[Row]) -> list[GridRow]:
    """Rows with spans resolved. Spans are cut to the table; rows that hold nothing of their own are left out."""
    width = _width(rows)
    hanging: dict[int, Cell] = {}  # by column: what reaches into the next row, `rows` saying how far
    budget = MAX_COVERED
    grid: list[GridRow] = []
    for row in rows:
        if not hanging and not any(isinstance(cell, Cell) and (cell.rows > 1 or cell.columns > 1) for cell in row):
            if row:
                grid.append(_plain_row(row))
            continue
        above = hanging
        placed, hanging, cost = _place(row, above, width)
        budget -= cost
        if budget < 0:
            hanging = {}
        if row:
            grid.append(_grid_row(placed, {*above, *hanging}))
    return grid


def _plain_row(row: Row) -> GridRow:
    """A row of which no cell spans anything."""
    if not any(isinstance(cell, Cell) for cell in row):
        return GridRow([collapse_spaces(str(cell)) for cell in row])
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
    return GridRow(
        [collapse_spaces(cell.text) for cell in cells],
        headers=frozenset(column for column, cell in enumerate(cells) if cell.header is True),
        values=frozenset(column for column, cell in enumerate(cells) if cell.header is False),
        bold=frozenset(column for column, cell in enumerate(cells) if cell.bold and cell.text),
    )


def _width(rows: Sequence[Row]) -> int:
    """Columns of the widest row whose spans can be believed."""
    widths = [0]
    for row in rows:
        spans = [cell.columns if isinstance(cell, Cell) else 1 for cell in row]
        widths.append(sum(spans) if max(spans, default=0) <= MAX_SPAN else len(spans))
    return max(widths)


def _place(row: Row, hanging: dict[int, Cell], width: int) -> tuple[dict[int, Cell], dict[int, Cell], int]:
    """Cells by column, what hangs of them into the next row, and what the repeats cost."""
    placed = dict(hanging)
    below = {column: replace(cell, rows=cell.rows - 1) for column, cell in hanging.items() if cell.rows > 1}
    cost = sum(PLACE_COST + len(cell.text) for cell in hanging.values())
    column = 0
    for entry in row:
        cell = entry if isinstance(entry, Cell) else Cell(entry)
        while column in placed:
            column += 1
        shown = replace(cell, text=collapse_spaces(cell.text))
        for offset in _free(placed, column, max(1, min(cell.columns, width - column))):
            placed[offset] = shown
            if len(shown.text) > MAX_REPEATED_CHARS:
                shown = replace(shown, text="")
            if cell.rows > 1 and cell.columns < width:
                below[offset] = replace(shown, rows=cell.rows - 1)
            cost += PLACE_COST + len(shown.text)
    return placed, below, cost


def _free(placed: dict[int, Cell], column: int, span: int) -> Iterator[int]:
    """Columns from `column` on, up to the first that is taken: cells that overlap do not hide each other."""
    for offset in range(column, column + span):
        if offset in placed:
            return
        yield offset


def _grid_row(placed: dict[int, Cell], tall: Iterable[int]) -> GridRow:
    texts = [""] * (max(placed, default=-1) + 1)
    for column, cell in placed.items():
        texts[column] = cell.text
    return GridRow(
        texts,
        headers=frozenset(column for column, cell in placed.items() if cell.header is True),
        values=frozenset(column for column, cell in placed.items() if cell.header is False),
        bold=frozenset(column for column, cell in placed.items() if cell.bold and cell.text),
        merged=frozenset(column for column, cell in placed.items() if cell.columns > 1),
        tall=frozenset(tall),
    )
