"""Places of cells as spreadsheets write them: A1, B2:C4. Places count from 0."""

from __future__ import annotations

import re
from functools import lru_cache

CELL = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
Range = tuple[int, int, int, int]


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


@lru_cache(maxsize=LAST_COLUMN + 1)
def _column(letters: str) -> int:
    return column_number(letters) if re.fullmatch("[A-Z]{1,3}", letters) else -1


def column_of(reference: str, default: int) -> int:
    """The column of "B3"; `default` if it is no place of a sheet."""
    column = _column(reference.rstrip("0123456789"))
    return column if 0 <= column <= LAST_COLUMN else default


def cell_place(reference: str) -> tuple[int, int] | None:
    """(row, column) of "B3"; None if it is no place of a sheet."""
    matched = CELL.match(reference)
    if matched is None:
        return None
    row, column = int(matched.group(2)) - 1, column_number(matched.group(1))
    return (row, column) if 0 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def cell_range(reference: str) -> Range | None:
    """(first row, first column, last row, last column) of "A1:C4" or "A1"."""
    first, _, last = reference.partition(":")
    start, end = cell_place(first), cell_place(last or first)
    if start is None or end is None:
        return None
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
