"""Reading ahead: the next documents are parsed early, and nothing else changes."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime

import pytest

from app.documents.ingestion.prefetch import MAX_MISSES, OnPages, Prefetcher
from app.documents.parsing.document_builder import ParsedDocument
from app.domain.documents import DocumentVersion
from app.errors import DocumentFailure

WAIT_S = 120.0


class Library:
    """Versions 1 to `count` in line; each is parsed to its number, and how often is counted."""

    def __init__(self, count: int) -> None:
        self.coming = [version(number) for number in range(1, count + 1)]
        self.parsed: Counter[int] = Counter()
        self.idle = threading.Event()  # everything that is coming was read
        self.fault: Exception | None = None
        self.ahead = Prefetcher(self.parse, self.upcoming)

    def parse(self, one: DocumentVersion, _on_pages: OnPages, _niceness: int) -> ParsedDocument:
        self.parsed[one.id] += 1
        if self.fault is not None:
            raise self.fault
        return ParsedDocument(str(one.id), (), (), one.media_type)

    def upcoming(self) -> list[DocumentVersion]:
        if all(self.parsed[one.id] for one in self.coming):
            self.idle.set()
        return list(self.coming)

    def take(self, number: int) -> str:
        """As the worker does: the job is claimed, then its document asked for."""
        taken = next(one for one in self.coming if one.id == number)
        self.coming.remove(taken)
        return self.ahead.get(taken, lambda _done, _pages: None).text

    def read_all(self) -> None:
        self.idle.clear()
        self.ahead.start()
        while not self.idle.wait(0.05):  # the thread may be just about to end
            self.ahead.start()


def version(number: int) -> DocumentVersion:
    return DocumentVersion(
        id=number,
        document_id=f"doc_{number}",
        version=1,
        sha256="",
        size_bytes=1,
        media_type="text/plain",
        blob="",
        status="queued",
        progress=0.0,
        stage=None,
        error_code=None,
        error_message=None,
        pages=None,
        chunks=None,
        job_id=None,
        created_at=datetime.now(UTC),
        ready_at=None,
    )


def test_what_was_read_ahead_is_not_read_again() -> None:
    library = Library(3)
    library.read_all()
    assert [library.take(number) for number in (1, 2, 3)] == ["1", "2", "3"]
    assert library.parsed == {1: 1, 2: 1, 3: 1}


def test_what_nobody_read_is_read_when_asked_for() -> None:
    library = Library(2)
    assert library.take(2) == "2"
    assert library.parsed == {2: 1}


def test_failure_ahead_is_tried_again_in_its_turn() -> None:
    library = Library(1)
    library.fault = DocumentFailure("parser_timeout", "Too slow beside the others.")
    library.read_all()
    library.fault = None
    assert library.take(1) == "1"


def test_failure_in_its_turn_is_raised() -> None:
    library = Library(1)
    library.fault = DocumentFailure("malformed", "No document.")
    library.read_all()
    with pytest.raises(DocumentFailure, match="No document"):
        library.take(1)


def test_asked_for_while_it_is_being_read_waits_for_it_and_hears_of_pages() -> None:
    begun, go_on, heard = threading.Event(), threading.Event(), threading.Event()
    parsed: list[int] = []

    def parse(one: DocumentVersion, on_pages: OnPages, _niceness: int) -> ParsedDocument:
        parsed.append(one.id)
        begun.set()
        assert go_on.wait(WAIT_S)
        on_pages(1, 2)
        return ParsedDocument("read", (), (), one.media_type)

    coming = [version(1)]
    ahead = Prefetcher(parse, lambda: coming)
    ahead.start()
    assert begun.wait(WAIT_S)
    threading.Timer(0.05, go_on.set).start()
    assert ahead.get(coming.pop(), lambda _done, _pages: heard.set()).text == "read"
    assert heard.is_set()
    assert parsed == [1]


def test_documents_that_no_longer_come_are_forgotten() -> None:
    library = Library(2)
    library.read_all()
    library.coming.clear()  # deleted
    for number in range(3, 3 + MAX_MISSES + 1):
        library.coming = [version(number)]
        library.read_all()
    library.coming = [version(1)]
    assert library.take(1) == "1"
    assert library.parsed[1] == 2
