"""Tables of AsciiDoc: cells between bars, with spans, header and columns as their marks say."""

from __future__ import annotations

import csv
import re

from app.documents.parsing.formats.asciidoc_inline import plain
from app.documents.parsing.tables import Cell

SPEC = re.compile(r"(?:(\d{1,4})?(?:\.(\d{1,4}))?([+*]))?[<^>.]*([adehlmsv])?$")
LAST_WORD = re.compile(r"(?:^|(?<=\s))(\S*)$")
COLUMNS = re.compile(r"cols\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\d+))")
MAX_SPAN = 1000
DIVIDERS = {",": ",", ":": ":"}


def table_rows(lines: list[str], mark: str, marks: str, attributes: dict[str, str]) -> list[list[Cell]]:
    """Rows of cells. `mark` begins the table's fence, `marks` are those in brackets above it."""
    delimited = DIVIDERS.get(mark) or ("," if "csv" in marks else ";" if "dsv" in marks else "")
    if delimited:
        rows = [
            [Cell(plain(cell, attributes)) for cell in row] for row in csv.reader(lines, delimiter=delimited) if row
        ]
    else:
        cells = _cells("\n".join(lines), mark, attributes)
        rows = _rows(cells, _columns(marks) or _first_line(lines, mark))
    return _with_header(rows) if _has_header(lines, marks) else rows


def _cells(text: str, bar: str, attributes: dict[str, str]) -> list[Cell]:
    """The cells in order. What says of a cell how it spans stands before its bar."""
    pieces = re.split(rf"(?<!\\){re.escape(bar)}", text)
    cells: list[Cell] = []
    spec = pieces[0].strip()
    for number, piece in enumerate(pieces[1:], start=1):
        found = LAST_WORD.search(piece) if number < len(pieces) - 1 else None
        following = found[1] if found and SPEC.match(found[1]) else ""
        content = piece[: len(piece) - len(following)] if following else piece
        cells.extend(_spanned(spec, plain(content.replace(f"\\{bar}", bar), attributes)))
        spec = following
    return cells


def _spanned(spec: str, text: str) -> list[Cell]:
    found = SPEC.match(spec)
    if found is None:
        return [Cell(text)]
    columns, rows = (min(int(count or 1), MAX_SPAN) or 1 for count in (found[1], found[2]))
    header = True if found[4] == "h" else None
    if found[3] == "*":
        return [Cell(text, header=header)] * columns
    return [Cell(text, rows, columns, header)]


def _columns(marks: str) -> int:
    """How many columns `cols` names; 0 if it is not there."""
    found = COLUMNS.search(marks)
    if found is None:
        return 0
    if found[3]:
        return min(int(found[3][:5]), MAX_SPAN)
    parts = (found[1] or found[2] or "").replace(";", ",").split(",")
    repeated = (re.match(r"\s*(\d{1,3})\*", part) for part in parts)
    return sum(int(count[1]) if count else 1 for count in repeated)


def _first_line(lines: list[str], bar: str) -> int:
    """Without `cols` the first line with cells has all columns."""
    first = next((line for line in lines if line.strip()), "")
    found = re.findall(rf"(\d*)(?:\.\d+)?\+?(?<!\\){re.escape(bar)}", first)
    return sum(min(int(count), MAX_SPAN) if count else 1 for count in found) or 1


def _rows(cells: list[Cell], columns: int) -> list[list[Cell]]:
    """Cells fill the columns of a row that no cell above spans."""
    rows: list[list[Cell]] = [[]]
    spans: dict[int, int] = {}  # row -> columns that cells above it take
    width = 0
    for cell in cells:
        if width and width + cell.columns > columns:
            rows.append([])
            width = spans.get(len(rows) - 1, 0)
        rows[-1].append(cell)
        width += cell.columns
        for below in range(len(rows), len(rows) + min(cell.rows, MAX_SPAN) - 1):
            spans[below] = spans.get(below, 0) + cell.columns
    return rows


def _has_header(lines: list[str], marks: str) -> bool:
    """By its option, or by a blank line right below a first line."""
    if re.search(r"options?\s*=\s*\"?[^\"\]]*\bheader|%[\w%]*header", marks):
        return True
    if "%noheader" in marks or not lines or not lines[0].strip():
        return False
    return len(lines) > 2 and not lines[1].strip()


def _with_header(rows: list[list[Cell]]) -> list[list[Cell]]:
    first = [Cell(cell.text, cell.rows, cell.columns, header=True) for cell in rows[0]] if rows else []
    return [first, *rows[1:]]
