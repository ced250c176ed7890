"""Joins the lines of a page to paragraphs, list items and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.documents.parsing.document_builder import BlockKind, DocumentBuilder
from app.documents.parsing.text_cleanup import clean

SENTENCE_END = re.compile(r"[.!?:;…»”\"')\]]$")
SHORT_LINE = 0.75  # of the page's widest line: a line this short that ends a sentence ends a paragraph
BULLET = re.compile(r"^\s*(?:[•◦▪‣·*–-]|\(?\d{1,3}[.)])\s+")
BROKEN_WORD = re.compile(r"(\w)[\u00ad-]\s*\n\s*(?=[a-zà-ÿ])")
HEADING = re.compile(r"^(?:\d+(?:\.\d+)*\.?\s+)?[A-ZÀ-Ý][^.!?;]{2,80}$")


def add_lines(builder: DocumentBuilder, text: str) -> None:
    """Add the text of a page whose lines have no information but their words."""
    joined = BROKEN_WORD.sub(r"\1", clean(text.replace("\f", "\n")))
    for kind, paragraph in paragraphs(joined.split("\n")):
        builder.add(kind, paragraph, 2 if kind == "heading" else 0)


def paragraphs(lines: Sequence[str], *, guess_headings: bool = True) -> Iterator[tuple[BlockKind, str]]:
    """(kind, text) of each paragraph. Blank lines, bullets, headings and short last lines of sentences split them."""
    lines = [" ".join(line.split()) for line in lines]
    widest = max((len(line) for line in lines), default=0)
    current: list[str] = []
    for place, line in enumerate(lines):
        alone = guess_headings and not current and HEADING.match(line) and len(line) < SHORT_LINE * widest
        if not line or BULLET.match(line):
            yield from _joined(current)
            current = []
        if alone and _heading_here(lines, place):
            yield "heading", line
            continue
        if line:
            current.append(line)
        if line and len(line) < SHORT_LINE * widest and SENTENCE_END.search(line):
            yield from _joined(current)
            current = []
    yield from _joined(current)


def _heading_here(lines: Sequence[str], place: int) -> bool:
    """True for a line that looks like a heading, if the text after it starts a new sentence."""
    following = next((line for line in lines[place + 1 :] if line), "")
    return bool(following) and (following[0].isupper() or following[0].isdigit() or bool(BULLET.match(following)))


def _joined(lines: list[str]) -> Iterator[tuple[BlockKind, str]]:
    if lines:
        yield ("list_item" if BULLET.match(lines[0]) else "paragraph"), " ".join(lines)
