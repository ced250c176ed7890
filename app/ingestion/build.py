"""Building a parsed document piece by piece, so that offsets are right by construction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from app.errors import DocumentFailure
from app.ingestion.parsed import Block, ParsedDocument
from app.store.records import PageSpan

BlockKind = Literal["heading", "paragraph", "list_item", "table", "code"]
# Control characters but tab and newline; lone surrogates; byte-order marks in mid-text.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff]")
SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """`text` without characters that have no place in a document; newlines as \\n."""
    return UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def squeezed(text: str) -> str:
    """One line with single spaces: for formats where line breaks mean nothing."""
    return " ".join(clean(text).split())


class DocumentBuilder:
    """Collects blocks, separated by a blank line, and pages. Raises DocumentFailure past `max_chars`."""

    def __init__(self, media_type: str, max_chars: int) -> None:
        self._media_type = media_type
        self._max_chars = max_chars
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[PageSpan] = []
        self._page_start = 0
        self.title = ""

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Append a block; white space alone is nothing."""
        text = text.strip("\n").rstrip()
        if not text.strip():
            return
        if self._length:
            self._append("\n\n")
        start = self._length
        self._append(text)
        self._blocks.append(Block(kind, start, self._length, level))
        if kind == "heading" and not self.title:
            self.title = text.strip()

    def end_page(self) -> None:
        """Close the page; the next block starts the next one."""
        number = len(self._pages) + 1
        self._pages.append(PageSpan(number, self._page_start, self._length))
        self._page_start = self._length

    def finish(self) -> ParsedDocument:
        """Raises DocumentFailure if there is no text at all."""
        if not self._blocks:
            raise DocumentFailure(
                "no_text", "The file holds no text. Scanned pages need OCR, which this version does not do."
            )
        return ParsedDocument(
            "".join(self._parts), tuple(self._blocks), tuple(self._pages), self._media_type, self.title[:200]
        )

    def _append(self, text: str) -> None:
        self._length += len(text)
        if self._length > self._max_chars:
            raise DocumentFailure(
                "too_much_text",
                f"The document holds more than {self._max_chars:,} characters; split it into several files.",
            )
        self._parts.append(text)


def table_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """One line per row with the header's name at each cell, so that a row means something alone."""
    filled = [[squeezed(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        return [" | ".join(row) for row in filled]
    header, *body = filled
    return [
        " | ".join(
            f"{header[i]}: {cell}" if i < len(header) and header[i] else cell for i, cell in enumerate(row) if cell
        )
        for row in body
    ]
