"""Documents: upload, watch, read, delete."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic.config import JsonDict

from app.answering.result import chunk_public_id
from app.api.deps import After, IdempotencyKey, Limit, Ordered, Reader, RuntimeDep, Writer
from app.api.errors import responses
from app.api.idempotency import replay, store_answer
from app.api.shapes import Deleted, Listing, Metadata, Strict, encodable, listing, timestamp
from app.api.streaming import SSE_RESPONSE, sse_event, sse_response
from app.errors import Conflict, InvalidRequest, NotFound
from app.ingestion.detect import detect_media_type
from app.ingestion.media_types import SUPPORTED
from app.runtime import Runtime
from app.store.blobs import StagedBlob
from app.store.records import Document, DocumentStatus
from app.store.tenant_store import TenantStore

router = APIRouter(prefix="/api/v1/documents", tags=["documents"])
PIECE = 1 << 20
POLL_S = 0.25
FINAL = {"ready", "failed", "cancelled"}
METADATA: TypeAdapter[dict[str, Any]] = TypeAdapter(Metadata)
Example: JsonDict = {
    "id": "doc_5d41402abc4b2a76b9719d91",
    "object": "document",
    "filename": "handbook.pdf",
    "collection": "default",
    "version": 1,
    "live_version": 1,
    "status": "ready",
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
    unit: Literal["pages", "chunks"]
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


class MetadataIn(Strict):
    metadata: Metadata

    model_config = {"json_schema_extra": {"examples": [{"metadata": {"year": 2026, "department": "archive"}}]}}


@router.post(
    "",
    status_code=202,
    response_model=DocumentOut,
    summary="Upload a document",
    description=(
        f"Takes {SUPPORTED}, and ingests it in the background: follow `status` or the document's `events`. "
        "The same bytes again are the same document (200). Another file under the same name "
        "is a new version, which answers once it is ready; the old one answers until then."
    ),
    responses={
        200: {"model": DocumentOut, "description": "These bytes are here already: nothing was done."},
        **responses(400, 413, 415, 507),
    },
)
async def upload_document(
    principal: Writer,
    runtime: RuntimeDep,
    file: Annotated[UploadFile, File(description="The document.")],
    collection: Annotated[
        str, Form(min_length=1, max_length=200, description="A name to group documents by; made by use.")
    ] = "default",
    metadata: Annotated[
        str, Form(max_length=65_536, description='A JSON object of up to 64 fields, for example {"year": 2026}.')
    ] = "{}",
    idempotency_key: IdempotencyKey = None,
) -> Response:
    filename = checked_filename(file.filename or "")
    fields = checked_metadata(metadata)
    checked_text("collection", collection)
    blob = await run_sync(_staged, runtime, file)
    digest = hashlib.sha256(json.dumps([blob.sha256, filename, collection, fields]).encode()).hexdigest()
    kept = await run_sync(replay, runtime, principal.tenant_id, idempotency_key, "documents", digest)
    if kept is not None:
        await run_sync(runtime.storage.blobs.delete, blob.name)
        return JSONResponse(kept.body, kept.status)
    document, created = await run_sync(record_upload, runtime, principal.tenant_id, blob, filename, collection, fields)
    status, body = 202 if created else 200, document_body(document)
    await run_sync(store_answer, runtime, principal.tenant_id, idempotency_key, "documents", digest, status, body)
    return JSONResponse(body, status)


@router.get("", response_model=Listing[DocumentOut], summary="List documents", responses=responses())
def list_documents(
    principal: Reader,
    runtime: RuntimeDep,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
    collection: Annotated[str | None, Query(max_length=200, description="Only of this collection.")] = None,
    status: Annotated[DocumentStatus | None, Query(description="Only with this status.")] = None,
    batch: Annotated[str | None, Query(max_length=64, description="Only of this batch.")] = None,
) -> dict[str, Any]:
    """Documents of your tenant, newest first."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        page = store.documents.page(
            collection=collection, status=status, batch=batch, limit=limit, after=after, order=order
        )
    ids = [document.id for document in page.data]
    return listing([document_body(document) for document in page.data], ids, has_more=page.has_more)


@router.get("/{document_id}", response_model=DocumentOut, summary="Get a document", responses=responses(404))
def get_document(principal: Reader, runtime: RuntimeDep, document_id: str) -> dict[str, Any]:
    """One document with its status and progress."""
    return document_body(_found(runtime, principal.tenant_id, document_id))


@router.patch("/{document_id}", response_model=DocumentOut, summary="Replace metadata", responses=responses(404, 400))
def update_document(principal: Writer, runtime: RuntimeDep, document_id: str, body: MetadataIn) -> dict[str, Any]:
    """Replaces the metadata that filters look at; nothing is embedded again."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        return document_body(store.documents.update_metadata(document_id, body.metadata))


@router.delete("/{document_id}", response_model=Deleted, summary="Delete a document", responses=responses(404))
def delete_document(principal: Writer, runtime: RuntimeDep, document_id: str) -> Deleted:
    """Gone from answers at once, from disk after that."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        blobs = store.documents.delete(document_id)
    for blob in blobs:
        runtime.storage.blobs.delete(blob)
    return Deleted(id=document_id, object="document")


@router.post(
    "/{document_id}/cancel", response_model=DocumentOut, summary="Cancel ingestion", responses=responses(404, 409)
)
def cancel_document(principal: Writer, runtime: RuntimeDep, document_id: str) -> dict[str, Any]:
    """Stops taking in the newest version. A version that answers already goes on doing so."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        document = store.documents.get(document_id)
        if document.latest.status in FINAL or document.latest.job_id is None:
            raise Conflict(f"The document is {document.latest.status}: there is nothing to cancel.")
        cancel_latest(store, document)
        return document_body(store.documents.get(document_id))


@router.get("/{document_id}/chunks", response_model=Listing[ChunkOut], summary="List chunks", responses=responses(404))
def list_chunks(
    principal: Reader,
    runtime: RuntimeDep,
    document_id: str,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "asc",
) -> dict[str, Any]:
    """The chunks that answers are found in, in reading order."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        store.documents.get(document_id)
        page = store.chunks.of_document(document_id, limit=limit, after=_chunk_id(after), order=order)
    data = [
        ChunkOut(
            id=chunk_public_id(chunk.id),
            index=chunk.index,
            text=chunk.text,
            heading=chunk.heading,
            page_start=chunk.page_start,
            page_end=chunk.page_end,
            char_start=chunk.char_start,
            char_end=chunk.char_end,
            tokens=chunk.tokens,
        ).model_dump()
        for chunk in page.data
    ]
    return listing(data, [chunk["id"] for chunk in data], has_more=page.has_more)


@router.get(
    "/{document_id}/content", response_model=ContentOut, summary="Get the extracted text", responses=responses(404)
)
def get_content(
    principal: Reader,
    runtime: RuntimeDep,
    document_id: str,
    version: Annotated[int | None, Query(ge=1, le=2**31, description="The live version if left out.")] = None,
) -> JSONResponse:
    """The text that quotes and offsets refer to, with its pages."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        text = store.documents.text(document_id, version)
    pages = [{"page": p.page, "char_start": p.char_start, "char_end": p.char_end} for p in text.pages]
    return JSONResponse({"document_id": document_id, "text": text.text, "pages": pages})  # large: no copies by models


@router.get(
    "/{document_id}/file",
    summary="Download the original file",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}}, **responses(404)},
)
def get_file(principal: Reader, runtime: RuntimeDep, document_id: str) -> FileResponse:
    """The bytes that were uploaded last, as an attachment."""
    document = _found(runtime, principal.tenant_id, document_id)
    path = runtime.storage.blobs.path(document.latest.blob)
    if not path.is_file():
        raise NotFound("The stored file is gone; upload the document again.")
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    name = PurePosixPath(document.filename).name  # of an upload of many files it has its folders
    return FileResponse(path, media_type="application/octet-stream", filename=name, headers=headers)


@router.get(
    "/{document_id}/events",
    summary="Follow ingestion",
    response_class=StreamingResponse,
    responses={200: SSE_RESPONSE, **responses(404)},
)
async def follow_document(
    principal: Reader, runtime: RuntimeDep, request: Request, document_id: str
) -> StreamingResponse:
    """Server-sent events: `progress` with the document whenever it changed, then `done`."""
    await run_sync(_found, runtime, principal.tenant_id, document_id)
    return sse_response(_progress(runtime, principal.tenant_id, document_id), request.app.state.draining)


async def _progress(runtime: Runtime, tenant_id: str, document_id: str) -> AsyncGenerator[str, None]:
    last = None
    while True:
        body = document_body(await run_sync(_found, runtime, tenant_id, document_id))
        if body["status"] in FINAL:
            yield sse_event("done", body)
            return
        if body != last:
            yield sse_event("progress", body)
        last = body
        await asyncio.sleep(POLL_S)


def cancel_latest(store: TenantStore, document: Document) -> None:
    """At once if its job waits, at the job's next look if it runs."""
    if document.latest.job_id is not None and store.jobs.cancel(document.latest.job_id).status == "cancelled":
        store.documents.set_status(
            document.latest.id, "cancelled", 0.0, error_code="cancelled", error_message="Cancelled on request."
        )


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


def _found(runtime: Runtime, tenant_id: str, document_id: str) -> Document:
    with runtime.storage.db.read_tenant(tenant_id) as store:
        return store.documents.get(document_id)


def _staged(runtime: Runtime, file: UploadFile) -> StagedBlob:
    """The upload as a blob, whole and durable; its type is checked before it is kept."""
    blobs = runtime.storage.blobs
    writer = blobs.writer(runtime.storage.settings.max_upload_bytes)
    while piece := file.file.read(PIECE):
        writer.write(piece)
    blob = writer.commit()
    try:
        if not blob.size_bytes:
            raise InvalidRequest("The file is empty.", param="file", code="empty_document")
        detect_media_type(blobs.path(blob.name), file.filename or "")
    except BaseException:
        blobs.delete(blob.name)
        raise
    return blob


def record_upload(
    runtime: Runtime, tenant_id: str, blob: StagedBlob, filename: str, collection: str, metadata: dict[str, Any]
) -> tuple[Document, bool]:
    """Document, version and job of a file that is staged; the blob is deleted if it is not needed."""
    blobs = runtime.storage.blobs
    try:
        media_type = detect_media_type(blobs.path(blob.name), filename)
        with runtime.storage.db.write_tenant(tenant_id) as store:
            document, created = store.documents.upload(
                collection=collection,
                filename=filename,
                metadata=metadata,
                sha256=blob.sha256,
                size_bytes=blob.size_bytes,
                media_type=media_type,
                blob=blob.name,
            )
    except BaseException:
        blobs.delete(blob.name)
        raise
    if not created:
        blobs.delete(blob.name)
    return document, created


def checked_filename(declared: str) -> str:
    """The last part of the declared name: a label, never a path."""
    name = declared.replace("\\", "/").rsplit("/", 1)[-1].strip()
    name = "".join(char for char in name if char.isprintable())[:255]
    if not name or name in {".", ".."}:
        raise InvalidRequest("Send the file with a file name.", param="file")
    return checked_text("file", name)


def checked_text(param: str, text: str) -> str:
    try:
        return encodable(text)
    except ValueError as fault:
        raise InvalidRequest(f"{param} {fault}.", param=param) from None


def checked_metadata(raw: str) -> dict[str, Any]:
    try:
        return METADATA.validate_python(json.loads(raw, parse_constant=_no_constant))
    except (ValueError, ValidationError, RecursionError):
        raise InvalidRequest(
            "metadata must be a JSON object of up to 64 fields whose values are strings (up to 1,000 characters), "
            'numbers or booleans, for example {"year": 2026}.',
            param="metadata",
        ) from None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _chunk_id(after: str | None) -> int | None:
    if after is None:
        return None
    number = after.removeprefix("chk_")
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        raise InvalidRequest("`after` names no chunk; use the `last_id` of the page before.", param="after")
    return int(number)
