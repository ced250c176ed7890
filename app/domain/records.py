"""What the store gives back: frozen values, never ORM rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.states import ChangeKind, DocumentStatus, JobStatus, Rating, StageUnit, TenantStatus


@dataclass(frozen=True, slots=True)
class Tenant:
    id: str  # "ten_..."
    name: str
    status: TenantStatus
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    id: str  # "key_..."
    tenant_id: str
    label: str
    prefix: str  # first 7 characters of the key, to recognise it by
    scopes: frozenset[str]
    created_at: datetime
    revoked_at: datetime | None


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


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log: chunks of a document version became findable, or stopped being so."""

    seq: int
    kind: ChangeKind
    version_id: int
    first_chunk_id: int  # inclusive range of chunk ids, which belong to this version alone
    last_chunk_id: int


@dataclass(frozen=True, slots=True)
class IndexCheckpoint:
    seq: int
    path: str
    sha256: str
    vectors: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Job:
    id: str  # "job_..."
    tenant_id: str
    kind: str  # a JobKind
    payload: dict[str, Any]
    status: JobStatus
    attempts: int
    lease_token: str | None
    cancel_requested: bool
    error_code: str | None
    error_message: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str  # "conv_..."
    tenant_id: str
    title: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    id: str  # "turn_..."; also the `id` of the chat answer
    conversation_id: str
    question: str
    answer: str
    result: dict[str, Any] = field(default_factory=dict)  # the whole chat answer as it was sent
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    id: str  # "fb_..."
    turn_id: str
    rating: Rating
    corrected_answer: str | None
    comment: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Answering:
    """How one tenant is answered."""

    preamble: str
    refusal_threshold: float | None  # None: the service's
    calibration: dict[str, Any]  # how the threshold did when it was fitted
    fingerprint: str  # of the embeddings it was fitted on; with others it does not count
    representation: str = "hybrid"  # what passages are found by
