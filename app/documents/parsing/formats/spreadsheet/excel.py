"""XLSX: sheets in order, hidden ones marked, with their comments, links, charts and text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.drawings import add_drawn, read_drawings
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.formats.spreadsheet.comments import read_comments
from app.documents.parsing.formats.spreadsheet.grid import HIDDEN_SHEET
from app.documents.parsing.formats.spreadsheet.references import LAST_COLUMN
from app.documents.parsing.formats.spreadsheet.sheet_reader import SheetReader, Workbook, related_id
from app.documents.parsing.formats.spreadsheet.strings import PART as STRINGS
from app.documents.parsing.formats.spreadsheet.strings import read_strings
from app.documents.parsing.formats.spreadsheet.styles import read_styles
from app.documents.parsing.text_cleanup import collapse_spaces
from app.errors import DocumentFailure

MAIN = "xl/workbook.xml"
REPEATED_ROWS = re.compile(r"!\$(\d{1,7}):\$(\d{1,7})")
MARGIN_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])')


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sheet as the workbook names it."""

    name: str
    part: str
    hidden: bool
    place: int


def add_workbook(package: Package, builder: DocumentBuilder) -> None:
    """Add every sheet. Raises DocumentFailure if the workbook is damaged."""
    root = package.xml(MAIN)
    parts = {kind: part for kind, part in package.related(MAIN).values() if kind in {"styles", "sharedStrings"}}
    workbook = Workbook(
        strings=read_strings(package, parts.get("sharedStrings", STRINGS)),
        styles=read_styles(package.optional_xml(parts.get("styles", "xl/styles.xml"))),
        date_1904=any(local(e) == "workbookPr" and e.get("date1904") in {"1", "true"} for e in root),
        max_cells=builder.limits.max_cells,
    )
    repeated = _repeated_rows(root)
    seen: set[str] = set()
    for entry in _entries(package, root):
        _add_sheet(package, builder, workbook, entry, repeated.get(entry.place), seen)


def _entries(package: Package, root: Element) -> Iterator[_Entry]:
    relations = package.related(MAIN)
    sheets = [element for element in root.iter() if local(element) == "sheet"]
    for place, sheet in enumerate(sheets):
        part = relations.get(related_id(sheet), ("", ""))[1]
        if package.has(part):
            hidden = sheet.get("state", "visible") != "visible"
            yield _Entry(collapse_spaces(sheet.get("name", "")), part, hidden, place)


def _repeated_rows(root: Element) -> dict[int, tuple[int, int]]:
    """Rows that are printed at the top of each page, by sheet: they name the columns."""
    found: dict[int, tuple[int, int]] = {}
    for name in root.iter():
        if local(name) == "definedName" and name.get("name") == "_xlnm.Print_Titles":
            matched, sheet = REPEATED_ROWS.search(name.text or ""), name.get("localSheetId", "")
            if matched and sheet.isdecimal():
                found[int(sheet)] = (int(matched.group(1)) - 1, int(matched.group(2)) - 1)
    return found


def _add_sheet(
    package: Package,
    builder: DocumentBuilder,
    workbook: Workbook,
    entry: _Entry,
    repeated: tuple[int, int] | None,
    seen: set[str],
) -> None:
    reader = SheetReader(workbook, package.links(entry.part))
    try:
        reader.read(package, entry.part)
    except DocumentFailure as failure:
        if failure.code != "truncated":
            raise
        builder.warn("damaged_sheet", f"The sheet {entry.name} is damaged; what could be read of it is kept.")
    builder.count_cells(reader.too_many_cells)
    relations = package.related(entry.part)
    for table in reader.parts.tables:
        _head_table(package, reader, relations.get(table, ("", ""))[1])
    if repeated:
        reader.sheet.headers.append(((repeated[0], 0, min(repeated[1], repeated[0] + 9), LAST_COLUMN), True))
    reader.sheet.comments = read_comments(package, relations)
    drawn = [item for key in reader.parts.drawings for item in read_drawings(package, relations.get(key, ("", ""))[1])]
    margins = [text for text in map(_margin, reader.parts.margins) if text not in seen]
    seen.update(margins)
    if not (reader.sheet.cells or reader.sheet.comments or drawn or any(margins)):
        return
    builder.add("heading", f"{entry.name} {HIDDEN_SHEET}" if entry.hidden else entry.name, 1)
    reader.sheet.add_to(builder)
    for text in margins:
        builder.add("paragraph", text)
    for item in drawn:
        add_drawn(builder, item)
    reader.sheet.warn(builder, entry.name, hidden=entry.hidden)


def _head_table(package: Package, reader: SheetReader, part: str) -> None:
    """A table of the sheet says whether its first row names the columns."""
    root = package.optional_xml(part) if part else None
    if root is not None:
        reader.head(root.get("ref", ""), has_header=root.get("headerRowCount", "1") != "0")


def _margin(text: str) -> str:
    """A header or footer without its codes for fonts, dates and page numbers; empty if it has no words."""
    shown = collapse_spaces(MARGIN_CODE.sub(" ", text))
    only_counts = "&P" in text and len(shown.split()) < 3  # "Page 1 of 9"
    return shown if any(char.isalpha() for char in shown) and not only_counts else ""
