"""Joins the lines of a page to paragraphs, list items and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.documents.parsing.divided_words import DIVIDED, WordDivisions
from app.documents.parsing.document_builder import BlockKind, DocumentBuilder
from app.documents.parsing.text_cleanup import clean

SENTENCE_END = re.compile(r"[.!?:;…»”\"')\]]$")
SHORT_LINE = 0.75  # of the page's widest line: a line this short that ends a sentence ends a paragraph
BULLET = re.compile(r"^\s*(?:[•◦▪‣·*–-]|\(?\d{1,3}[.)])\s+")
BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[\u00ad-][ \t]*\n\s*(?=[^\W\d_])")
HEADING = re.compile(r"^(?:\d+(?:\.\d+)*\.?\s+)?[A-ZÀ-Ý][^.!?;]{2,80}$")


class LaidLine(Protocol):
    """A line with what its place says: `short` beside the widest of its column, `gap` with more space above it."""

    @property
    def text(self) -> str: ...

    @property
    def short(self) -> bool: ...

    @property
    def gap(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _PlainLine:
    text: str
    short: bool
    gap: bool


def add_lines(builder: DocumentBuilder, text: str) -> None:
    """Add the text of a page whose lines have no information but their words."""
    divided = BROKEN_WORD.sub(f"{DIVIDED}\n", clean(text.replace("\f", "\n")))
    divisions = WordDivisions([divided])
    lines = _plain_lines(divided.split("\n"))
    for kind, first, end in paragraph_ranges(lines):
        builder.add(kind, divisions.resolve(joined(lines[first:end])), 2 if kind == "heading" else 0)


def _plain_lines(texts: Sequence[str]) -> list[_PlainLine]:
    widest = max((len(" ".join(text.split())) for text in texts), default=0)
    lines: list[_PlainLine] = []
    gap = False
    for text in texts:
        line = " ".join(text.split())
        if line:
            lines.append(_PlainLine(line, len(line) < SHORT_LINE * widest, gap))
        gap = not line
    return lines


def joined(lines: Sequence[LaidLine]) -> str:
    return " ".join(" ".join(line.text for line in lines).split())


def paragraph_ranges(lines: Sequence[LaidLine], *, guess_headings: bool = True) -> Iterator[tuple[BlockKind, int, int]]:
    """(kind, first, end) of each paragraph. Gaps, bullets, headings and short last lines of sentences split them."""
    start = 0
    for place, line in enumerate(lines):
        if place > start and (line.gap or BULLET.match(line.text)):
            yield _kind(lines[start]), start, place
            start = place
        if (
            guess_headings
            and place == start
            and HEADING.match(line.text)
            and line.short
            and _heading_here(lines, place)
        ):
            yield "heading", place, place + 1
            start = place + 1
        elif line.short and SENTENCE_END.search(line.text):
            yield _kind(lines[start]), start, place + 1
            start = place + 1
    if start < len(lines):
        yield _kind(lines[start]), start, len(lines)


def _heading_here(lines: Sequence[LaidLine], place: int) -> bool:
    """True for a line that looks like a heading, if the text after it starts a new sentence."""
    following = lines[place + 1].text if place + 1 < len(lines) else ""
    return bool(following) and (following[0].isupper() or following[0].isdigit() or bool(BULLET.match(following)))


def _kind(line: LaidLine) -> BlockKind:
    return "list_item" if BULLET.match(line.text) else "paragraph"
