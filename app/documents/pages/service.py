"""The rules about pages: whose they are, which of them there are, and what a viewer gets of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from app.documents.pages.page_html import page_html
from app.documents.pages.page_reader import PICTURED, READER_VERSION, PageReader, StoredFile
from app.documents.pages.page_spans import page_spans
from app.documents.pages.quote_locator import QuoteLocator
from app.domain.documents import DocumentText, DocumentVersion, PageRange, page_ranges
from app.domain.pages import PageSize, QuoteBox
from app.errors import Conflict, DeadlineExceeded, DocumentFailure, InvalidRequest, NotFound
from app.llm.admission import Admission
from app.storage.blobs.base import BlobStore
from app.storage.database import Database

MAX_QUOTE_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class PageOverview:
    """One page: its size, if the file has one, and the span of its text in the document."""

    page: int  # from 1
    label: str
    width: float | None  # points
    height: float | None
    char_start: int
    char_end: int
    char_start_utf16: int
    char_end_utf16: int


@dataclass(frozen=True, slots=True)
class DocumentPages:
    document_id: str
    version: int
    images: bool
    total: int
    pages: tuple[PageOverview, ...]


@dataclass(frozen=True, slots=True)
class PageContent(PageOverview):
    document_id: str
    version: int
    images: bool
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG; `png` is None if the caller knows `etag` already."""

    etag: str
    png: bytes | None


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """Where a quote stands on the pages; no boxes if it was not found, or if the file has no pictures of pages."""

    document_id: str
    version: int
    start: int
    end: int
    boxes: tuple[QuoteBox, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A version of a document with its text."""

    version: DocumentVersion
    text: DocumentText

    def page_ranges(self) -> tuple[PageRange, ...]:
        return page_ranges(self.text.text, page_spans(self.text))


class PageService:
    """Pages of the documents of all tenants; every call names its tenant. Thread-safe; blocks while a page is read.

    Every method raises NotFound: an unknown document, or one without a version that is ready; RateLimited and
    Unavailable where too many pages are being read.
    """

    def __init__(self, db: Database, blobs: BlobStore, reader: PageReader, admission: Admission) -> None:
        """`admission` bounds the requests that read pages at a time, of a tenant and of all."""
        self._db = db
        self._blobs = blobs
        self._reader = reader
        self._locator = QuoteLocator(reader)
        self._admission = admission

    def list(self, tenant_id: str, document_id: str, version: int | None = None) -> DocumentPages:
        """All pages of a version, by default the live one."""
        opened = self._open(tenant_id, document_id, version)
        sizes = self._sizes(tenant_id, opened.version)
        pages = tuple(_overview(span, sizes) for span in opened.page_ranges())
        return DocumentPages(document_id, opened.version.version, bool(sizes), len(pages), pages)

    def get(
        self,
        tenant_id: str,
        document_id: str,
        page: int,
        version: int | None = None,
        mark: tuple[int, int] = (0, 0),
    ) -> PageContent:
        """The text of a page. `mark`: the range of the document's text that the HTML marks."""
        opened = self._open(tenant_id, document_id, version)
        spans = opened.page_ranges()
        if page > len(spans):
            raise _no_page(len(spans))
        span = spans[page - 1]
        sizes = self._sizes(tenant_id, opened.version)
        text = opened.text.text[span.char_start : span.char_end]
        found = _overview(span, sizes)
        return PageContent(
            page=page,
            label=found.label,
            width=found.width,
            height=found.height,
            char_start=span.char_start,
            char_end=span.char_end,
            char_start_utf16=span.char_start_utf16,
            char_end_utf16=span.char_end_utf16,
            document_id=document_id,
            version=opened.version.version,
            images=bool(sizes),
            text=text,
            html=page_html(text, span.char_start, mark),
        )

    def image(
        self,
        tenant_id: str,
        document_id: str,
        page: int,
        width: int,
        version: int | None = None,
        known: frozenset[str] = frozenset(),
    ) -> PageImage:
        """A page as a picture; without its bytes if its ETag is one of `known`.

        Raises Conflict if the document has no pictures of pages, or if the page cannot be drawn, and DeadlineExceeded.
        """
        with self._db.read_tenant(tenant_id) as store:
            found = store.documents.version(document_id, version)
        if found.media_type not in PICTURED:
            raise Conflict(
                "Documents of this type have no page images, only text: get the page itself.", code="no_page_image"
            )
        with self._reading(tenant_id):
            file = self._file(found)
            total = len(self._reader.sizes(file))
            if page > total:
                raise _no_page(total)
            etag = _etag(file, page, width)
            return PageImage(etag, None if etag in known else self._reader.image(file, page, width))

    def locate(self, tenant_id: str, document_id: str, start: int, end: int, version: int | None = None) -> QuotePlace:
        """The boxes of a range of a version's text. Raises InvalidRequest, Conflict and DeadlineExceeded."""
        opened = self._open(tenant_id, document_id, version)
        if not start < end <= len(opened.text.text):
            raise InvalidRequest(
                f"start and end must be a range within the text, which has {len(opened.text.text):,} characters.",
                param="end",
            )
        if end - start > MAX_QUOTE_CHARS:
            raise InvalidRequest(f"A quote may have {MAX_QUOTE_CHARS:,} characters at most.", param="end")
        boxes: list[QuoteBox] = []
        if opened.version.media_type in PICTURED:
            with self._reading(tenant_id):
                boxes = self._locator.boxes(self._file(opened.version), opened.text, start, end)
        return QuotePlace(document_id, opened.version.version, start, end, tuple(boxes))

    def _open(self, tenant_id: str, document_id: str, version: int | None) -> _Opened:
        with self._db.read_tenant(tenant_id) as store:
            text = store.documents.text(document_id, version)
            return _Opened(store.documents.version(document_id, version), text)

    def _sizes(self, tenant_id: str, version: DocumentVersion) -> tuple[PageSize, ...]:
        """The sizes of the pages; none if the document has no pictures of them."""
        if version.media_type not in PICTURED:
            return ()
        try:
            with self._reading(tenant_id):
                return self._reader.sizes(self._file(version))
        except (Conflict, DeadlineExceeded, NotFound):
            return ()  # the text is there all the same

    def _file(self, version: DocumentVersion) -> StoredFile:
        return StoredFile(version.blob, partial(self._blobs.hold, version.blob), version.media_type)

    @contextmanager
    def _reading(self, tenant_id: str) -> Iterator[None]:
        """Hold a place among the readers; what cannot be read becomes an error of the request."""
        try:
            with self._admission.place(tenant_id):
                yield
        except DocumentFailure as failure:
            if failure.code == "parser_timeout":
                raise DeadlineExceeded("Reading the page took too long.", code="page_timeout") from failure
            raise Conflict(f"The page cannot be read. {failure.message}", code="page_unreadable") from failure


def _overview(span: PageRange, sizes: tuple[PageSize, ...]) -> PageOverview:
    size = sizes[span.page - 1] if span.page <= len(sizes) else None
    label = size.label if size is not None else str(span.page)
    width, height = (size.width, size.height) if size is not None else (None, None)
    places = span.char_start, span.char_end, span.char_start_utf16, span.char_end_utf16
    return PageOverview(span.page, label, width, height, *places)


def _etag(file: StoredFile, page: int, width: int) -> str:
    return hashlib.sha256(f"{READER_VERSION}/{file.blob}/{page}/{width}".encode()).hexdigest()[:32]


def _no_page(total: int) -> NotFound:
    return NotFound(f"No such page: the document has {total:,}.", param="page")
