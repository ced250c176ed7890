"""What every parser gives: the document's text with its pages and headings as spans over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.domain.documents import PageSpan


@dataclass(frozen=True, slots=True)
class Block:
    """A structural unit of the text, in order, not overlapping. Offsets are Unicode code points, end exclusive."""

    kind: Literal["heading", "paragraph", "list_item", "table", "code"]
    char_start: int
    char_end: int
    level: int = 0  # headings: 1 to 6


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Extracted text; blocks cover all that is not white space. `pages` is empty for formats without pages."""

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[PageSpan, ...]
    media_type: str
    title: str = ""
