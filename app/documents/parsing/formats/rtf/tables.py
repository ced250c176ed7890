"""Rows of an RTF table: cells end at places on the page, from which their spans follow."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from app.documents.parsing.tables import Cell

TOLERANCE = 60  # twentieths of a point: edges as near as that are one
MAX_EDGES = 200


@dataclass(slots=True)
class CellPlace:
    """What a row says of a cell before its text."""

    edge: int = 0  # right edge
    beside: bool = False  # part of the cell to the left
    below: bool = False  # part of the cell above


@dataclass(slots=True)
class RowFormat:
    is_header: bool = False
    places: list[CellPlace] = field(default_factory=list)
    next: CellPlace = field(default_factory=CellPlace)  # of the cell that is being described

    def end_cell(self, edge: int) -> None:
        self.next.edge = edge
        self.places.append(self.next)
        self.next = CellPlace()


@dataclass(slots=True)
class Table:
    rows: list[tuple[RowFormat, list[tuple[str, bool]]]] = field(default_factory=list)  # text, whether bold

    def cells(self) -> list[list[Cell]]:
        edges = self._edges()
        made: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}  # column -> place of the cell that reaches down
        for form, texts in self.rows:
            row: list[Cell] = []
            reaching: dict[int, tuple[int, int]] = {}
            column = 0
            for place, (text, bold) in enumerate(texts):
                said = form.places[place] if place < len(form.places) else CellPlace()
                end = max(_column(edges, said.edge), column + 1) if said.edge else column + 1
                if said.beside and row:
                    row[-1] = replace(row[-1], columns=row[-1].columns + end - column)
                elif said.below and column in above:
                    start = above[column]
                    made[start[0]][start[1]] = replace(made[start[0]][start[1]], rows=made[start[0]][start[1]].rows + 1)
                    reaching[column] = start
                else:
                    reaching[column] = (len(made), len(row))
                    row.append(Cell(text, columns=end - column, header=form.is_header or None, bold=bold))
                column = end
            made.append(row)
            above = reaching
        return made

    def _edges(self) -> list[int]:
        edges: list[int] = []
        for edge in sorted({place.edge for form, _ in self.rows for place in form.places}):
            if not edges or edge - edges[-1] > TOLERANCE:
                edges.append(edge)
        return edges if len(edges) <= MAX_EDGES else []


def _column(edges: list[int], edge: int) -> int:
    """Columns up to an edge."""
    return bisect_left(edges, edge - TOLERANCE) + 1 if edges else 0
