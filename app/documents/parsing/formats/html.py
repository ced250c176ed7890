"""HTML by selectolax (Lexbor): the visible text in order, without scripts, styles and hidden parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.documents.parsing.document_builder import BlockKind, DocumentBuilder
from app.documents.parsing.formats.html_inline import MAX_PAGE_LINKS, Entry, Link, Raised, expand, join, marks_of
from app.documents.parsing.formats.html_tables import caption_of, is_layout, rows_of, terms_of
from app.documents.parsing.formats.text import MARKS, decode
from app.documents.parsing.text_cleanup import clean, collapse_spaces

SKIPPED = {"script", "style", "noscript", "template", "head", "iframe", "object", "nav", "rp", "datalist"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "ul", "ol", "dl", "table", "body"),
    *("blockquote", "figure", "figcaption", "form", "fieldset", "address", "details", "summary", "center", "button"),
    *("li", "dt", "dd", "pre", "hr", "td", "th", "tr", "thead", "tbody", "caption", *HEADINGS),
}
ITEMS = {"li", "dt", "dd"}
OPENED = "[aria-controls], [data-bs-target], [data-target], a[href^='#']"
OVERLAYS = {"dialog", "alertdialog", "menu", "listbox", "tooltip"}
CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
HEAD_BYTES = 4096


def parse(data: bytes, builder: DocumentBuilder) -> None:
    add_html(builder, _decoded(data))


def add_html(builder: DocumentBuilder, source: str) -> None:
    """Add the visible text of a page. Its title becomes the title of a document without one."""
    tree = LexborHTMLParser(clean(source))
    title = tree.css_first("title")
    if title is not None and not builder.title:
        builder.title = collapse_spaces(title.text())
    if tree.body is not None:
        _Walk(builder, _opened(tree)).blocks(tree.body)


def plain_text(source: str) -> str:
    """Text of a page without its structure."""
    body = LexborHTMLParser(source).body
    return collapse_spaces(body.text(separator=" ")) if body is not None else ""


def inline_text(builder: DocumentBuilder, source: str) -> str:
    """Text of a small piece of HTML on one line, as a cell of a table shows it."""
    body = LexborHTMLParser(source).body
    return _Walk(builder, frozenset()).text_of(body) if body is not None else ""


@dataclass(frozen=True, slots=True)
class _Return:
    """Where a block ends: the kind and level of the block around it."""

    kind: BlockKind
    level: int


class _Walk:
    """Walks through the tree without recursion, as a file may nest to any depth, and adds blocks in order."""

    def __init__(self, builder: DocumentBuilder, opened: frozenset[str]) -> None:
        self._builder = builder
        self._opened = opened  # ids of parts that a reader opens by a button or tab
        self._inline: list[str | Link | Raised] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._few_links = True
        self._marks: dict[int, str] = {}  # numbers of the items of ordered lists, by the id of their node

    def blocks(self, root: LexborNode) -> None:
        self._few_links = len(root.css("a[href^=http]")) <= MAX_PAGE_LINKS
        stack: list[Entry | _Return] = [root]
        while stack:
            entry = stack.pop()
            if isinstance(entry, _Return):
                self._flush()
                self._kind, self._level = entry.kind, entry.level
            elif isinstance(entry, LexborNode):
                self._visit(entry, stack)
            else:
                self._inline.append(entry)
        self._flush()

    def _visit(self, node: LexborNode, stack: list[Entry | _Return]) -> None:
        tag = node.tag
        if tag == "-text":
            self._inline.append(node.text(deep=False) or "")
        elif not self._is_shown(node):
            return
        elif (shown := expand(node)) is not None:
            stack.extend(reversed(shown))
        elif tag == "pre":
            self._flush()
            self._builder.add("code", node.text())
        elif tag == "table" and not is_layout(node):
            self._flush()
            self._builder.add_table(rows_of(node, self.text_of, self._is_shown), caption_of(node, self.text_of))
        elif tag == "dl" and (terms := terms_of(node, self.text_of)):
            self._flush()
            self._builder.add_table(terms)
        else:
            if tag in BLOCKS and not (tag == "button" and self._level):
                self._flush()
                stack.append(_Return(self._kind, self._level))
                self._kind, self._level = _kind(tag, self._kind), HEADINGS.get(tag, 0)
                self._inline.append(self._marks.pop(node.mem_id, ""))
            if tag == "ol":
                self._marks.update(marks_of(node))
            stack.extend(reversed(list(node.iter(include_text=True))))

    def text_of(self, cell: LexborNode) -> str:
        """The text of a cell: its blocks are words apart, semicolons part the items of its lists."""
        parts: list[str | Link | Raised] = []
        stack: list[Entry] = [*reversed(list(cell.iter(include_text=True)))]
        if len(stack) == 1 and isinstance(stack[0], LexborNode) and stack[0].tag == "-text":
            return collapse_spaces(stack[0].text(deep=False) or "")  # most cells of large tables
        while stack:
            entry = stack.pop()
            if not isinstance(entry, LexborNode):
                parts.append(entry)
            elif entry.tag == "-text":
                parts.append(entry.text(deep=False) or "")
            elif self._is_shown(entry):
                shown = expand(entry)
                gap = " " if entry.tag in BLOCKS else ""
                stack.extend([gap, *reversed(_children(entry) if shown is None else shown), gap])
        return join(parts, few_links=self._few_links)

    def _is_shown(self, node: LexborNode) -> bool:
        tag = node.tag
        if tag is None or tag.startswith("-") or tag == "_comment" or tag in SKIPPED:
            return False
        if tag == "button":
            return _opens(node) or (node.parent is not None and node.parent.text(strip=True) == node.text(strip=True))
        return not _is_hidden(node) or self._is_opened(node)

    def _is_opened(self, node: LexborNode) -> bool:
        """True for a hidden part that a reader can open: a tab panel, or what a button controls."""
        role = node.attributes.get("role")
        panel = role == "tabpanel" or (role == "region" and "aria-labelledby" in node.attributes)
        return panel or (role not in OVERLAYS and (node.attributes.get("id") or "") in self._opened)

    def _flush(self) -> None:
        text = join(self._inline, few_links=self._few_links)
        self._inline.clear()
        self._builder.add(self._kind, text, self._level)


def _kind(tag: str, outer: BlockKind) -> BlockKind:
    if tag in HEADINGS:
        return "heading"
    if tag in ITEMS or (outer == "list_item" and tag in {"p", "div"}):
        return "list_item"
    return "paragraph"


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    closed = node.tag == "dialog" and "open" not in attributes
    return closed or "hidden" in attributes or attributes.get("aria-hidden") == "true" or "display:none" in style


def _opens(button: LexborNode) -> bool:
    """True for a button that is the title of a part of the page."""
    attributes = button.attributes
    if attributes.get("aria-haspopup") not in {None, "false"}:
        return False
    told = {"aria-expanded", "aria-controls", "data-bs-toggle", "data-toggle"} & attributes.keys()
    return bool(told) or attributes.get("role") == "tab"


def _opened(tree: LexborHTMLParser) -> frozenset[str]:
    """Ids of the parts that buttons and tabs open."""
    names = ("aria-controls", "data-bs-target", "data-target", "href")
    said = (node.attributes.get(name) or "" for node in tree.css(OPENED) for name in names)
    return frozenset(word.removeprefix("#") for text in said for word in text.split())


def _children(node: LexborNode) -> list[Entry]:
    """What is in an element, with semicolons between the items of a list."""
    found: list[Entry] = []
    items = 0
    for child in node.iter(include_text=True):
        if child.tag == "li":
            items += 1
            found += ["; "] * (items > 1)
        found.append(child)
    return found


def _decoded(data: bytes) -> str:
    """Decode with the encoding that the document declares, or else as plain text."""
    declared = CHARSET.search(data[:HEAD_BYTES])
    if declared and not data.startswith(tuple(mark for mark, _ in MARKS)):
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)
