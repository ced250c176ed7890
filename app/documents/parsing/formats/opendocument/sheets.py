"""Sheets of OpenDocument: cells as they are shown, merged cells, comments, links, charts, hidden parts."""

from __future__ import annotations

import re

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.drawings import add_drawn
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.formats.opendocument.elements import all_of, attribute, number
from app.documents.parsing.formats.opendocument.objects import read_object
from app.documents.parsing.formats.opendocument.runs import RunReader, comment_text
from app.documents.parsing.formats.opendocument.styles import Styles
from app.documents.parsing.formats.opendocument.tables import own_rows
from app.documents.parsing.formats.spreadsheet.grid import HIDDEN_SHEET, Sheet
from app.documents.parsing.formats.spreadsheet.references import LAST_COLUMN, LAST_ROW, cell_range
from app.documents.parsing.text_cleanup import collapse_spaces

MAX_REPEATS = 1000  # of a cell or row with content
HIDDEN = {"collapse", "filter"}
AREA = re.compile(r"^\$?'?(.*?)'?\.(\$?[A-Z]+\$?\d+):(?:.*\.)?(\$?[A-Z]+\$?\d+)$")
FORMULA = re.compile(r"^\w+:(?==)")
VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")


def add_sheets(
    spreadsheet: Element, package: Package, builder: DocumentBuilder, styles: Styles, runs: RunReader
) -> None:
    headers = _headers(spreadsheet)
    for table in spreadsheet:
        if local(table) == "table":
            _SheetReader(package, builder, runs).add(
                table,
                hidden=bool(styles.look("table", attribute(table, "style-name")).hidden),
                headers=headers.get(attribute(table, "name"), []),
            )


def _headers(spreadsheet: Element) -> dict[str, list[tuple[tuple[int, int, int, int], bool]]]:
    """First rows of the ranges with a name or a filter, by sheet: whether they name the columns."""
    found: dict[str, list[tuple[tuple[int, int, int, int], bool]]] = {}
    for area in all_of(spreadsheet, "database-range"):
        matched = AREA.match(attribute(area, "target-range-address"))
        place = cell_range(f"{matched[2]}:{matched[3]}") if matched else None
        if matched and place and attribute(area, "display-filter-buttons") == "true":
            has_header = attribute(area, "contains-header", "true") == "true"
            found.setdefault(matched[1], []).append(((place[0], place[1], place[0], place[3]), has_header))
    return found


class _SheetReader:
    """Reads one sheet and adds it."""

    def __init__(self, package: Package, builder: DocumentBuilder, runs: RunReader) -> None:
        self._package = package
        self._builder = builder
        self._runs = runs
        self._sheet = Sheet()
        self._row = 0
        self._cells = 0
        self._has_hidden_text = False

    def add(self, table: Element, *, hidden: bool, headers: list[tuple[tuple[int, int, int, int], bool]]) -> None:
        sheet = self._sheet
        sheet.headers += headers
        self._columns(table)
        for row, is_header in own_rows(table):
            self._add_row(row, is_header=is_header)
        drawn = [found for e in all_of(table, "object") if (found := read_object(self._package, e))]
        name = collapse_spaces(attribute(table, "name"))
        if not (sheet.cells or sheet.comments or drawn):
            return
        self._builder.add("heading", f"{name} {HIDDEN_SHEET}" if hidden else name, 1)
        sheet.add_to(self._builder)
        for item in drawn:
            add_drawn(self._builder, item)
        sheet.warn(self._builder, name, hidden=hidden)
        if self._has_hidden_text:
            self._builder.warn("hidden_text", "The document holds hidden text; it is marked as hidden.")

    def _columns(self, table: Element) -> None:
        """Find the hidden columns."""
        column = 0
        for element in all_of(table, "table-column"):
            width = number(element, "number-columns-repeated", 1)
            if attribute(element, "visibility") in HIDDEN:
                self._sheet.hidden_columns.append((column, column + width - 1))
            column += width

    def _add_row(self, row: Element, *, is_header: bool) -> None:
        repeats = number(row, "number-rows-repeated", 1)
        column, filled = 0, False
        for cell in row:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            width = number(cell, "number-columns-repeated", 1)
            if self._row <= LAST_ROW and column <= LAST_COLUMN:
                filled = self._add_cell(cell, column, width) or filled
            column += width
        if filled:
            self._sheet.hidden_rows |= attribute(row, "visibility") in HIDDEN
            if is_header:
                self._sheet.headers.append(((self._row, 0, self._row, LAST_COLUMN), True))
            for below in range(self._row + 1, self._row + min(repeats, MAX_REPEATS)):
                self._sheet.cells[below] = dict(self._sheet.cells[self._row])
        self._row += repeats

    def _add_cell(self, cell: Element, column: int, width: int) -> bool:
        """Add a cell with all its repeats; False if it is blank."""
        if not len(cell) and not cell.attrib:
            return False
        text, is_bold = self._text(cell)
        comments = [comment for e in cell if local(e) == "annotation" and (comment := comment_text(e))]
        if comments:
            self._sheet.comments[self._row, column] = comments
        if not text.strip():
            return False
        for place in range(column, column + min(width, MAX_REPEATS)):
            self._cells += 1
            self._sheet.put(self._row, place, text)
            if is_bold:
                self._sheet.bold.add((self._row, place))
        if self._cells > self._builder.limits.max_cells:
            self._builder.count_cells(self._cells)
        down, across = number(cell, "number-rows-spanned", 1), number(cell, "number-columns-spanned", 1)
        if down > 1 or across > 1:
            self._sheet.merged.append((self._row, column, self._row + down - 1, column + across - 1))
        return True

    def _text(self, cell: Element) -> tuple[str, bool]:
        found = [self._runs.read(e) for e in cell if local(e) == "p"]
        text = "\n".join(paragraph.text for paragraph in found)
        self._has_hidden_text = self._has_hidden_text or any(paragraph.has_hidden for paragraph in found)
        is_bold = bool(found) and all(paragraph.bold for paragraph in found)
        if not text.strip() and local(cell) == "table-cell":
            text = next((value for name in VALUES if (value := attribute(cell, name))), "")
            formula = attribute(cell, "formula")
            if not text and formula:
                self._sheet.formulas_without_value += 1
                text = re.sub(r"[\[\]]|(?<![\w'])\.(?=\$?[A-Z])", "", FORMULA.sub("", formula))
        return text, is_bold
