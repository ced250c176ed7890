"""Messages of the parsing process, which is not trusted: what is sent arrives, anything else is refused."""

from __future__ import annotations

import json
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.parsing import sandbox
from app.documents.parsing.document_builder import (
    MAX_LABEL_CHARS,
    MAX_WARNING_CHARS,
    MAX_WARNINGS,
    ParsedDocument,
    ParserLimits,
)
from app.documents.parsing.parser_worker import (
    InvalidMessage,
    Message,
    PagesRead,
    ParserFailure,
    decode_message,
    encode_message,
)
from app.documents.parsing.sandbox import parse_sandboxed
from app.domain.documents import DocumentWarning, PageSpan
from app.errors import DocumentFailure

counts = st.integers(0, 999_999_999)
words = st.text(max_size=MAX_WARNING_CHARS)
warnings = st.lists(st.builds(DocumentWarning, words, words), max_size=MAX_WARNINGS).map(tuple)
spans = st.builds(PageSpan, st.integers(), st.integers(), st.integers(), st.text(max_size=MAX_LABEL_CHARS))
pages = st.lists(spans).map(tuple)
STRATEGIES: dict[type, st.SearchStrategy[Any]] = {
    PagesRead: st.builds(PagesRead, counts, counts, recognised=st.booleans()),
    ParsedDocument: st.builds(ParsedDocument, title=st.text(), warnings=warnings, pages=pages),
    ParserFailure: st.from_type(ParserFailure),
}
messages = st.one_of([STRATEGIES[message] for message in get_args(Message)])
DOCUMENT: list[Any] = [
    "Opens at ten.", [["paragraph", 0, 13, 0]], [[1, 0, 13, ""]], "text/plain", "Hours",
    [["hidden_sheet", "The sheet Old is hidden."]],
]  # fmt: skip
GARBAGE = [
    b"", b"p", b"p3", b"p3/", b"r-1/3", b"p3/10x", b"p1/9999999999", b"x3/10", b"null", b"7", b"{}", b"[]", b"\xff",
    b'{"code": 1, "message": "m"}', b'{"code": "c"}', b'{"code": "c", "message": "m", "more": 1}',
]  # fmt: skip


@given(message=messages)
def test_every_message_arrives_as_it_was_sent(message: Message) -> None:
    assert decode_message(encode_message(message)) == message


@pytest.mark.parametrize("data", GARBAGE)
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidMessage):
        decode_message(data)


@given(data=st.binary())
def test_random_bytes_are_a_message_or_are_refused(data: bytes) -> None:
    try:
        message = decode_message(data)
    except InvalidMessage:
        return
    assert isinstance(message, PagesRead)  # few bytes make a count, none a document


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, None), (0, ["text"]), (1, [["script", 0, 13, 0]]), (1, [["paragraph", "0", 13, 0]]),
        (1, [["paragraph", 0.5, 13, 0]]), (1, [["paragraph", 0, 13]]), (1, [["paragraph", 0, 13, 0, 0]]),
        (2, [[1, 0]]), (2, [[True, 0, 13, ""]]), (2, [[1, 0, 13, "i" * (MAX_LABEL_CHARS + 1)]]), (2, {}),
        (3, 1), (4, None),
        (5, None), (5, [["code"]]), (5, [["code", 1]]), (5, [["code", "m"]] * (MAX_WARNINGS + 1)),
        (5, [["code", "m" * (MAX_WARNING_CHARS + 1)]]),
    ],
)  # fmt: skip
def test_document_of_another_shape_is_refused(place: int, value: object) -> None:
    assert isinstance(decode_message(json.dumps(DOCUMENT).encode()), ParsedDocument)
    fields = [*DOCUMENT]
    fields[place] = value
    for wrong in (fields, DOCUMENT[:-1], [*DOCUMENT, 0]):
        with pytest.raises(InvalidMessage):
            decode_message(json.dumps(wrong).encode())


def _send_garbage(answer: Connection, *_: object) -> None:
    answer.send_bytes(b'["text", "no blocks"]')
    answer.close()
    os._exit(0)


def test_process_that_sends_garbage_fails_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "run_child", _send_garbage)
    with pytest.raises(DocumentFailure) as caught:
        parse_sandboxed(tmp_path / "file", "text/plain", ParserLimits())
    assert caught.value.code == "parser_failed"


def _stop_in_a_message(answer: Connection, *_: object) -> None:
    os.write(answer.fileno(), (1000).to_bytes(4, "big") + b"x")
    time.sleep(60)


def test_process_that_stops_in_the_middle_of_a_message_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "run_child", _stop_in_a_message)
    monkeypatch.setattr(sandbox, "STALLED_S", 0.5)
    started = time.monotonic()
    with pytest.raises(DocumentFailure):
        parse_sandboxed(tmp_path / "file", "text/plain", ParserLimits(timeout_s=1.0, ocr_languages=""))
    assert time.monotonic() - started < 30
