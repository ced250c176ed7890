"""Tables of a Word document: cells with their spans and what Word says of their part; tables that only place text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.documents.parsing.formats.docx.runs import LEFT_OUT, Paragraph, RunReader
from app.documents.parsing.formats.docx.styles import Styles, W, switched, value
from app.documents.parsing.formats.opc import Element, local
from app.documents.parsing.tables import Cell

MAX_SPAN = 64
WIDE = 3  # columns from which a special first row is believed: new tables have one, and records keep it
Labeller = Callable[[Element, Paragraph], str]


class TableReader:
    """Reads a table with the tables in its cells, and keeps what hangs on their paragraphs."""

    def __init__(self, runs: RunReader, styles: Styles, label: Labeller) -> None:
        self._runs = runs
        self._styles = styles
        self._label = label
        self._found: dict[Element, Paragraph] = {}
        self._inner: dict[Element, str] = {}  # text of tables in cells

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Paragraphs of the tables read so far, in order."""
        return list(self._found.values())

    def rows(self, table: Element) -> list[list[Cell]]:
        tables = [table]
        for element in _shown(table):
            if local(element) == "p":
                self._read(element)
            elif local(element) == "tbl" and element is not table:
                tables.append(element)
        for inner in reversed(tables[1:]):  # those in cells of others come first
            self._inner[inner] = "; ".join(_line(row) for row in self._rows(inner) if _line(row))
        return self._rows(table)

    def _read(self, paragraph: Element) -> None:
        found = self._runs.read(paragraph)
        label = self._label(paragraph, found)
        found.text = f"{label} {found.text}" if label and found.text.strip() else found.text
        self._found[paragraph] = found

    def _rows(self, table: Element) -> list[list[Cell]]:
        bold_row, bold_column = self._bold_first(table)
        rows: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}  # column -> place of the cell that reaches down
        for number, row in enumerate(_own(table, "tr")):
            cells: list[Cell] = []
            reaching: dict[int, tuple[int, int]] = {}
            header = switched(row.find(f"{W}trPr"), "tblHeader") or None
            column = _number(value(row.find(f"{W}trPr"), "gridBefore"), 0)
            cells += [Cell("")] * column
            for cell in _own(row, "tc"):
                span = _number(value(cell.find(f"{W}tcPr"), "gridSpan"), 1) or 1
                start = above.get(column) if _continues(cell) else None
                if start is not None:
                    started = rows[start[0]][start[1]]
                    rows[start[0]][start[1]] = _taller(started)
                    reaching[column] = start
                else:
                    reaching[column] = (number, len(cells))
                    bold = (bold_row and number == 0) or (bold_column and column == 0) or self._is_bold(cell)
                    cells.append(Cell(self._text(cell), columns=span, header=header, bold=bold))
                column += span
            rows.append(cells)
            above = reaching
        return rows

    def _bold_first(self, table: Element) -> tuple[bool, bool]:
        """Whether the style of the table sets its first row, and its first column, in bold and the table uses that."""
        properties = table.find(f"{W}tblPr")
        row, column = self._styles.bold_first(value(properties, "tblStyle"))
        look = properties.find(f"{W}tblLook") if properties is not None else None
        wide = any(len(list(_own(r, "tc"))) >= WIDE for r in _own(table, "tr"))
        return row and wide and _looks(look, "firstRow", 0x20), column and _looks(look, "firstColumn", 0x80)

    def _is_bold(self, cell: Element) -> bool:
        found = [self._found[p] for p in cell.iter(f"{W}p") if p in self._found and self._found[p].text.strip()]
        return bool(found) and all(paragraph.bold for paragraph in found)

    def _text(self, cell: Element) -> str:
        parts: list[str] = []
        stack = [cell]
        while stack:
            element = stack.pop()
            if element in self._inner:
                parts.append(self._inner[element])
            elif element in self._found:
                parts.append(self._found[element].text)
                stack.extend(reversed(self._found[element].boxes))
            elif local(element) and local(element) not in LEFT_OUT:
                stack.extend(reversed(element))
        return "\n".join(part for part in parts if part.strip())


def is_layout(table: Element, styles: Styles) -> bool:
    """True if a table only places text on the page: its cells hold sections or pages of prose, not values."""
    rows = [list(_own(row, "tc")) for row in _own(table, "tr")]
    width = max(map(len, rows), default=0)
    in_line = len(rows) == 1 or width == 1
    if len(rows) == 1 and width == 1:
        return True
    for cell in (cell for row in rows for cell in row):
        paragraphs = list(_own(cell, "p"))
        if len(paragraphs) == 1 and not in_line:
            continue
        filled = [p for p in paragraphs if any((t.text or "").strip() for t in p.iter(f"{W}t"))]
        headings = [p for p in filled if styles.heading(value(p.find(f"{W}pPr"), "pStyle"))]
        if (headings and len(filled) > len(headings)) or (in_line and len(filled) > 1):
            return True
        if in_line and next(_own(cell, "tbl"), None) is not None:
            return True
    return False


def _shown(root: Element) -> Iterator[Element]:
    """Elements in order, with text boxes but without what was deleted and copies for older programs."""
    stack = [root]
    while stack:
        element = stack.pop()
        yield element
        name = local(element)
        if name and not _deleted_row(element):
            stack.extend(child for child in reversed(element) if local(child) not in LEFT_OUT)


def _own(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table, cells of a row or blocks of a cell, also within content controls; not those of inner tables."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if local(element) == name:
            if not _deleted_row(element):
                yield element
        elif local(element) in {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}:
            stack.extend(reversed(element))


def _deleted_row(element: Element) -> bool:
    return local(element) == "tr" and element.find(f"{W}trPr/{W}del") is not None


def _continues(cell: Element) -> bool:
    """True if a cell above it spans this row."""
    properties = cell.find(f"{W}tcPr")
    merge = properties.find(f"{W}vMerge") if properties is not None else None
    return merge is not None and merge.get(f"{W}val") != "restart"


def _line(row: list[Cell]) -> str:
    """A row of a table within a cell."""
    return ", ".join(text for cell in row if (text := " ".join(cell.text.split())))


def _taller(cell: Cell) -> Cell:
    return Cell(cell.text, cell.rows + 1, cell.columns, cell.header, cell.bold)


def _looks(look: Element | None, name: str, bit: int) -> bool:
    """Whether a table uses a part of its style: by its own attribute, or by a bit of the older one."""
    if look is None:
        return False
    own = look.get(f"{W}{name}")
    if own is not None:
        return own in {"1", "true", "on"}
    try:
        return bool(int(look.get(f"{W}val", "0"), 16) & bit)
    except ValueError:
        return False


def _number(text: str, default: int) -> int:
    return min(int(text), MAX_SPAN) if text.isdecimal() else default
