"""The prefetcher parses the next documents of the queue while other documents are parsed or embedded.

It claims no job and writes nothing. A wrong guess costs only time: the order of jobs and the state after a crash are
the same as without it.
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
MAX_BUFFERED_CHARS = 4_000_000  # of prefetched text, beside the document that is being parsed
MAX_MISSES = 3  # a document leaves the queue a moment before its worker asks for it here
BACKGROUND_NICENESS = 10  # of the parsing process: it uses the processor time that the embedder leaves
OnPages = Callable[[int, int], None]  # pages parsed, pages of the document
Parse = Callable[[DocumentVersion, OnPages, int], ParsedDocument]  # the last argument is the niceness
Upcoming = Callable[[], Sequence[DocumentVersion]]


class Prefetcher:
    """Parses the versions that `upcoming` lists, one after the other, in one background thread. Thread-safe."""

    def __init__(self, parse: Parse, upcoming: Upcoming) -> None:
        self._parse = parse
        self._upcoming = upcoming
        self._entries: dict[int, _Entry] = {}  # by version id
        self._lock = threading.Lock()
        self._running = False

    def start(self) -> None:
        """Start the background thread unless it runs."""
        with self._lock:
            if self._running:
                return
            self._running = True
        threading.Thread(target=self._run, name="prefetch", daemon=True).start()

    def get(self, version: DocumentVersion, on_pages: OnPages, niceness: int = BACKGROUND_NICENESS) -> ParsedDocument:
        """The parsed document: the prefetched one, or the result of parsing it now with `niceness`.

        A document that failed in the background is read once more. Calls `on_pages` for pages that are parsed from
        now on. Raises what parsing raises.
        """
        with self._lock:
            entry = self._entries.pop(version.id, None)
        if entry is None:
            return self._parse(version, on_pages, niceness)
        entry.on_pages = on_pages
        try:
            return entry.future.result()
        except (DocumentFailure, AppError):
            return self._parse(version, on_pages, niceness)

    def _run(self) -> None:
        try:
            while (found := self._next()) is not None:
                version, entry = found
                entry.fill(self._parse, version)
        except AppError as fault:  # the database is busy: the workers parse their documents themselves
            log.info("prefetch_stopped", code=fault.code)
        finally:
            with self._lock:
                self._running = False

    def _next(self) -> tuple[DocumentVersion, _Entry] | None:
        """The first version of the queue without an entry, if there is room. Drops entries that left the queue."""
        upcoming = {version.id: version for version in self._upcoming()}
        with self._lock:
            for key, entry in list(self._entries.items()):
                entry.misses += key not in upcoming
                if entry.misses > MAX_MISSES:
                    del self._entries[key]
            missing = next((version for key, version in upcoming.items() if key not in self._entries), None)
            if missing is None or sum(entry.chars for entry in self._entries.values()) > MAX_BUFFERED_CHARS:
                return None
            self._entries[missing.id] = entry = _Entry()
            return missing, entry


class _Entry:
    """A document that the background thread parses or has parsed."""

    def __init__(self) -> None:
        self.future: Future[ParsedDocument] = Future()
        self.on_pages: OnPages = lambda _done, _pages: None
        self.chars = 0
        self.misses = 0  # reads of the queue in which the document was absent

    def fill(self, parse: Parse, version: DocumentVersion) -> None:
        """Parse the version and record the result or the exception."""
        try:
            parsed = parse(version, self._report, BACKGROUND_NICENESS)
        except BaseException as fault:  # noqa: BLE001 - raised in the thread that asks for the document
            self.future.set_exception(fault)
            return
        self.chars = len(parsed.text)
        self.future.set_result(parsed)

    def _report(self, done: int, pages: int) -> None:
        self.on_pages(done, pages)  # the current callback: `get` may have replaced it
