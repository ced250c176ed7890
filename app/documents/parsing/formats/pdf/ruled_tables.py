"""Tables whose cells are drawn: the words of each cell, taken out of the rows of the page."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.parsing.formats.pdf.bands import Bands
from app.documents.parsing.formats.pdf.columns import Font, cell_of
from app.documents.parsing.formats.pdf.layout import Box, Row, Table, Word
from app.documents.parsing.formats.pdf.rulings import Grid, GridCell

MOST_WORDS = 150  # of one cell: what holds more is a frame around text, and no table
CLOSED = 0.8  # of the cells with text: a drawing of boxes has words beside them
SLACK = 1.0  # points


class RuledTables:
    """The grids of one page."""

    def __init__(self, grids: Sequence[Grid]) -> None:
        self._grids = [(grid, _CellFinder(grid)) for grid in grids]

    def in_one_cell(self, first: Box, second: Box) -> bool:
        """True for boxes in the same cell, and for boxes that both stand outside of all cells."""
        return self._cell_at(first) == self._cell_at(second)

    def hold(self, box: Box) -> bool:
        """True for a box in a cell."""
        return self._cell_at(box) is not None

    def take(self, rows: Sequence[Row], font: Font) -> list[Row | Table]:
        """Rows without the words of tables, and each table at the place of its first word."""
        rest: list[Row | Table] = list(rows)
        for grid, finder in self._grids:
            rest = _take_table(rest, grid, finder, font)
        return [item for item in rest if isinstance(item, Table) or item]

    def _cell_at(self, box: Box) -> tuple[int, int] | None:
        for number, (_, finder) in enumerate(self._grids):
            cell = finder.find(*box.centre)
            if cell is not None:
                return number, cell
        return None


def _take_table(items: list[Row | Table], grid: Grid, finder: _CellFinder, font: Font) -> list[Row | Table]:
    inside: dict[int, list[Word]] = {}
    rest: list[Row | Table] = []
    start: int | None = None
    for item in items:
        if isinstance(item, Table):
            rest.append(item)
            continue
        kept: Row = []
        for word in item:
            number = finder.find(*word.box.centre)
            if number is None:
                kept.append(word)
            else:
                inside.setdefault(number, []).append(word)
                start = len(rest) + bool(kept) if start is None else start
        rest.append(kept)
    columns = {grid.cells[number].column for number in inside}
    closed = sum(grid.cells[number].closed for number in inside)
    if start is None or len(columns) < 2 or closed < CLOSED * len(inside):
        return items
    if max(map(len, inside.values())) > MOST_WORDS:
        return items
    rest.insert(min(start, len(rest)), _table(grid, inside, font))
    return rest


class _CellFinder:
    """Finds the number of the cell at a point."""

    def __init__(self, grid: Grid) -> None:
        self._box = grid.box
        self._bands: Bands[tuple[int, Box]] = Bands()
        for number, cell in enumerate(grid.cells):
            self._bands.add((number, cell.box), cell.box)

    def find(self, x: float, y: float) -> int | None:
        if not self._box.holds(x, y, SLACK):
            return None
        near = self._bands.near(y - SLACK, y + SLACK)
        return next((number for number, box in near if box.holds(x, y, SLACK)), None)


def _table(grid: Grid, inside: dict[int, list[Word]], font: Font) -> Table:
    rows: dict[int, list[tuple[int, GridCell]]] = {}
    for number, cell in enumerate(grid.cells):
        rows.setdefault(cell.row, []).append((number, cell))
    height = max(cell.row + cell.rows for cell in grid.cells)
    cells = tuple(
        tuple(
            cell_of(inside.get(number, ()), font, rows=cell.rows, columns=cell.columns)
            for number, cell in rows.get(row, ())
        )
        for row in range(height)
    )
    return Table(cells, grid.box)
