"""Turns rows into lines and tables: aligned columns of cells are a table, columns of prose are read one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from app.documents.parsing.formats.line_layout import SENTENCE_END
from app.documents.parsing.formats.pdf.layout import (
    ELSEWHERE,
    FIELD,
    Box,
    Line,
    Row,
    Table,
    Word,
    around,
    row_text,
    segments,
)
from app.documents.parsing.tables import Cell

Column = tuple[float, float]  # left and right
Font = Callable[[int], tuple[float, bool]]  # size and boldness of a character of the page
MARK = re.compile(r"[•◦▪‣·*–-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})(?:[.)]|(?:\.\d{1,3})+[.)]?)")
ROW_GAP = 1.2  # heights of white space between two rows of one table
FEWEST_ROWS = 3  # of an aligned table or of columns of prose
FEW_COLUMNS = 2
KEPT = 0.7  # of the rows of a table keep to its columns; a header or a total may span some
PROSE_CHARS = 18  # of a line in a column of prose, on average
PROSE_WORDS = 3
EVEN = 0.5  # the narrower column of prose to the wider one
FILLED = 0.6  # of its width, at least, by half of the lines of a column of prose
MAX_PROSE_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class _Parts:
    """A row, cut where wide gaps are."""

    row: Row
    parts: tuple[Row, ...]
    box: Box


def lay_out(rows: Sequence[Row], font: Font) -> Iterator[Line | Table]:
    """Lines and tables in the order of reading."""
    cut = [_Parts(row, tuple(segments(row)), around(row)) for row in rows]
    place = 0
    while place < len(cut):
        end = _run_end(cut, place)
        run = cut[place:end]
        columns = [] if end - place == 1 or _is_list(run) else _columns(run)
        if columns and _is_prose(run, columns):
            yield from _columns_of_prose(run, columns, font)
        elif columns and (table := _table(run, columns, font)):
            yield table
        else:
            end = max(end if end - place > 1 else place + 1, place + 1)
            yield from (line_of(row.row, font) for row in cut[place:end])
        place = max(end, place + 1)


def line_of(row: Row, font: Font) -> Line:
    """The row as a line with the size of most of a few of its words, and bold if all of these are."""
    longest = max(row, key=lambda word: len(word.text))
    sample = dict.fromkeys(word.start for word in (row[0], row[len(row) // 2], row[-1], longest) if word.start >= 0)
    fonts = [font(start) for start in sample] or [font(ELSEWHERE)]
    sizes = [size for size, _ in fonts]
    size = max(sizes, key=sizes.count)
    bold = all(bold for _, bold in fonts)
    return Line(row_text(row), around(row), size, bold, field=any(word.start == FIELD for word in row))


def _run_end(rows: Sequence[_Parts], place: int) -> int:
    """The end of the run of rows that may be one table: rows of several parts, one below the other."""
    if len(rows[place].parts) < FEW_COLUMNS:
        return place + 1
    end = last = place + 1
    while end < len(rows) and _below(rows[end - 1].box, rows[end].box):
        alone = len(rows[end].parts) < FEW_COLUMNS
        if alone and end - last > 1:
            break
        end += 1
        last = last if alone else end
    return last


def _is_list(run: Sequence[_Parts]) -> bool:
    """True if the rows begin with bullets or numbers that stand apart from their text."""
    marks = sum(len(row.parts) == FEW_COLUMNS and MARK.fullmatch(row_text(row.parts[0])) is not None for row in run)
    return marks * 2 > len(run)


def _below(box: Box, following: Box) -> bool:
    height = max(min(box.height, following.height), 1.0)
    return following.top - box.top > 0 and following.top - box.bottom <= ROW_GAP * height


def _columns(run: Sequence[_Parts]) -> list[Column]:
    """The columns that the rows agree on: as many as possible; none if they do not agree."""
    counts = Counter(len(row.parts) for row in run if len(row.parts) >= FEW_COLUMNS)
    for number in sorted(counts, reverse=True):
        rows = sum(count for parts, count in counts.items() if FEW_COLUMNS < parts <= number)
        enough = counts[number] >= FEWEST_ROWS if number == FEW_COLUMNS else rows >= FEWEST_ROWS - 1
        columns = _merged([around(part) for row in run if len(row.parts) == number for part in row.parts])
        if enough and len(columns) == number and _keep_to(run, columns):
            return columns
    return []


def _merged(boxes: Sequence[Box]) -> list[Column]:
    columns: list[Column] = []
    for box in sorted(boxes):
        if columns and box.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], box.right))
        else:
            columns.append((box.left, box.right))
    return columns


def _keep_to(run: Sequence[_Parts], columns: Sequence[Column]) -> bool:
    """True if nearly every row has at most one part in each column, and parts of one column."""
    ranges = [[_column_range(part, columns) for part in row.parts] for row in run]
    kept = sum(all(found and found[0] == found[1] for found in row) and len(set(row)) == len(row) for row in ranges)
    return kept >= KEPT * len(run)


def _column_range(part: Row, columns: Sequence[Column]) -> tuple[int, int] | None:
    """First and last column that a part of a row touches; the nearest if it touches none."""
    box = around(part)
    touched = [number for number, (left, right) in enumerate(columns) if box.left < right and box.right > left]
    if touched:
        return touched[0], touched[-1]
    return None


def _is_prose(run: Sequence[_Parts], columns: Sequence[Column]) -> bool:
    widths = [right - left for left, right in columns]
    if len(run) < FEWEST_ROWS or len(columns) > MAX_PROSE_COLUMNS or min(widths) < EVEN * max(widths):
        return False
    for number, width in enumerate(widths):
        parts = [part for row in run for part in row.parts if _column_range(part, columns) == (number, number)]
        texts = [row_text(part) for part in parts]
        if len(parts) < FEWEST_ROWS - 1 or sum(map(len, texts)) < PROSE_CHARS * len(texts):
            return False
        if sum(text.count(" ") + 1 for text in texts) < PROSE_WORDS * len(texts):
            return False
        if median(around(part).width for part in parts) < FILLED * width or not _runs_on(texts):
            return False
    return True


def _runs_on(texts: Sequence[str]) -> bool:
    """True if sentences go on from line to line."""
    going = sum(text[:1].islower() or text[:1].isdigit() for text in texts[1:])
    return going * 3 >= len(texts) - 1


def _columns_of_prose(run: Sequence[_Parts], columns: Sequence[Column], font: Font) -> Iterator[Line]:
    before: Line | None = None
    for number in range(len(columns)):
        opens = before is not None and SENTENCE_END.search(before.text) is not None
        for row in run:
            for part in row.parts:
                touched = _column_range(part, columns)
                if (touched[0] if touched else 0) == number:
                    before = replace(line_of(part, font), gap=opens)
                    opens = False
                    yield before


def _table(run: Sequence[_Parts], columns: Sequence[Column], font: Font) -> Table | None:
    """The rows as cells; None if a row within the table does not keep to the columns."""
    rows: list[dict[int, tuple[int, list[Word]]]] = []  # by first column: last column, words
    for row in run:
        cells = _cells(row, columns)
        if cells is None:
            return None
        if rows and _continues(cells):
            _extend(rows[-1], cells)
        else:
            rows.append(cells)
    texts = tuple(_row_of_cells(cells, len(columns), font) for cells in rows)
    return Table(texts, around([word for row in run for word in row.row]))


def _cells(row: _Parts, columns: Sequence[Column]) -> dict[int, tuple[int, list[Word]]] | None:
    cells: dict[int, tuple[int, list[Word]]] = {}
    for part in row.parts:
        touched = _column_range(part, columns)
        if touched is None or any(last >= touched[0] for last, _ in cells.values()):
            return None
        cells[touched[0]] = (touched[1], part)
    return cells


def _continues(cells: dict[int, tuple[int, list[Word]]]) -> bool:
    """True for a row that is the further line of one cell of the row above."""
    if len(cells) != 1:
        return False
    ((first, (_, words)),) = cells.items()
    return first > 0 or words[0].text[:1].islower()


def _extend(above: dict[int, tuple[int, list[Word]]], cells: dict[int, tuple[int, list[Word]]]) -> None:
    for first, (last, words) in cells.items():
        before = above.get(first)
        above[first] = (before[0], [*before[1], *words]) if before else (last, words)


def _row_of_cells(cells: dict[int, tuple[int, list[Word]]], width: int, font: Font) -> tuple[Cell, ...]:
    found: list[Cell] = []
    column = 0
    while column < width:
        last, words = cells.get(column, (column, []))
        found.append(cell_of(words, font, columns=last - column + 1))
        column = last + 1
    return tuple(found)


def cell_of(words: Sequence[Word], font: Font, *, rows: int = 1, columns: int = 1) -> Cell:
    bold = bool(words) and font(words[0].start)[1]
    return Cell(" ".join(word.text for word in words), rows=rows, columns=columns, bold=bold)
