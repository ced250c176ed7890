"""Two columns of words: labels and values, unless the type says that the first row is a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.documents.parsing.tables import Cell

NUMERIC = 0.5  # of the cells of a column that hold a digit: their column may have a name


def without_weak_header(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows. A first row of two columns that only looks like a header is said to be none: a wrong one is worse."""
    cells = [list(row) for row in rows]
    if len(cells) < 2 or any(len(row) != 2 for row in cells) or any(cell.bold for cell in cells[0]):
        return cells
    values = [row[1].text for row in cells[1:]]
    if sum(any(char.isdigit() for char in value) for value in values) > NUMERIC * len(values):
        return cells
    cells[0] = [replace(cell, header=False) for cell in cells[0]]
    return cells
