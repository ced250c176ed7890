"""The filled cells of a sheet as rows for a table: merged cells with their spans, blank rows between groups kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.tables import Cell

MAX_MERGED_CELLS = 1_000_000  # covered cells that are looked at, of all merged ranges together
MAX_HEADERS = 1000
LONGEST_IN_CELL = 300  # characters of a comment
HIDDEN_SHEET = "(hidden sheet)"
HIDDEN_COLUMN = "(hidden column)"
Range = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True, slots=True)
class _Said:
    """What the file says of the cells besides their text."""

    covered: dict[int, set[int]]  # columns within merged cells, by row
    spans: dict[tuple[int, int], tuple[int, int]]  # rows and columns that a merged cell spans
    marks: dict[int, dict[int, bool]]  # whether a cell names its column, by row and column
    hidden: set[int]  # columns of which it is not yet said


@dataclass(slots=True)
class Sheet:
    """Cells that hold text by row and column, and what the file says of them. Places count from 0."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    bold: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    headers: list[tuple[Range, bool]] = field(default_factory=list)  # rows of column names, or surely none
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first, last
    hidden_rows: bool = False
    formulas_without_value: int = 0
    comments: dict[tuple[int, int], list[str]] = field(default_factory=dict)  # as they are shown, by place

    def put(self, row: int, column: int, text: str) -> None:
        self.cells.setdefault(row, {})[column] = text

    @property
    def has_hidden_cells(self) -> bool:
        return self.hidden_rows or any(self._in_hidden(column) for row in self.cells.values() for column in row)

    def places(self) -> int:
        """Cells of the table that the filled cells make, blank ones counted."""
        columns = self._columns()
        return sum(bisect_right(columns, max(row)) for row in self.cells.values())

    def add_to(self, builder: DocumentBuilder) -> None:
        """Add the cells as a table, and comments. Raises DocumentFailure if there are too many cells."""
        apart = self._place_comments()
        if self.places() > builder.limits.max_cells:
            builder.count_cells(self.places())  # before rows of blank cells take memory
        builder.add_table(list(self.rows()))
        for text in apart:
            builder.add("paragraph", text)

    def _place_comments(self) -> list[str]:
        """Put each comment behind the text of its cell; those on column names and long ones are returned."""
        first = min(self.cells, default=0)
        names = {row for (top, _, bottom, _), is_header in self.headers if is_header for row in range(top, bottom + 1)}
        apart = []
        for (row, column), comments in sorted(self.comments.items()):
            shown = " ".join(comments)
            text = self.cells.get(row, {}).get(column, "")
            if row == first or row in names or len(shown) > LONGEST_IN_CELL:
                apart.append(f"{text} {shown}".strip())
            else:
                self.put(row, column, f"{text} {shown}".strip())
        return apart

    def warn(self, builder: DocumentBuilder, name: str, *, hidden: bool) -> None:
        """Tell what of the sheet is hidden or not stored."""
        if hidden:
            builder.warn("hidden_sheet", f"The sheet {name} is hidden; its text is read and marked as hidden.")
        if self.has_hidden_cells:
            builder.warn("hidden_cells", f"The sheet {name} has hidden rows or columns; they are read like the others.")
        if self.formulas_without_value:
            builder.warn(
                "formulas_without_value",
                f"The sheet {name} has {self.formulas_without_value:,} formulas whose values are not stored; the "
                "formulas stand in the text. Open the file in a spreadsheet program and save it again.",
            )

    def rows(self) -> Iterator[list[str | Cell]]:
        """Rows without the columns and all but one of the rows between them that are blank."""
        columns = self._columns()
        said = _Said(*self._merged(columns), self._header_marks(columns), {c for c in columns if self._in_hidden(c)})
        bold_rows = {row for row, _ in self.bold}
        tall = [(first, last) for first, _, last, _ in self.merged if last > first]
        previous = None
        for row in sorted(self.cells):
            if previous is not None and row - previous > 1 and not _bridged(tall, previous, row):
                yield [""]
            cells = self.cells[row]
            if row in bold_rows or row in said.covered or row in said.marks or said.hidden:
                yield list(self._row(row, columns, said))
            else:
                yield [cells.get(column, "") for column in columns[: bisect_right(columns, max(cells))]]
            previous = row

    def _row(self, row: int, columns: list[int], said: _Said) -> Iterator[str | Cell]:
        cells, marks, covered = self.cells[row], said.marks.get(row, {}), said.covered.get(row, set())
        last = max(cells)
        for column in columns:
            if column > last and column not in marks:
                return
            if column in covered:
                continue
            text = cells.get(column, "")
            if column in said.hidden and text:
                said.hidden.discard(column)
                text = f"{text} {HIDDEN_COLUMN}"
            rows, width = said.spans.get((row, column), (1, 1))
            yield Cell(text, rows, width, header=marks.get(column), bold=(row, column) in self.bold)

    def _columns(self) -> list[int]:
        return sorted({column for row in self.cells.values() for column in row})

    def _merged(self, columns: list[int]) -> tuple[dict[int, set[int]], dict[tuple[int, int], tuple[int, int]]]:
        """Columns that are covered, by row, and the rows and columns that each merged cell spans of those shown."""
        rows = sorted(self.cells)
        covered: dict[int, set[int]] = {}
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        looked_at = 0
        for top, left, bottom, right in self.merged:
            below = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
            beside = columns[bisect_left(columns, left) : bisect_right(columns, right)]
            looked_at += len(below) * len(beside)
            if looked_at > MAX_MERGED_CELLS:
                break
            if left not in self.cells.get(top, {}) or self._hides(top, left, right, below):
                continue
            spans[top, left] = (len(below), len(beside))
            for row in below:
                covered.setdefault(row, set()).update(beside[1:] if row == top else beside)
        return covered, spans

    def _hides(self, top: int, left: int, right: int, rows: list[int]) -> bool:
        """Whether a merged cell lies over cells with text of their own: then it is taken as not merged."""
        return any(
            left <= column <= right and (row, column) != (top, left) for row in rows for column in self.cells[row]
        )

    def _header_marks(self, columns: list[int]) -> dict[int, dict[int, bool]]:
        marks: dict[int, dict[int, bool]] = {}
        for (top, left, bottom, right), is_header in self.headers[:MAX_HEADERS]:
            beside = columns[bisect_left(columns, left) : bisect_right(columns, right)]
            for row in range(top, bottom + 1):
                if len(self.cells.get(row, {})) > 1:
                    marks.setdefault(row, {}).update(dict.fromkeys(beside, is_header))
        return marks

    def _in_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


def _bridged(tall: list[tuple[int, int]], above: int, below: int) -> bool:
    """Whether a merged cell reaches over the blank rows between two rows."""
    return any(first <= above and last >= below for first, last in tall)
