"""Documents read ahead: while one is parsed or embedded, those that are next in the queue are parsed beside it.

Nothing is claimed and nothing is written for them, so a guess that turns out wrong costs only its time: whose turn it
is, and what a crash leaves behind, is as if nobody had read ahead.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import structlog

from app.documents.parsing.document_builder import ParsedDocument
from app.domain.documents import DocumentVersion
from app.errors import AppError, DocumentFailure

log = structlog.get_logger(__name__)
MOST_CHARS = 4_000_000  # of text that waits, beside the document that is being read
MISSES = 3  # a document is claimed a moment before it is asked for here
OnPages = Callable[[int, int], None]
Parse = Callable[[DocumentVersion, OnPages], ParsedDocument]
Upcoming = Callable[[], Sequence[DocumentVersion]]


class ReadAhead:
    """Parses the versions that `upcoming` names, one after the other, in a thread of its own. Workers share it."""

    def __init__(self, parse: Parse, upcoming: Upcoming) -> None:
        self._parse = parse
        self._upcoming = upcoming
        self._readings: dict[int, _Reading] = {}  # by version id
        self._lock = threading.Lock()
        self._busy = False

    def start(self) -> None:
        """Begin to read what comes next, unless that goes on already."""
        with self._lock:
            if self._busy:
                return
            self._busy = True
        threading.Thread(target=self._run, name="read-ahead", daemon=True).start()

    def parsed(self, version: DocumentVersion, on_pages: OnPages, parse: Parse | None = None) -> ParsedDocument:
        """The document, read ahead or read now; what failed ahead, in whatever haste, is read once more.

        `parse` is how it is read now, if not as ahead. `on_pages` hears of pages from here on. Raises what parsing
        raises.
        """
        read_now = parse or self._parse
        with self._lock:
            reading = self._readings.pop(version.id, None)
        if reading is None:
            return read_now(version, on_pages)
        reading.listener = on_pages
        try:
            return reading.future.result()
        except DocumentFailure:
            return read_now(version, on_pages)

    def _run(self) -> None:
        try:
            while (found := self._next()) is not None:
                found[1].read(self._parse, found[0])
        except AppError as fault:  # the store is busy: each document is read when its turn comes
            log.info("read_ahead_stopped", code=fault.code)
        finally:
            with self._lock:
                self._busy = False

    def _next(self) -> tuple[DocumentVersion, _Reading] | None:
        """The first that is not read yet; what is no longer coming is soon forgotten."""
        coming = {version.id: version for version in self._upcoming()}
        with self._lock:
            for key, reading in list(self._readings.items()):
                reading.misses += key not in coming
                if reading.misses > MISSES:
                    del self._readings[key]
            missing = next((version for key, version in coming.items() if key not in self._readings), None)
            if missing is None or sum(reading.chars for reading in self._readings.values()) > MOST_CHARS:
                return None
            self._readings[missing.id] = reading = _Reading()
            return missing, reading


class _Reading:
    """A document that is being read, or was."""

    def __init__(self) -> None:
        self.future: Future[ParsedDocument] = Future()
        self.listener: OnPages = lambda _done, _pages: None
        self.chars = 0
        self.misses = 0  # looks at the queue that did not see it

    def read(self, parse: Parse, version: DocumentVersion) -> None:
        try:
            parsed = parse(version, self._on_pages)
        except BaseException as fault:  # noqa: BLE001 - raised where the document is waited for
            self.future.set_exception(fault)
            return
        self.chars = len(parsed.text)
        self.future.set_result(parsed)

    def _on_pages(self, done: int, pages: int) -> None:
        self.listener(done, pages)
