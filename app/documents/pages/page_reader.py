"""Reads pages of stored files in sandboxed processes, and keeps what it read in the cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from threading import BoundedSemaphore
from typing import TypeVar

from app.documents.pages.page_cache import PageCache
from app.documents.pages.page_task import PageTask, PageTaskKind
from app.documents.pages.page_words import PageWords, decode_sizes, decode_words
from app.documents.pages.page_worker import run_page_task
from app.documents.parsing.document_builder import ParserLimits
from app.documents.parsing.media_types import IMAGE, PDF
from app.documents.parsing.parser_worker import InvalidMessage, ParserFailure, decode_message
from app.documents.parsing.sandbox import run_sandboxed
from app.domain.pages import PageSize
from app.storage.blobs.base import HeldFile

READER_VERSION = 1  # of what is cached: raise it when the code that reads pages gives other results
PICTURED = frozenset({PDF, IMAGE})  # media types whose pages have pictures
MAX_IMAGE_BYTES = 32 * 2**20
MAX_WORDS_BYTES = 8 * 2**20
MAX_PROCESSES = 2  # at a time
PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file. The bytes of a blob never change."""

    blob: str
    hold: Callable[[], HeldFile]  # raises NotFound if the file is gone
    media_type: str


class PageReader:
    """Reads sizes, images and words. Thread-safe; blocks for the time that a process takes.

    Every method raises DocumentFailure if the file cannot be read.
    """

    def __init__(self, cache: PageCache, limits: ParserLimits) -> None:
        self._cache = cache
        self._limits = replace(limits, ocr_pages=1)
        self._processes = BoundedSemaphore(MAX_PROCESSES)

    def sizes(self, file: StoredFile) -> tuple[PageSize, ...]:
        return self._read(file, PageTask(PageTaskKind.SIZES), "sizes.json", decode_sizes)

    def image(self, file: StoredFile, page: int, width: int) -> bytes:
        """A page as PNG, `width` pixels wide."""
        return self._read(file, PageTask(PageTaskKind.IMAGE, page, width), f"{page}-{width}.png", _checked_png)

    def words(self, file: StoredFile, page: int) -> PageWords:
        return self._read(file, PageTask(PageTaskKind.WORDS, page), f"{page}-words.json", decode_words)

    def recognised_words(self, file: StoredFile, page: int) -> PageWords:
        """The words of a page by OCR: it takes seconds."""
        return self._read(file, PageTask(PageTaskKind.RECOGNISED_WORDS, page), f"{page}-recognised.json", decode_words)

    def _read(self, file: StoredFile, task: PageTask, name: str, decode: Callable[[bytes], Result]) -> Result:
        entry = f"{READER_VERSION}-{name}"
        cached = self._cache.read(file.blob, entry)
        if cached is not None:
            try:
                return decode(cached)
            except ValueError:
                pass  # the disk lost a part of it
        with file.hold() as path:
            data, result = self._run(path, file.media_type, task, decode)
            self._cache.write(file.blob, entry, data)
            if not path.is_file():  # deleted meanwhile
                self._cache.discard(file.blob)
        return result

    def _run(
        self, path: Path, media_type: str, task: PageTask, decode: Callable[[bytes], Result]
    ) -> tuple[bytes, Result]:
        max_bytes = MAX_IMAGE_BYTES if task.kind == PageTaskKind.IMAGE else MAX_WORDS_BYTES
        slow = task.kind == PageTaskKind.RECOGNISED_WORDS
        timeout_s = self._limits.timeout_s + (self._limits.ocr_page_s if slow else 0.0)

        def receive(receiver: Connection) -> tuple[bytes, Result] | ParserFailure | None:
            return _receive(receiver, timeout_s, max_bytes, decode)

        with self._processes:
            arguments = (str(path), media_type, task, self._limits)
            return run_sandboxed(run_page_task, arguments, self._limits, receive)


def _receive(
    receiver: Connection, timeout_s: float, max_bytes: int, decode: Callable[[bytes], Result]
) -> tuple[bytes, Result] | ParserFailure | None:
    """The bytes of a result with what they say. Raises TimeoutError, InvalidMessage."""
    if not receiver.poll(timeout_s):
        raise TimeoutError
    try:
        data = receiver.recv_bytes(max_bytes)
    except (EOFError, OSError):
        return None
    if data.startswith(b"{"):
        failure = decode_message(data)
        if isinstance(failure, ParserFailure):
            return failure
    try:
        return data, decode(data)
    except ValueError as fault:
        raise InvalidMessage(str(fault)) from fault


def _checked_png(data: bytes) -> bytes:
    if not data.startswith(PNG_START) or not data.endswith(PNG_END):
        raise ValueError("not a whole PNG file")
    return data
