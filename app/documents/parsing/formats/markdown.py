"""Markdown by markdown-it: headings, paragraphs, list items, tables whose rows carry their header, code."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.documents.parsing.document_builder import DocumentBuilder
from app.documents.parsing.formats.html import strip_tags
from app.documents.parsing.formats.text import decode
from app.documents.parsing.tables import Cell
from app.documents.parsing.text_cleanup import clean

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def parse(data: bytes, builder: DocumentBuilder) -> None:
    source = FRONT_MATTER.sub("", clean(decode(data)))
    tokens = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table").parse(source)
    place, depth = 0, 0
    while place < len(tokens):
        token = tokens[place]
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        place = _take(builder, tokens, place, in_list=depth > 0)


def _take(builder: DocumentBuilder, tokens: list[Token], place: int, *, in_list: bool) -> int:
    """Add the block that starts at `place`, if one does. Returns the place of the next one."""
    token = tokens[place]
    if token.type == "heading_open":
        builder.add("heading", _plain(tokens[place + 1]), int(token.tag[1]))
        return place + 3
    if token.type == "table_open":
        return _table(builder, tokens, place)
    if token.type == "inline":
        builder.add("list_item" if in_list else "paragraph", _plain(token))
    elif token.type in {"fence", "code_block"}:
        builder.add("code", token.content)
    elif token.type == "html_block":
        builder.add("paragraph", strip_tags(token.content))
    return place + 1


def _table(builder: DocumentBuilder, tokens: list[Token], place: int) -> int:
    rows: list[list[Cell]] = []
    while tokens[place].type != "table_close":
        if tokens[place].type == "tr_open":
            rows.append([])
        elif tokens[place].type == "inline":
            rows[-1].append(Cell(_plain(tokens[place]), header=tokens[place - 1].type == "th_open"))
        place += 1
    builder.add_table(rows)
    return place + 1


def _plain(token: Token) -> str:
    """Text of an inline token: without link and emphasis marks, with image descriptions."""
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n" if child.type == "hardbreak" else " ")
        elif child.type == "image":
            parts.append(child.content)
    return "".join(parts)
