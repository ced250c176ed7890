"""Documents, their versions and chunks, collections and batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal

from app.domain.offsets import Utf16Offsets, utf16_length
from app.domain.visibility import EVERYBODY, Access

DocumentSort = Literal["created_at", "filename", "collection", "bytes"]


class DocumentStatus(StrEnum):
    QUEUED = "queued"  # its job waits for a worker
    PARSING = "parsing"  # the file is read into text
    CHUNKING = "chunking"  # the text is split into chunks
    EMBEDDING = "embedding"  # the chunks get their vectors
    READY = "ready"  # the version can be found
    FAILED = "failed"  # it ended with an error
    CANCELLED = "cancelled"  # it was stopped on request


FINAL_DOCUMENT = frozenset({DocumentStatus.READY, DocumentStatus.FAILED, DocumentStatus.CANCELLED})


UNFINISHED_DOCUMENT = frozenset(DocumentStatus) - FINAL_DOCUMENT


class StageUnit(StrEnum):
    PAGES = "pages"  # counted while a file is parsed
    CHUNKS = "chunks"  # counted while chunks are embedded


@dataclass(frozen=True, slots=True)
class StageProgress:
    """The progress of a version within its stage."""

    unit: StageUnit
    done: int
    total: int
    tokens_per_s: float | None = None  # while embedding
    eta_s: float | None = None  # until the stage ends


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a version failed or was cancelled."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """What a reader of a document that is ready should know: a part was not read, or is hidden in the file."""

    code: str  # for programs, like "pages_not_read"
    message: str  # plain English


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    id: int
    document_id: str
    version: int  # 1, 2, ... within the document
    sha256: str
    size_bytes: int
    media_type: str
    blob: str  # blob name, relative to the blob folder
    status: DocumentStatus
    progress: float  # 0 to 1
    stage: StageProgress | None
    error_code: str | None
    error_message: str | None
    pages: int | None
    chunks: int | None
    job_id: str | None
    created_at: datetime
    ready_at: datetime | None
    warnings: tuple[DocumentWarning, ...] = ()

    @property
    def error(self) -> Failure | None:
        return None if self.error_code is None else Failure(self.error_code, self.error_message or "")


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A version of a document, and what is left of it."""

    version: DocumentVersion
    readable: bool  # its text is kept


@dataclass(frozen=True, slots=True)
class Document:
    id: str  # "doc_..."
    tenant_id: str
    collection: str
    filename: str
    metadata: dict[str, Any]
    created_at: datetime
    latest: DocumentVersion  # uploaded last
    live: DocumentVersion | None  # that searches find; None until a version is ready
    access: Access = EVERYBODY  # to all its versions
    external_id: str | None = None  # the key that its tenant gave it
    file_id: str | None = None  # file of OpenAI's clients that it has the bytes of

    @property
    def public_id(self) -> str:
        """The id under which OpenAI's clients know it: that of its file, else its own."""
        return self.file_id or self.id

    @property
    def live_version(self) -> int | None:
        return None if self.live is None else self.live.version

    @property
    def finished(self) -> bool:
        """The latest version is ready, failed or cancelled."""
        return self.latest.status in FINAL_DOCUMENT


@dataclass(frozen=True, slots=True)
class DocumentOverview:
    """What tells a document that answers from the tenant's others."""

    id: str
    filename: str
    title: str  # its own, or the filename
    heading: str  # path of the headings above its first chunk; empty if it has none
    media_type: str
    version: int  # that answers
    uploaded_at: datetime  # this version
    first_uploaded_at: datetime

    @property
    def name(self) -> str:
        """The last part of the filename, with the title where that says more."""
        name = self.filename.rpartition("/")[2]
        title = " ".join(self.title.split())
        return f"{name} ({title})" if title and title not in {name, self.filename} else name


@dataclass(frozen=True, slots=True)
class CollectionSettings:
    """Settings of a collection; None stands for the default of the service."""

    chunk_tokens: int | None = None
    chunk_overlap_tokens: int | None = None
    section_tokens: int | None = None
    keep_versions: int | None = None  # former ones of a document, beside the one that answers


@dataclass(frozen=True, slots=True)
class RefusedFile:
    filename: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One upload of many files, with the progress of its documents."""

    id: str  # "bat_..."
    collection: str
    files: int  # of the upload
    refused: tuple[RefusedFile, ...]
    counts: Mapping[DocumentStatus, int]  # documents that are not deleted
    warned: int  # documents with warnings
    progress: float  # 0 to 1, of its documents
    created_at: datetime
    finished: bool
    access: Access = EVERYBODY

    @property
    def eta_s(self) -> float | None:
        """Seconds until the batch is finished at its speed so far; None if it is finished or has no progress yet."""
        passed_s = (datetime.now(UTC) - self.created_at).total_seconds()
        if self.finished or self.progress <= 0 or passed_s <= 0:
            return None
        return round(passed_s * (1 - self.progress) / self.progress, 1)


@dataclass(frozen=True, slots=True)
class PageSpan:
    """The span of one page in the text of the document, in Unicode code points, end exclusive."""

    page: int  # from 1
    char_start: int
    char_end: int
    label: str = ""  # what the file calls the page, if that is not its number

    @staticmethod
    def touching(pages: Sequence[PageSpan], start: int, end: int) -> tuple[PageSpan, ...]:
        """Those that hold text between `start` and `end`, in order."""
        return tuple(page for page in pages if page.char_start < end and page.char_end > start)


@dataclass(frozen=True, slots=True)
class DocumentText:
    text: str
    pages: tuple[PageSpan, ...]
    title: str = ""
    warnings: tuple[DocumentWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRange(PageSpan):
    """The span of a page, also in UTF-16 code units."""

    char_start_utf16: int = 0
    char_end_utf16: int = 0


def page_ranges(text: str, pages: Sequence[PageSpan]) -> tuple[PageRange, ...]:
    """The spans of pages of a text in both units."""
    at = Utf16Offsets(text).at
    return tuple(
        PageRange(span.page, span.char_start, span.char_end, span.label, at(span.char_start), at(span.char_end))
        for span in pages
    )


@dataclass(frozen=True, slots=True)
class ReaderVersion:
    """What read a version: the parser of its media type, in that version of the parser."""

    media_type: str
    parser: str


@dataclass(frozen=True, slots=True)
class NewChunk:
    """A chunk before it is saved. `text == document_text[char_start:char_end]`, always."""

    index: int
    text: str
    heading: str  # heading path, "A > B"; empty if none
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    tokens: int
    section_start: int = 0  # span around the chunk, of which the prompt gets the text
    section_end: int = 0  # 0: the chunk alone
    utf16_shift: int = 0  # how much more `char_start` is in UTF-16 code units

    @property
    def char_start_utf16(self) -> int:
        return self.char_start + self.utf16_shift

    @property
    def char_end_utf16(self) -> int:
        return self.char_start_utf16 + utf16_length(self.text)


@dataclass(frozen=True, slots=True)
class Chunk(NewChunk):
    id: int = 0
    document_id: str = ""
    version: int = 0
    enabled: bool = True  # searches find it

    @property
    def public_id(self) -> str:
        """The id over HTTP."""
        return f"chk_{self.id}"


@dataclass(frozen=True, slots=True)
class SectionText:
    """The text around a chunk, with its offset in the text of the document."""

    text: str
    char_start: int
    pages: tuple[PageSpan, ...]  # of the whole document


@dataclass(frozen=True, slots=True)
class LiveChunk:
    """A chunk that searches may return: of the live version of a document of this tenant."""

    chunk: Chunk
    filename: str
    collection: str
    metadata: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OutdatedVersion:
    """A live version with text, chunks or vectors of another parser, of other settings or of another model."""

    document_id: str
    version_id: int
    chunking: str  # fingerprint of the model and settings that its chunks and vectors come from
    media_type: str
    parser: str  # version of the parser that its text comes from


@dataclass(frozen=True, slots=True)
class ChunkText:
    """The text of a stored chunk, for embedding it again."""

    id: int
    title: str  # of its document
    heading: str
    text: str
    tokens: int
