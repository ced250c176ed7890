"""ODT and ODP by lxml: headings, paragraphs, list items, tables and slides, without styles."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.opc import Element, Package, local
from app.documents.parsing.text_cleanup import clean
from app.errors import DocumentFailure

SPACING = {"tab": "\t", "line-break": "\n"}
PROSE = {"h", "p"}
LEFT_OUT = {"tracked-changes", "forms", "annotation", "sequence-decls", "ruby-text", "title", "desc"}
MAX_REPEATS = 64  # of a cell or row with content
MAX_SPACES = 100


def parse(data: bytes, builder: DocumentBuilder) -> None:
    package = Package(data, builder, "OpenDocument")
    manifest = package.optional_xml("META-INF/manifest.xml")
    if manifest is not None and any(local(entry) == "encryption-data" for entry in manifest.iter()):
        raise DocumentFailure("encrypted", "The document is protected by a password; remove it and upload it again.")
    body = next((e for e in package.xml("content.xml").iter() if local(e) == "body"), None)
    if body is not None:
        _Walk(builder).blocks(body)


class _Walk:
    """Walks through the tree without recursion and adds blocks in order."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder

    def blocks(self, root: Element) -> None:
        stack: list[tuple[Element, bool]] = [(root, False)]  # element, whether in a list
        pages = 0
        while stack:
            element, in_list = stack.pop()
            name = local(element)
            if name == "page" and element.get(_attribute(element, "name")) is not None:
                if pages:
                    self._builder.end_page()
                pages += 1
                self._builder.count_pages(pages)
            if name == "table":
                self._builder.add_table(_rows(element))
            elif name in PROSE:
                self._prose(element, in_list)
                stack.extend((frame, False) for frame in _frames(element))
            elif name and name not in LEFT_OUT:
                in_list = in_list or name == "list"
                stack.extend((child, in_list) for child in reversed(element))
        if pages:
            self._builder.end_page()

    def _prose(self, element: Element, in_list: bool) -> None:
        text = clean(_text(element))
        if local(element) == "h":
            level = element.get(_attribute(element, "outline-level")) or "1"
            self._builder.add("heading", " ".join(text.split()), int(level) if level.isdecimal() else 1)
        elif _is_title(element):
            self._builder.add("heading", " ".join(text.split()), 1)
        else:
            self._builder.add("list_item" if in_list else "paragraph", text)


def _attribute(element: Element, name: str) -> str:
    """The full name of an attribute, whatever its namespace; the plain name if there is none."""
    return next((key for key in map(str, element.attrib) if key.rpartition("}")[2] == name), name)


def _is_title(element: Element) -> bool:
    """Text of a slide's title frame, or in the style that word processors keep for titles."""
    if element.get(_attribute(element, "style-name")) == "Title":
        return True
    return any(up.get(_attribute(up, "class")) == "title" for up in element.iterancestors() if local(up) == "frame")


def _frames(element: Element) -> Iterator[Element]:
    """Text boxes anchored in a paragraph: blocks of their own after it."""
    boxes = [box for box in element.iter() if local(box) == "text-box"]
    outermost = [box for box in boxes if not any(up in boxes for up in box.iterancestors())]
    yield from reversed(outermost)


def _text(element: Element) -> str:
    """Text of a paragraph without what its text boxes and comments hold."""
    parts = [element.text or ""]
    stack = [(child, False) for child in reversed(element)]
    while stack:
        child, done = stack.pop()
        if done:
            parts.append(child.tail or "")
            continue
        name = local(child)
        stack.append((child, True))
        if name == "s":
            count = child.get(_attribute(child, "c")) or "1"
            parts.append(" " * (min(int(count), MAX_SPACES) if count.isdecimal() else 1))
        elif name in SPACING:
            parts.append(SPACING[name])
        elif name and name != "text-box" and name not in LEFT_OUT:
            parts.append(child.text or "")
            stack.extend((inner, False) for inner in reversed(child))
    return "".join(parts)


def _rows(table: Element) -> list[list[str]]:
    """Cells of a table; the text of merged cells appears once."""
    rows: list[list[str]] = []
    for row in table.iter():
        if local(row) != "table-row":
            continue
        cells: list[str] = []
        for cell in row:
            if local(cell) in {"table-cell", "covered-table-cell"}:
                text = "\n".join(_text(inner) for inner in cell.iter() if local(inner) in PROSE)
                repeats = cell.get(_attribute(cell, "number-columns-repeated")) or "1"
                cells += [text] * (min(int(repeats), MAX_REPEATS) if repeats.isdecimal() else 1)
        rows.append(cells)
    return rows
