"""The parsing process: bounded in memory, time and files, and its failures typed."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.sandbox import parse_sandboxed
from app.errors import DocumentFailure
from tests.support.files import MUSEUM, docx_bytes, pdf_bytes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(MUSEUM)
    return path


def test_parses_what_the_parser_finds(file: Path) -> None:
    parsed = parse_sandboxed(file, "text/markdown", ParserLimits())
    assert "opens at ten" in parsed.text
    assert parsed.title == "Harbour Museum"


def test_slow_parser_is_killed_in_time(tmp_path: Path) -> None:
    path = tmp_path / "slow"
    path.write_bytes(b"a" * 20_000_000)
    started = time.monotonic()
    with pytest.raises(DocumentFailure) as caught:
        parse_sandboxed(path, "text/plain", ParserLimits(timeout_s=0.05))
    assert caught.value.code == "parser_timeout"
    assert time.monotonic() - started < 10


def test_memory_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"word " * 20_000_000)
    with pytest.raises(DocumentFailure) as caught:
        parse_sandboxed(path, "text/plain", ParserLimits(memory_mb=64, max_chars=10**9))
    assert caught.value.code in {"parser_memory", "too_much_text"}


def test_too_much_text_is_refused(file: Path) -> None:
    with pytest.raises(DocumentFailure) as caught:
        parse_sandboxed(file, "text/plain", ParserLimits(max_chars=100))
    assert caught.value.code == "too_much_text"


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    path.write_bytes(pdf_bytes("One.", "Two.", "Three."))
    assert [span.page for span in parse_sandboxed(path, "application/pdf", ParserLimits()).pages] == [1, 2, 3]
    with pytest.raises(DocumentFailure) as caught:
        parse_sandboxed(path, "application/pdf", ParserLimits(max_pages=2))
    assert caught.value.code == "too_many_pages"


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html", "text/markdown", "text/plain"])
@pytest.mark.parametrize("content", [b"\0" * 1000, b"%PDF-1.7\n" + b"<<" * 5000, b"<div>" * 50_000, b"> " * 50_000])
def test_garbage_ends_in_text_or_a_typed_failure(tmp_path: Path, media_type: str, content: bytes) -> None:
    path = tmp_path / "garbage"
    path.write_bytes(content)
    with suppress(DocumentFailure):  # anything else is a fault
        assert parse_sandboxed(path, media_type, ParserLimits(timeout_s=10)).text


def test_no_process_and_no_file_stays_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx_bytes())
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    parse_sandboxed(path, media_type, ParserLimits())
    me = psutil.Process()
    before = len(me.children(recursive=True)), me.num_fds()
    for _ in range(10):
        parse_sandboxed(path, media_type, ParserLimits())
    assert len(me.children(recursive=True)) <= before[0]
    assert me.num_fds() <= before[1] + 1
