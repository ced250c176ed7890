"""Tables of OpenDocument texts and slides: cells with their spans, header rows, tables that only place text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.formats.opendocument.elements import number
from app.documents.parsing.formats.opendocument.runs import LEFT_OUT, Paragraph
from app.documents.parsing.tables import Cell

MAX_REPEATS = 64  # of a cell or row with content
MAX_SPAN = 200
GROUPS = {"table-rows", "table-row-group", "table-header-rows"}
PROSE = {"h", "p"}
Read = Callable[[Element], Paragraph]


class TableReader:
    """Reads a table with the tables in its cells, and keeps what hangs on their paragraphs."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._found: dict[Element, Paragraph] = {}

    @property
    def paragraphs(self) -> list[Paragraph]:
        return list(self._found.values())

    def rows(self, table: Element) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        for row, is_header in own_rows(table):
            cells = [cell for element in row for cell in self._cells(element, is_header=is_header)]
            repeats = number(row, "number-rows-repeated", 1) if any(cell.text for cell in cells) else 1
            rows += [cells] * min(repeats, MAX_REPEATS)
        return rows

    def _cells(self, cell: Element, *, is_header: bool) -> list[Cell]:
        if local(cell) != "table-cell":
            return []  # covered by another, or no cell
        found = [self._paragraph(element) for element in shown(cell) if local(element) in PROSE]
        filled = [paragraph for paragraph in found if paragraph.text.strip()]
        made = Cell(
            "\n".join(paragraph.text for paragraph in filled),
            rows=min(max(number(cell, "number-rows-spanned", 1), 1), MAX_SPAN),
            columns=min(max(number(cell, "number-columns-spanned", 1), 1), MAX_SPAN),
            header=is_header or None,
            bold=bool(filled) and all(paragraph.bold for paragraph in filled),
        )
        return [made] * min(number(cell, "number-columns-repeated", 1) or 1, MAX_REPEATS)

    def _paragraph(self, element: Element) -> Paragraph:
        if element not in self._found:
            self._found[element] = self._read(element)
        return self._found[element]


def own_rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """(row, whether it is a header row) of a table, not of those in its cells."""
    stack = [(part, False) for part in reversed(table)]
    while stack:
        element, is_header = stack.pop()
        name = local(element)
        if name == "table-row":
            yield element, is_header
        elif name in GROUPS:
            inside = is_header or name == "table-header-rows"
            stack.extend((part, inside) for part in reversed(element))


def is_layout(table: Element) -> bool:
    """True if a table only places text on the page: its cells hold sections or pages of prose, not values."""
    rows = [[cell for cell in row if local(cell) == "table-cell"] for row, _ in own_rows(table)]
    width = max(map(len, rows), default=0)
    in_line = len(rows) == 1 or width == 1
    if len(rows) == 1 and width == 1:
        return True
    for cell in (cell for row in rows for cell in row):
        blocks = [local(e) for e in cell if local(e) in {"h", "p", "list", "table"} and "".join(e.itertext()).strip()]
        if ("h" in blocks and len(blocks) > blocks.count("h")) or (in_line and (len(blocks) > 1 or "table" in blocks)):
            return True
    return False


def shown(root: Element) -> Iterator[Element]:
    """What a cell holds in order, without comments, notes and what is left out."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        yield element
        if local(element) and local(element) not in LEFT_OUT | PROSE | {"annotation"}:
            stack.extend(reversed(element))
