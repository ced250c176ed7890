"""Rows of LaTeX tables: cells with spans; a header where rules or the table's own marks say so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.documents.parsing.formats.latex.inline import inline
from app.documents.parsing.formats.latex.source import Macros, argument, option
from app.documents.parsing.tables import Cell

TABLES = {
    "tabular",
    "tabular*",
    "tabularx",
    "tabulary",
    "tabu",
    "longtable",
    "longtabu",
    "supertabular",
    "xltabular",
    "tblr",
}
WIDTH_FIRST = {"tabular*", "tabularx", "tabulary", "xltabular"}
PART = re.compile(
    r"\\\\\*?(?:\[[^\[\]]*\])?|\\tabularnewline\b|\\(?P<rule>hline|toprule|midrule|bottomrule|specialrule|cline|cmidrule)\b"
    r"(?:\([^()]*\))?(?:\[[^\[\]]*\])?(?:\{[^{}]*\})*|\\(?P<mark>endfirsthead|endhead|endfoot|endlastfoot)\b|\\.|[{}&]",
    re.DOTALL,
)
MULTI = re.compile(r"\s*\\multi(column|row)\s*(?:\[[^\[\]]*\])?\s*(?=\{)")
BOLD = re.compile(r"\s*\{?\s*\\(?:textbf|bfseries|thead)\b")
MAX_SPAN = 1000


@dataclass(slots=True)
class _Row:
    cells: list[str]
    ruled: bool = False  # a rule stands above it
    header: bool = False


def table_rows(source: str, environment: str, macros: Macros) -> list[list[Cell]]:
    """The rows of a table from what stands between its begin and its end."""
    place = 0
    if environment in WIDTH_FIRST:
        _, place = argument(source, place)
    _, place = option(source, place)
    _, place = argument(source, place)  # the columns
    rows = _split(source[place:])
    rules = [at for at, row in enumerate(rows) if row.ruled and at]
    if len(rules) == 1 and not any(row.header for row in rows) and rules[0] < len(rows) - 1:
        for row in rows[: rules[0]]:
            row.header = True
    return [[_cell(cell, macros, header=row.header) for cell in row.cells] for row in rows]


def _split(source: str) -> list[_Row]:
    """Cells by row. A header that a long table repeats, and its foot, are left out."""
    rows: list[_Row] = [_Row([""])]
    kept = depth = place = 0
    for found in PART.finditer(source):
        rows[-1].cells[-1] += source[place : found.start()]
        place = found.end()
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if found["rule"]:
            if _filled(rows[-1]):  # a rule right behind the last row
                rows.append(_Row([""]))
            rows[-1].ruled = True
        elif found["mark"]:
            _end_head(rows, kept)
            kept = len(rows)
            rows.append(_Row([""]))
        elif depth <= 0 and found[0].startswith(("\\\\", "\\tabularnewline")):
            rows.append(_Row([""]))
        elif depth <= 0 and found[0] == "&":
            rows[-1].cells.append("")
        else:
            rows[-1].cells[-1] += found[0]
    rows[-1].cells[-1] += source[place:]
    return _without_empty(rows)


def _end_head(rows: list[_Row], kept: int) -> None:
    """The first head of a long table is its header; further heads repeat it, feet stand at page ends."""
    if kept:
        del rows[kept:]
    for row in rows:
        row.header = True


def _without_empty(rows: list[_Row]) -> list[_Row]:
    """The rows with cells; a rule above an empty row is one above the next."""
    filled: list[_Row] = []
    ruled = False
    for row in rows:
        ruled = ruled or row.ruled
        if _filled(row):
            filled.append(replace(row, ruled=ruled))
            ruled = False
    return filled


def _filled(row: _Row) -> bool:
    return len(row.cells) > 1 or bool(row.cells[0].strip())


def _cell(source: str, macros: Macros, *, header: bool) -> Cell:
    rows = columns = 1
    for _ in range(2):
        found = MULTI.match(source)
        if found is None:
            break
        count, place = argument(source, found.end())
        _, place = argument(source, place)
        text, _ = argument(source, place)
        span = min(int(count), MAX_SPAN) if count.strip().isdecimal() and len(count) < 6 else 1
        rows, columns = (span, columns) if found[1] == "row" else (rows, span)
        source = text
    return Cell(inline(source, macros), max(rows, 1), max(columns, 1), header or None, BOLD.match(source) is not None)
