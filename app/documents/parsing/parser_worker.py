"""The parsing process: it gives up privileges, runs one parser, and sends messages to the service.

Messages say how many pages are parsed, then comes the document or why there is none. The process parses files from
anyone, so the service does not trust it: it validates each message by type and refuses anything else.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config

from app.documents.parsing.confinement import confine
from app.documents.parsing.document_builder import (
    MAX_LABEL_CHARS,
    MAX_SECTION_CHARS,
    MAX_WARNING_CHARS,
    MAX_WARNINGS,
    Block,
    ParsedDocument,
    ParserLimits,
)
from app.documents.parsing.formats import PARSERS, parse, parser_for
from app.domain.documents import DocumentWarning, PageSpan
from app.errors import DocumentFailure

PAGES = re.compile(rb"([pr])([0-9]{1,9})/([0-9]{1,9})")
Kind = Literal["heading", "paragraph", "list_item", "table", "code"]
Section = Annotated[str, Field(max_length=MAX_SECTION_CHARS)]
BlockFields = Annotated[
    tuple[Kind, int, int, int] | tuple[Kind, int, int, int, Section], Field(union_mode="left_to_right")
]
PageFields = tuple[int, int, int, Annotated[str, Field(max_length=MAX_LABEL_CHARS)]]
WarningFields = tuple[
    Annotated[str, Field(max_length=MAX_WARNING_CHARS)], Annotated[str, Field(max_length=MAX_WARNING_CHARS)]
]
DocumentFields = tuple[
    str,
    list[BlockFields],
    list[PageFields],
    str,
    str,
    Annotated[list[WarningFields], Field(max_length=MAX_WARNINGS)],
]


class InvalidMessage(ValueError):
    """The bytes are not a message."""


@dataclass(frozen=True, slots=True)
class PagesRead:
    """`done` of `pages` pages are parsed. `recognised`: the page was an image and needed OCR, which takes longer."""

    done: int
    pages: int
    recognised: bool = False


@with_config(ConfigDict(extra="forbid", strict=True))
@dataclass(frozen=True, slots=True)
class ParserFailure:
    """Code and message of a DocumentFailure."""

    code: str
    message: str


Result = ParsedDocument | ParserFailure
Message = PagesRead | Result


def encode_message(message: Message) -> bytes:
    """Encode pages as `p3/10`, or `r3/10` with OCR; anything else as JSON, a document as lists for a short message."""
    match message:
        case PagesRead():
            return b"%s%d/%d" % (b"r" if message.recognised else b"p", message.done, message.pages)
        case ParserFailure():
            return json.dumps({"code": message.code, "message": message.message}).encode()
        case ParsedDocument():
            blocks = [_block_fields(block) for block in message.blocks]
            pages = [[span.page, span.char_start, span.char_end, span.label] for span in message.pages]
            warnings = [[warning.code, warning.message] for warning in message.warnings]
            fields = [message.text, blocks, pages, message.media_type, message.title, warnings]
            return json.dumps(fields, ensure_ascii=False).encode()


def _block_fields(block: Block) -> list[str | int]:
    fields: list[str | int] = [block.kind, block.char_start, block.char_end, block.level]
    return [*fields, block.section] if block.section else fields


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
    text, blocks, pages, media_type, title, warnings = result
    return ParsedDocument(
        text,
        tuple(Block(*block) for block in blocks),
        tuple(PageSpan(*span) for span in pages),
        media_type,
        title,
        tuple(DocumentWarning(*warning) for warning in warnings),
    )


@cache
def _results() -> TypeAdapter[DocumentFields | ParserFailure]:
    return TypeAdapter(DocumentFields | ParserFailure)


def preload() -> None:
    """Import every parser. The fork server calls this once, so that each child has them."""
    for media_type in PARSERS:
        parser_for(media_type)


def run_child(answer: Connection, path: str, media_type: str, limits: ParserLimits) -> None:
    """Entry of the child process: send messages about pages, then the result."""

    def report(done: int, pages: int, slow: bool) -> None:
        answer.send_bytes(encode_message(PagesRead(done, pages, recognised=slow)))

    run_confined(answer, limits, lambda: encode_message(parse(Path(path).read_bytes(), media_type, limits, report)))


def run_confined(answer: Connection, limits: ParserLimits, work: Callable[[], bytes]) -> None:
    """Give up privileges, send the result of `work` or the ParserFailure it ended with, and end the process."""
    try:
        confine(limits)
        payload = work()
    except DocumentFailure as failure:
        payload = encode_message(ParserFailure(failure.code, failure.message))
    except MemoryError:
        message = f"Reading the file needs more than {limits.memory_mb} MB of memory; split it."
        payload = encode_message(ParserFailure("parser_memory", message))
    except RecursionError:
        payload = encode_message(ParserFailure("nested_too_deeply", "The file is nested too deeply to be read."))
    answer.send_bytes(payload)
    answer.close()
    os._exit(0)  # no clean-up of parser libraries, which may be in any state
