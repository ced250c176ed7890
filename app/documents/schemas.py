"""The shapes of documents: what is sent and what comes back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, Field
from pydantic.config import JsonDict

from app.domain.documents import Document, DocumentStatus, StageUnit
from app.http.schemas import Metadata, RequestBody, timestamp

Example: JsonDict = {
    "id": "doc_5d41402abc4b2a76b9719d91",
    "object": "document",
    "filename": "handbook.pdf",
    "collection": "default",
    "version": 1,
    "live_version": 1,
    "status": DocumentStatus.READY,
    "progress": 1.0,
    "stage": None,
    "error": None,
    "media_type": "application/pdf",
    "bytes": 25354,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "pages": 12,
    "chunks": 40,
    "metadata": {"department": "HR"},
    "job_id": "job_7d793037a0760186574b0282",
    "created_at": "2026-01-31T12:00:00Z",
    "ready_at": "2026-01-31T12:00:03Z",
}


class FailureOut(BaseModel):
    code: str
    message: str


class StageOut(BaseModel):
    unit: StageUnit
    done: int
    total: int
    tokens_per_s: float | None
    eta_s: float | None = Field(description="Seconds until the stage ends, if it goes on as it went.")


class DocumentOut(BaseModel):
    id: str
    object: Literal["document"]
    filename: str
    collection: str
    version: int = Field(description="The version uploaded last; the fields below are its own.")
    live_version: int | None = Field(description="The version that answers now.")
    status: DocumentStatus
    progress: float = Field(ge=0, le=1)
    stage: StageOut | None = Field(description="How far it is within `parsing` or `embedding`, once that is known.")
    error: FailureOut | None = Field(description="Why it failed, if it did.")
    media_type: str = Field(description="By content, whatever was declared.")
    bytes: int
    sha256: str
    pages: int | None
    chunks: int | None
    metadata: dict[str, Any]
    job_id: str | None
    created_at: str
    ready_at: str | None

    model_config = {"json_schema_extra": {"examples": [Example]}}


class ChunkOut(BaseModel):
    id: str
    index: int
    text: str
    heading: str
    page_start: int | None
    page_end: int | None
    char_start: int
    char_end: int
    tokens: int


class PageOut(BaseModel):
    page: int
    char_start: int
    char_end: int


class ContentOut(BaseModel):
    document_id: str
    text: str = Field(description="The extracted text that every `char_*` counts in (Unicode code points).")
    pages: list[PageOut]


class MetadataIn(RequestBody):
    metadata: Metadata

    model_config = {"json_schema_extra": {"examples": [{"metadata": {"year": 2026, "department": "archive"}}]}}


def document_body(document: Document) -> dict[str, Any]:
    version = document.latest
    error = None
    if version.error_code is not None:
        error = {"code": version.error_code, "message": version.error_message or ""}
    return {
        "id": document.id,
        "object": "document",
        "filename": document.filename,
        "collection": document.collection,
        "version": version.version,
        "live_version": document.live.version if document.live is not None else None,
        "status": version.status,
        "progress": round(version.progress, 4),
        "stage": asdict(version.stage) if version.stage is not None else None,
        "error": error,
        "media_type": version.media_type,
        "bytes": version.size_bytes,
        "sha256": version.sha256,
        "pages": version.pages,
        "chunks": version.chunks,
        "metadata": document.metadata,
        "job_id": version.job_id,
        "created_at": timestamp(document.created_at),
        "ready_at": timestamp(version.ready_at),
    }
