"""Request and response bodies of the files of vector stores: OpenAI's, extended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.documents import UNFINISHED_DOCUMENT, Document, DocumentStatus, Failure
from app.errors import InvalidRequest
from app.http.schemas import ResponseBody, Text
from app.openai_api.schemas import UNSUPPORTED, CompatibleBody, UnixSeconds
from app.openai_api.vector_stores.files.service import AttachedFile, StoreBatch, StoredDocument
from app.openai_api.vector_stores.schemas import (
    MOST_FILES,
    Attributes,
    ChunkingStrategyIn,
    FileCountsOut,
    FileIds,
    TextContentOut,
    file_counts,
)

FileStatus = Literal["in_progress", "completed", "failed", "cancelled"]
STATUSES: dict[FileStatus, frozenset[DocumentStatus]] = {
    "in_progress": UNFINISHED_DOCUMENT,
    "completed": frozenset({DocumentStatus.READY}),
    "failed": frozenset({DocumentStatus.FAILED}),
    "cancelled": frozenset({DocumentStatus.CANCELLED}),
}
UNSUPPORTED_FILE = frozenset({"unsupported_media_type", "ocr_unavailable"})
SERVER_FAULTS = frozenset({"internal_error", "lost_worker", "unavailable", "storage_full"})


class StoreFileIn(CompatibleBody):
    file_id: Annotated[Text, Field(max_length=64)]
    attributes: Attributes | None = None
    chunking_strategy: ChunkingStrategyIn | None = Field(None, description="`auto` only: stores have one, files none.")

    model_config = {"json_schema_extra": {"examples": [{"file_id": "file-019ac3f01b2a4d5e6f708192a3b4"}]}}

    def attached(self) -> AttachedFile:
        """Raises InvalidRequest for chunk sizes of its own."""
        refuse_sizes(self.chunking_strategy)
        return AttachedFile(self.file_id, self.attributes or {})


class StoreFilesIn(CompatibleBody):
    """Either `file_ids`, with one set of attributes for all, or `files`."""

    file_ids: FileIds = []
    files: Annotated[list[StoreFileIn], Field(max_length=MOST_FILES)] = []
    attributes: Attributes | None = None
    chunking_strategy: ChunkingStrategyIn | None = Field(None, description="`auto` only: stores have one, files none.")

    model_config = {"json_schema_extra": {"examples": [{"file_ids": ["file-019ac3f01b2a4d5e6f708192a3b4"]}]}}

    @model_validator(mode="after")
    def names_files_once(self) -> Self:
        if bool(self.file_ids) == bool(self.files):
            raise ValueError("send either file_ids or files, with at least one file")
        return self

    def attached(self) -> Sequence[AttachedFile]:
        """Raises InvalidRequest for chunk sizes of their own."""
        refuse_sizes(self.chunking_strategy)
        if self.files:
            return [one.attached() for one in self.files]
        return [AttachedFile(file_id, self.attributes or {}) for file_id in self.file_ids]


class AttributesIn(CompatibleBody):
    attributes: Attributes | None

    model_config = {"json_schema_extra": {"examples": [{"attributes": {"year": 2026}}]}}


def refuse_sizes(strategy: ChunkingStrategyIn | None) -> None:
    """Raises InvalidRequest if a file should be split in its own way."""
    if strategy is not None and strategy.type != "auto":
        message = "All files of a store are split alike: say `chunking_strategy` when you create the store."
        raise InvalidRequest(message, param="chunking_strategy", code=UNSUPPORTED)


class LastErrorOut(ResponseBody):
    code: Literal["server_error", "unsupported_file", "invalid_file"]
    message: str
    reason: str = Field(description="The document's error code.")


class StaticChunkingOut(ResponseBody):
    max_chunk_size_tokens: int
    chunk_overlap_tokens: int


class ChunkingStrategyOut(ResponseBody):
    type: Literal["static"] = "static"
    static: StaticChunkingOut


class StoreFileOut(ResponseBody):
    id: str
    object: Literal["vector_store.file"] = "vector_store.file"
    created_at: UnixSeconds
    vector_store_id: str
    status: FileStatus
    last_error: LastErrorOut | None
    usage_bytes: int
    attributes: dict[str, Any]
    chunking_strategy: ChunkingStrategyOut
    document_id: str = Field(description="The document under /api/v1/documents.")
    filename: str
    progress: float = Field(description="0 to 1.")


def store_file(stored: StoredDocument) -> StoreFileOut:
    document, chunking = stored.document, stored.chunking
    sizes = StaticChunkingOut(max_chunk_size_tokens=chunking.tokens, chunk_overlap_tokens=chunking.overlap_tokens)
    return StoreFileOut(
        id=document.public_id,
        created_at=int(document.created_at.timestamp()),
        vector_store_id=stored.store_id,
        status=_status(document),
        last_error=_last_error(document.latest.error) if document.latest.status == DocumentStatus.FAILED else None,
        usage_bytes=document.latest.size_bytes,
        attributes=document.metadata,
        chunking_strategy=ChunkingStrategyOut(static=sizes),
        document_id=document.id,
        filename=document.filename,
        progress=round(document.latest.progress, 4),
    )


def _status(document: Document) -> FileStatus:
    return next(name for name, statuses in STATUSES.items() if document.latest.status in statuses)


def _last_error(failure: Failure | None) -> LastErrorOut | None:
    if failure is None:
        return None
    code: Literal["server_error", "unsupported_file", "invalid_file"] = "invalid_file"
    if failure.code in UNSUPPORTED_FILE:
        code = "unsupported_file"
    elif failure.code in SERVER_FAULTS:
        code = "server_error"
    return LastErrorOut(code=code, message=failure.message, reason=failure.code)


class StoreFileDeletedOut(ResponseBody):
    id: str
    object: Literal["vector_store.file.deleted"] = "vector_store.file.deleted"
    deleted: Literal[True] = True


class FileTextOut(ResponseBody):
    object: Literal["vector_store.file_content.page"] = "vector_store.file_content.page"
    data: list[TextContentOut]
    has_more: Literal[False] = False
    next_page: None = None


class StoreBatchOut(ResponseBody):
    id: str
    object: Literal["vector_store.files_batch"] = "vector_store.files_batch"
    created_at: UnixSeconds
    vector_store_id: str
    status: FileStatus
    file_counts: FileCountsOut


def store_batch(stored: StoreBatch) -> StoreBatchOut:
    counts = file_counts(stored.batch.counts)
    ended: FileStatus = "completed"
    if counts.total and not counts.completed:
        ended = "cancelled" if counts.cancelled else "failed"
    return StoreBatchOut(
        id=stored.batch.id,
        created_at=int(stored.batch.created_at.timestamp()),
        vector_store_id=stored.store_id,
        status=ended if stored.batch.finished else "in_progress",
        file_counts=counts,
    )
