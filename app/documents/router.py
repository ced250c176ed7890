"""Documents: upload, watch, read, delete."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator
from pathlib import PurePosixPath
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse

from app.bootstrap.runtime import Runtime
from app.documents.parsing.media_types import SUPPORTED
from app.documents.schemas import ChunkOut, ContentOut, DocumentOut, MetadataIn, document_body
from app.documents.uploads import checked_filename, checked_metadata, checked_text, record_upload, staged_upload
from app.domain.documents import FINAL_DOCUMENT, Document, DocumentStatus
from app.domain.idempotency import StoredAnswer
from app.domain.jobs import JobStatus
from app.errors import Conflict, NotFound
from app.http.dependencies import After, IdempotencyKey, Limit, Ordered, Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.idempotency import reserve
from app.http.schemas import Deleted, Listing, listing
from app.http.sse import SSE_RESPONSE, sse_event, sse_response
from app.storage.sql.tenant_store import TenantStore

router = APIRouter(prefix="/api/v1/documents", tags=["documents"])
POLL_S = 0.25


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
        **responses(400, 409, 413, 415, 507),
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
    blob = await run_sync(staged_upload, runtime, file)
    digest = hashlib.sha256(json.dumps([blob.sha256, filename, collection, fields]).encode()).hexdigest()
    try:
        reservation = await reserve(runtime, principal.tenant_id, idempotency_key, "documents", digest)
    except BaseException:
        runtime.storage.blobs.delete(blob.name)
        raise
    if isinstance(reservation, StoredAnswer):
        await run_sync(runtime.storage.blobs.delete, blob.name)
        return JSONResponse(reservation.body, reservation.status)
    async with reservation:
        document, created = await run_sync(
            record_upload, runtime, principal.tenant_id, blob, filename, collection, fields
        )
        status, body = 202 if created else 200, document_body(document)
        await reservation.complete(status, body)
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
    return listing([document_body(document) for document in page.data], ids, page)


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
        if document.latest.status in FINAL_DOCUMENT or document.latest.job_id is None:
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
        page = store.chunks.of_document(document_id, limit=limit, after=after, order=order)
    data = [
        ChunkOut(
            id=chunk.public_id,
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
    return listing(data, [chunk["id"] for chunk in data], page)


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
        if body["status"] in FINAL_DOCUMENT:
            yield sse_event("done", body)
            return
        if body != last:
            yield sse_event("progress", body)
        last = body
        await asyncio.sleep(POLL_S)


def cancel_latest(store: TenantStore, document: Document) -> None:
    """At once if its job waits, at the job's next look if it runs."""
    latest, cancelled = document.latest, DocumentStatus.CANCELLED
    if latest.job_id is not None and store.jobs.cancel(latest.job_id).status == JobStatus.CANCELLED:
        store.documents.set_status(
            latest.id, cancelled, 0.0, error_code="cancelled", error_message="Cancelled on request."
        )


def _found(runtime: Runtime, tenant_id: str, document_id: str) -> Document:
    with runtime.storage.db.read_tenant(tenant_id) as store:
        return store.documents.get(document_id)
