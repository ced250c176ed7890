"""HTML by selectolax (Lexbor): the visible text in order, without scripts, styles and hidden parts."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.documents.parsing.document_builder import BlockKind, DocumentBuilder
from app.documents.parsing.formats.text import MARKS, decode
from app.documents.parsing.tables import Cell
from app.documents.parsing.text_cleanup import clean, collapse_spaces

SKIPPED = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "button", "nav"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "ul", "ol", "dl", "table", "body"),
    *("blockquote", "figure", "figcaption", "form", "fieldset", "address", "details", "summary", "center"),
    *("li", "dt", "dd", "pre", "hr", "td", "th", "tr", "thead", "tbody", "caption", *HEADINGS),
}
ITEMS = {"li", "dt", "dd"}
CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
HEAD_BYTES = 4096
MAX_SPAN = 10_000


def parse(data: bytes, builder: DocumentBuilder) -> None:
    add_html(builder, _decoded(data))


def add_html(builder: DocumentBuilder, source: str) -> None:
    """Add the visible text of a page. Its title becomes the title of a document without one."""
    tree = LexborHTMLParser(clean(source))
    title = tree.css_first("title")
    if title is not None and not builder.title:
        builder.title = collapse_spaces(title.text())
    if tree.body is not None:
        _Walk(builder).blocks(tree.body)


def plain_text(source: str) -> str:
    """Text of a page without its structure."""
    body = LexborHTMLParser(source).body
    return collapse_spaces(body.text(separator=" ")) if body is not None else ""


def strip_tags(source: str) -> str:
    """Text of a small piece of HTML."""
    return collapse_spaces(LexborHTMLParser(source).text() if "<" in source else source)


class _Walk:
    """Walks through the tree without recursion, as a file may nest to any depth, and adds blocks in order."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._inline: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0

    def blocks(self, root: LexborNode) -> None:
        # Entries are nodes to visit, or the block kind to return to when a block ends.
        stack: list[LexborNode | tuple[BlockKind, int]] = [root]
        while stack:
            entry = stack.pop()
            if isinstance(entry, tuple):
                self._flush()
                self._kind, self._level = entry
                continue
            self._visit(entry, stack)
        self._flush()

    def _visit(self, node: LexborNode, stack: list[LexborNode | tuple[BlockKind, int]]) -> None:
        tag = node.tag
        if tag == "-text":
            self._inline.append(node.text(deep=False) or "")
            return
        if tag is None or tag.startswith("-") or tag == "_comment" or tag in SKIPPED or _hidden(node):
            return
        if tag == "br":
            self._inline.append(" ")
        elif tag == "pre":
            self._flush()
            self._builder.add("code", node.text())
        elif tag == "table" and not node.css("table table"):
            self._flush()
            self._builder.add_table(_rows(node))
        else:
            if tag in BLOCKS:
                self._flush()
                stack.append((self._kind, self._level))
                self._kind, self._level = _kind(tag, self._kind), HEADINGS.get(tag, 0)
            stack.extend(reversed(list(node.iter(include_text=True))))

    def _flush(self) -> None:
        text = collapse_spaces("".join(self._inline))
        self._inline.clear()
        self._builder.add(self._kind, text, self._level)


def _kind(tag: str, outer: BlockKind) -> BlockKind:
    if tag in HEADINGS:
        return "heading"
    if tag in ITEMS or (outer == "list_item" and tag in {"p", "div"}):
        return "list_item"
    return "paragraph"


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or attributes.get("aria-hidden") == "true" or "display:none" in style


def _rows(table: LexborNode) -> list[list[Cell]]:
    return [[_cell(cell) for cell in row.iter() if cell.tag in {"td", "th"}] for row in table.css("tr")]


def _cell(node: LexborNode) -> Cell:
    in_head = node.parent is not None and node.parent.parent is not None and node.parent.parent.tag == "thead"
    header = True if node.tag == "th" or in_head else None
    return Cell(node.text(separator=" "), _span(node, "rowspan"), _span(node, "colspan"), header)


def _span(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "").strip()
    return min(int(value), MAX_SPAN) if value.isdecimal() and len(value) < 10 and int(value) else 1


def _decoded(data: bytes) -> str:
    """Decode with the encoding that the document declares, or else as plain text."""
    declared = CHARSET.search(data[:HEAD_BYTES])
    if declared and not data.startswith(tuple(mark for mark, _ in MARKS)):
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)
