"""Reads the XML of one sheet row by row: what each cell shows, merged cells, what is said of headers, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.documents.parsing.formats.number_formats import format_number, format_text, general
from app.documents.parsing.formats.opc import Element, Package, local, local_name
from app.documents.parsing.formats.spreadsheet.grid import Sheet
from app.documents.parsing.formats.spreadsheet.references import LAST_COLUMN, LAST_ROW, cell_range, column_of
from app.documents.parsing.formats.spreadsheet.strings import rich_text
from app.documents.parsing.formats.spreadsheet.styles import GENERAL, CellStyle
from app.documents.parsing.inline_text import address_to_show

TAGS = (
    "row", "pane", "col", "mergeCell", "hyperlink", "autoFilter", "tablePart", "drawing", "oddHeader", "oddFooter",
)  # fmt: skip
MAX_FROZEN = 10  # rows: more that stand still are no header
MAX_MERGES = 100_000
SHORT = 15  # digits of a whole number that is shown as it is stored
LINK = re.compile(r'\bHYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT_R = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
PLAIN = CellStyle()


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets share."""

    strings: Sequence[str]
    styles: Sequence[CellStyle]
    date_1904: bool
    max_cells: int


@dataclass(slots=True)
class SheetParts:
    """What a sheet refers to: ids of relations, and texts of its margins."""

    tables: list[str] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)


class SheetReader:
    """Reads a sheet once; then `sheet` and `parts` hold it."""

    def __init__(self, workbook: Workbook, links: Mapping[str, str]) -> None:
        self.sheet = Sheet()
        self.parts = SheetParts()
        self._workbook = workbook
        self._links = links
        self._row = -1
        self._cells = 0

    @property
    def too_many_cells(self) -> int:
        """The cells read, if they are more than a document may have; else 0."""
        return self._cells if self._cells > self._workbook.max_cells else 0

    def read(self, package: Package, part: str) -> None:
        """Raises DocumentFailure where the XML is damaged; what comes before is in `sheet`."""
        for element in package.elements(part, TAGS):
            self._take(local(element), element)
            if self.too_many_cells:
                return

    def _take(self, name: str, element: Element) -> None:
        match name:
            case "row":
                self._add_row(element)
            case "pane":
                self._freeze(element)
            case "col":
                self._hide_columns(element)
            case "mergeCell":
                found = cell_range(element.get("ref", ""))
                if found and len(self.sheet.merged) < MAX_MERGES:
                    self.sheet.merged.append(found)
            case "hyperlink":
                self._link(element)
            case "autoFilter":
                self.head(element.get("ref", ""))
            case "tablePart":
                self.parts.tables.append(related_id(element))
            case "drawing":
                self.parts.drawings.append(related_id(element))
            case _:
                self.parts.margins.append(element.text or "")

    def head(self, reference: str, *, has_header: bool = True) -> None:
        """The first row of a range names the columns, or surely does not."""
        found = cell_range(reference)
        if found:
            self.sheet.headers.append(((found[0], found[1], found[0], found[3]), has_header))

    def _freeze(self, pane: Element) -> None:
        rows = pane.get("ySplit", "")
        if pane.get("state", "").startswith("frozen") and rows.isdecimal() and 0 < int(rows) <= MAX_FROZEN:
            self.sheet.headers.append(((0, 0, int(rows) - 1, LAST_COLUMN), True))

    def _hide_columns(self, column: Element) -> None:
        first, last = column.get("min", ""), column.get("max", "")
        if _on(column, "hidden") and first.isdecimal() and last.isdecimal():
            self.sheet.hidden_columns.append((int(first) - 1, int(last) - 1))

    def _link(self, element: Element) -> None:
        found = cell_range(element.get("ref", ""))
        address = self._links.get(related_id(element), "")
        if found and address:
            text = self.sheet.cells.get(found[0], {}).get(found[1], "")
            self._set_linked(found[0], found[1], text, address)

    def _set_linked(self, row: int, column: int, text: str, address: str) -> None:
        shown = address_to_show(text, address)
        if shown:
            self.sheet.put(row, column, f"{text} ({shown})" if text else shown)

    def _add_row(self, element: Element) -> None:
        number = element.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        if not 0 <= self._row <= LAST_ROW:
            return
        column = -1
        before = self._cells
        for cell in element:
            if local_name(cell.tag) == "c":
                column = column_of(cell.get("r", ""), column + 1)
                self._add_cell(cell, column)
        if self._cells > before and _on(element, "hidden"):
            self.sheet.hidden_rows = True

    def _add_cell(self, cell: Element, column: int) -> None:
        value, formula, inline = "", None, None
        for part in cell:
            name = local_name(part.tag)
            if name == "v":
                value = part.text or ""
            elif name == "f":
                formula = part
            elif name == "is":
                inline = part
        if not value and formula is None and inline is None:
            return
        number = cell.get("s")
        styles = self._workbook.styles
        style = styles[int(number)] if number and number.isdecimal() and int(number) < len(styles) else PLAIN
        text = self._shown(cell.get("t", "n"), value, style) if inline is None else _formatted(rich_text(inline), style)
        if formula is not None and not value:
            text = text or self._formula(formula)
        if not text or text.isspace():
            return
        self._cells += 1
        self.sheet.put(self._row, column, text)
        if formula is not None and (matched := LINK.search(formula.text or "")):
            self._set_linked(self._row, column, text, matched.group(1))
        if style.bold:
            self.sheet.bold.add((self._row, column))

    def _shown(self, kind: str, value: str, style: CellStyle) -> str:
        if kind == "n":
            return self._number(value, style)
        if kind == "s":
            strings = self._workbook.strings
            return _formatted(strings[int(value)], style) if value.isdecimal() and int(value) < len(strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        return _formatted(value, style) if kind in {"str", "d"} else value

    def _number(self, value: str, style: CellStyle) -> str:
        if style.code == GENERAL and len(value) < SHORT and value.isdecimal():
            return value
        try:
            number = float(value)
        except ValueError:
            return value
        if style.code == GENERAL:
            return general(number)
        return format_number(number, style.code, date_1904=self._workbook.date_1904)

    def _formula(self, formula: Element) -> str:
        """The formula itself, as the file holds no value."""
        if not (formula.text or formula.get("si")):
            return ""
        self.sheet.formulas_without_value += 1
        return f"={formula.text}" if formula.text else "=(copied formula)"


def related_id(element: Element) -> str:
    """The id of the relation that an element names."""
    return element.get(f"{R}id") or element.get(f"{STRICT_R}id") or ""


def _formatted(text: str, style: CellStyle) -> str:
    return text if style.code in {GENERAL, "@"} or ("@" not in style.code) else format_text(text, style.code)


def _on(element: Element, name: str) -> bool:
    return element.get(name, "0") in {"1", "true"}
