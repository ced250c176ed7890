"""DOCX by lxml: headings, lists, tables, text boxes, headers, footnotes and comments, in reading order.

Read from the XML itself: a paragraph may stand in a text box, a content control or a change that was tracked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.text_cleanup import clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTES = ("footnotes", "endnotes", "comments")
HEADING_STYLE = re.compile(r"^(?:heading|título|titulo|überschrift|titre)\s*([1-9])$", re.IGNORECASE)
LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr"}
SPACING = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
MAX_SPAN = 64


def parse(data: bytes, builder: DocumentBuilder) -> None:
    package = Package(data, builder, "DOCX")
    main = _main_part(package)
    document = package.xml(main)
    relations = list(package.related(main).values())
    walk = _Walk(builder, _Styles(package, relations))
    seen: set[str] = set()
    for kind, part in relations:
        if kind == "header":
            walk.part(package.optional_xml(part), seen)
    walk.blocks(document)
    for kind, part in relations:
        if kind in NOTES or kind == "footer":
            walk.part(package.optional_xml(part), seen)


def _main_part(package: Package) -> str:
    for kind, part in package.related("").values() or package.related("/").values():
        if kind == "officeDocument" and package.has(part):
            return part
    return "word/document.xml"


class _Styles:
    """Finds the styles that are headings: by outline level or name, own or of the style they are based on."""

    def __init__(self, package: Package, relations: list[tuple[str, str]]) -> None:
        part = next((part for kind, part in relations if kind == "styles"), "word/styles.xml")
        root = package.optional_xml(part)
        self._levels: dict[str, int] = {}
        self._parents: dict[str, str] = {}
        for style in root if root is not None else ():
            if local(style) == "style":
                self._learn(style)

    def heading(self, style: str) -> int:
        """The level from 1, or 0 if the style is no heading."""
        for _ in range(10):
            if style in self._levels:
                return self._levels[style]
            if style not in self._parents:
                return 0
            style = self._parents[style]
        return 0

    def _learn(self, style: Element) -> None:
        name, key = _value(style, "name"), style.get(f"{W}styleId", "")
        outline = next((e.get(f"{W}val", "") for e in style.iter(f"{W}outlineLvl")), "")
        matched = HEADING_STYLE.match(name)
        if matched:
            self._levels[key] = int(matched.group(1))
        elif name.lower() in {"title", "título"}:
            self._levels[key] = 1
        elif outline.isdecimal() and int(outline) < 9:
            self._levels[key] = int(outline) + 1
        elif parent := _value(style, "basedOn"):
            self._parents[key] = parent


class _Walk:
    """Walks through a part without recursion and adds blocks in order."""

    def __init__(self, builder: DocumentBuilder, styles: _Styles) -> None:
        self._builder = builder
        self._styles = styles

    def part(self, root: Element | None, seen: set[str]) -> None:
        """Add a header, footer or notes part; a text that several sections share is added once."""
        if root is None:
            return
        text = " ".join("".join(_text(p)) for p in root.iter(f"{W}p")).strip()
        if text and text not in seen:
            seen.add(text)
            self.blocks(root)

    def blocks(self, root: Element) -> None:
        stack = [root]
        while stack:
            element = stack.pop()
            name = local(element)
            if name == "tbl":
                self._builder.add_table(_rows(element))
            elif name == "p":
                self._paragraph(element)
                stack.extend(reversed(list(_boxes(element))))
            elif name and name not in LEFT_OUT:
                stack.extend(reversed(element))

    def _paragraph(self, paragraph: Element) -> None:
        text = clean("".join(_text(paragraph)))
        properties = paragraph.find(f"{W}pPr")
        style = _value(properties, "pStyle") if properties is not None else ""
        level = self._styles.heading(style)
        if level and len(text) < 300:
            self._builder.add("heading", " ".join(text.split()), level)
        elif style.startswith("List") or (properties is not None and properties.find(f"{W}numPr") is not None):
            self._builder.add("list_item", text)
        else:
            self._builder.add("paragraph", text)


def _value(element: Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _text(paragraph: Element) -> Iterator[str]:
    """Text of a paragraph in order, without its text boxes, which are blocks of their own."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = local(element)
        if name == "t":
            yield element.text or ""
        elif name in SPACING:
            yield SPACING[name]
        elif name and name != "txbxContent" and name not in LEFT_OUT:
            stack.extend(reversed(element))


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Text boxes anchored in a paragraph, without their copies for older programs."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if local(element) == "txbxContent":
            yield element
        elif local(element) and local(element) not in LEFT_OUT:
            stack.extend(reversed(element))


def _rows(table: Element) -> list[list[str]]:
    """Cells by column. A cell that spans columns fills the first one; a cell that spans rows is repeated in each."""
    rows: list[list[str]] = []
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl"), None) is not table:
            continue  # of a table in a cell: part of that cell's text
        cells: list[str] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr"), None) is not row:
                continue
            column = len(cells)
            above = rows[-1][column] if rows and column < len(rows[-1]) else ""
            span = _span(cell)
            cells += [above if _continues(cell) else _cell_text(cell)] + [""] * (span - 1)
        rows.append(cells)
    return rows


def _cell_text(cell: Element) -> str:
    return clean("\n".join("".join(_text(paragraph)) for paragraph in cell.iter(f"{W}p")))


def _span(cell: Element) -> int:
    properties = cell.find(f"{W}tcPr")
    span = _value(properties, "gridSpan") if properties is not None else ""
    return min(int(span), MAX_SPAN) if span.isdecimal() and int(span) else 1


def _continues(cell: Element) -> bool:
    """True if a cell above it spans this row."""
    properties = cell.find(f"{W}tcPr")
    merge = properties.find(f"{W}vMerge") if properties is not None else None
    return merge is not None and merge.get(f"{W}val") != "restart"
