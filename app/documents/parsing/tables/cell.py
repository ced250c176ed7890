"""A cell of a table, as the parsers of the formats hand it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

COMMENT = " [Comment"  # begins what somebody remarked on a cell, behind the cell's own text


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a cell, the rows and columns that it spans, and what the file says of its part in the table."""

    text: str
    rows: int = 1
    columns: int = 1
    header: bool | None = None  # True: names a column or a row; False: surely not; None: the file does not say
    bold: bool = False


Row: TypeAlias = Sequence[str | Cell]
