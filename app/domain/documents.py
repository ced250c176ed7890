"""Documents, their versions and chunks, collections and batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


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
    """How far a version is within its stage."""

    unit: StageUnit
    done: int
    total: int
    tokens_per_s: float | None = None  # while embedding
    eta_s: float | None = None  # until the stage ends


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


@dataclass(frozen=True, slots=True)
class Document:
    id: str  # "doc_..."
    tenant_id: str
    collection: str
    filename: str
    metadata: dict[str, Any]
    created_at: datetime
    latest: DocumentVersion  # what was uploaded last
    live: DocumentVersion | None  # what answers now; None until a version is ready


@dataclass(frozen=True, slots=True)
class CollectionSettings:
    """What a collection sets for itself; None: as the service is set."""

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
    """One upload of many files, with how far its documents got."""

    id: str  # "bat_..."
    collection: str
    files: int  # all that came
    refused: tuple[RefusedFile, ...]
    counts: Mapping[DocumentStatus, int]  # documents that are still there
    progress: float  # 0 to 1, of what was taken
    created_at: datetime
    finished: bool


@dataclass(frozen=True, slots=True)
class PageSpan:
    """One page's place in the document's text, in Unicode code points, end exclusive."""

    page: int  # from 1
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class DocumentText:
    text: str
    pages: tuple[PageSpan, ...]
    title: str = ""


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
    section_start: int = 0  # the part of the chunk's section that a model is given: a span around the chunk
    section_end: int = 0  # 0: the chunk alone


@dataclass(frozen=True, slots=True)
class Chunk(NewChunk):
    id: int = 0
    document_id: str = ""
    version: int = 0

    @property
    def public_id(self) -> str:
        """The id over HTTP."""
        return f"chk_{self.id}"


@dataclass(frozen=True, slots=True)
class SectionText:
    """The text around a chunk, with its place in the document's text."""

    text: str
    char_start: int
    pages: tuple[PageSpan, ...]  # of the whole document


@dataclass(frozen=True, slots=True)
class LiveChunk:
    """A chunk that may be shown: live, of this tenant, of the document's live version."""

    chunk: Chunk
    filename: str
    collection: str
    metadata: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outdated:
    """A live version that is to be made anew."""

    document_id: str
    version_id: int
    chunking: str  # what its chunks and vectors were made by


@dataclass(frozen=True, slots=True)
class ChunkText:
    """What is embedded of a chunk that is there."""

    id: int
    title: str  # of its document
    heading: str
    text: str
    tokens: int
