"""The messages of a parsing process: pages read, then the document or why there is none.

The process reads files that anyone may have sent and is not trusted: what it sends is validated by type, and anything
else is refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from app.documents.parsing.document_builder import Block, ParsedDocument
from app.domain.documents import PageSpan

PAGES = re.compile(rb"([pr])([0-9]{1,9})/([0-9]{1,9})")
BlockFields = tuple[Literal["heading", "paragraph", "list_item", "table", "code"], int, int, int]
PageFields = tuple[int, int, int]
DocumentFields = tuple[str, list[BlockFields], list[PageFields], str, str]


class InvalidMessage(ValueError):
    """Bytes that are no message."""


@dataclass(frozen=True, slots=True)
class PagesRead:
    """So many pages of so many are read; `recognised`: the page was an image (OCR), which takes longer."""

    done: int
    pages: int
    recognised: bool = False


@with_config(ConfigDict(extra="forbid", strict=True))
@dataclass(frozen=True, slots=True)
class ParserFailure:
    """Why the file has no text, as a DocumentFailure says it."""

    code: str
    message: str


Result = ParsedDocument | ParserFailure
Message = PagesRead | Result


def encode_message(message: Message) -> bytes:
    """Pages as `p3/10`, or `r3/10` of recognised ones; the rest as JSON, a document as lists, which are short."""
    match message:
        case PagesRead():
            return b"%s%d/%d" % (b"r" if message.recognised else b"p", message.done, message.pages)
        case ParserFailure():
            return json.dumps({"code": message.code, "message": message.message}).encode()
        case ParsedDocument():
            blocks = [[block.kind, block.char_start, block.char_end, block.level] for block in message.blocks]
            pages = [[span.page, span.char_start, span.char_end] for span in message.pages]
            fields = [message.text, blocks, pages, message.media_type, message.title]
            return json.dumps(fields, ensure_ascii=False).encode()


def decode_message(data: bytes) -> Message:
    """Raises InvalidMessage."""
    if data[:1] in {b"p", b"r"}:
        found = PAGES.fullmatch(data)
        if found is None:
            raise InvalidMessage("The parsing process sent a count of pages that is none.")
        return PagesRead(int(found[2]), int(found[3]), recognised=found[1] == b"r")
    try:
        result = _results().validate_json(data, strict=True)
    except ValidationError as fault:
        raise InvalidMessage("The parsing process sent a result of another shape.") from fault
    if isinstance(result, ParserFailure):
        return result
    text, blocks, pages, media_type, title = result
    return ParsedDocument(
        text, tuple(Block(*block) for block in blocks), tuple(PageSpan(*span) for span in pages), media_type, title
    )


@cache
def _results() -> TypeAdapter[DocumentFields | ParserFailure]:
    return TypeAdapter(DocumentFields | ParserFailure)
