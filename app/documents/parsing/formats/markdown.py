"""Markdown by markdown-it: headings, paragraphs, lists, tables whose rows carry their header, code, HTML, footnotes."""

from __future__ import annotations

import re
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.token import Token

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.front_matter import split_front_matter
from app.documents.parsing.formats.html import add_html, inline_text
from app.documents.parsing.formats.html_inline import MAX_PAGE_LINKS, Link, Raised, address_of, join
from app.documents.parsing.formats.text import decode
from app.documents.parsing.tables import SEPARATOR, Cell
from app.documents.parsing.text_cleanup import clean

NOTE = re.compile(r"^\[\^([^\]\s]{1,60})\]:\s*(\S.*)$", re.DOTALL)
NEXT_NOTE = re.compile(r"\n(?=\[\^[^\]\s]{1,60}\]:)")
NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")


def parse(data: bytes, builder: DocumentBuilder) -> None:
    add_markdown(builder, clean(decode(data)))


def add_markdown(builder: DocumentBuilder, source: str) -> None:
    """Add a text in Markdown. A title in its front matter becomes the title of a document without one."""
    fields, source = split_front_matter(source)
    builder.title = builder.title or fields.get("title", "")
    builder.add("table", SEPARATOR.join(f"{name}: {value}" for name, value in fields.items()))
    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")
    parser.block.ruler.at("reference", _reference, {"alt": []})
    _Walk(builder, parser, parser.parse(source)).blocks()


def _reference(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """The rule of link definitions, which would swallow the notes at the foot of the page."""
    start = state.bMarks[first] + state.tShift[first]
    return not state.src.startswith("[^", start) and reference(state, first, last, silent)


class _Walk:
    """Goes through the tokens and adds blocks in order; a footnote comes below the block that refers to it."""

    def __init__(self, builder: DocumentBuilder, parser: MarkdownIt, tokens: list[Token]) -> None:
        self._builder = builder
        self._parser = parser
        self._tokens = tokens
        links = sum(child.type == "link_open" for token in tokens for child in token.children or ())
        self._few_links = links <= MAX_PAGE_LINKS
        self._marks: list[str] = []  # of the open list items: the number, until it is written
        self._notes = self._find_notes()

    def blocks(self) -> None:
        place = 0
        while place < len(self._tokens):
            place = self._take(place)

    def _take(self, place: int) -> int:
        """Add the block that starts at `place`, if one does. Returns the place of the next one."""
        token = self._tokens[place]
        if token.type == "heading_open":
            self._add("heading", self._text(self._tokens[place + 1]), int(token.tag[1]))
            return place + 3
        if token.type == "table_open":
            return self._table(place)
        if token.type == "html_block":
            return self._html(place)
        if token.type == "list_item_open":
            self._marks.append(f"{token.info}. " if token.info else "")
        elif token.type == "list_item_close":
            self._marks.pop()
        elif token.type == "inline":
            self._prose(self._text(token))
        elif token.type in {"fence", "code_block"}:
            self._builder.add("code", token.content)
        return place + 1

    def _prose(self, text: str) -> None:
        if self._marks:
            mark, self._marks[-1] = self._marks[-1], ""
            self._add("list_item", mark + text)
            return
        for part in NEXT_NOTE.split(text):
            note = NOTE.match(part)
            if note is None or note.group(1) in self._notes:
                self._add("paragraph", part)

    def _add(self, kind: Literal["heading", "paragraph", "list_item"], text: str, level: int = 0) -> None:
        self._builder.add(kind, text, level)
        self._add_notes(text)

    def _add_notes(self, text: str) -> None:
        for label in NOTE_MARK.findall(text):
            if note := self._notes.pop(label, ""):
                self._builder.add("paragraph", f"[^{label}]: {note}")

    def _find_notes(self) -> dict[str, str]:
        """Footnotes by label."""
        texts = (self._text(token) for token in self._tokens if token.type == "inline" and "[^" in token.content)
        found = (NOTE.match(part) for text in texts for part in NEXT_NOTE.split(text))
        return {note.group(1): note.group(2) for note in found if note is not None}

    def _table(self, place: int) -> int:
        rows: list[list[Cell]] = []
        while (token := self._tokens[place]).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(Cell(self._text(token), header=self._tokens[place - 1].type == "th_open"))
            place += 1
        self._builder.add_table(rows)
        self._add_notes(" ".join(cell.text for row in rows for cell in row))
        return place + 1

    def _html(self, place: int) -> int:
        """Add neighbouring pieces of HTML as one: a blank line divides what belongs together."""
        pieces = []
        while place < len(self._tokens) and self._tokens[place].type == "html_block":
            pieces.append(self._tokens[place].content)
            place += 1
        add_html(self._builder, "\n".join(pieces))
        return place

    def _text(self, token: Token) -> str:
        """Text of an inline token: without emphasis marks, with addresses of links and descriptions of images."""
        children = token.children or []
        if any(child.type == "html_inline" for child in children):
            return inline_text(self._builder, self._parser.renderer.render([token], self._parser.options, {}))
        lines: list[list[str | Link | Raised]] = [[]]
        addresses: list[str] = []
        for child in children:
            if child.type in {"text", "code_inline", "image"}:
                if child.content.startswith("[^") and NOTE.match(f"{child.content} x"):
                    lines.append([])  # a footnote below another one
                lines[-1].append(child.content)
            elif child.type == "softbreak":
                lines[-1].append(" ")
            elif child.type == "hardbreak":
                lines.append([])
            elif child.type == "link_open":
                addresses.append(address_of(str(child.attrGet("href") or "")))
            elif child.type == "link_close" and addresses and (address := addresses.pop()):
                lines[-1].append(Link(address))
        return "\n".join(join(line, few_links=self._few_links) for line in lines if line)
