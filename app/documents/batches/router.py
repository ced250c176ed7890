"""Batches: many files, or ZIP archives of them, in one call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from pydantic.config import JsonDict
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.bootstrap.runtime import Runtime
from app.documents.batches.batch_upload import MOST_FILES, Incoming, pieces_of
from app.documents.router import POLL_S, cancel_latest
from app.documents.uploads import checked_metadata, checked_text
from app.domain.documents import Batch, DocumentStatus
from app.errors import InvalidRequest
from app.http.dependencies import Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import timestamp
from app.http.sse import SSE_RESPONSE, sse_event, sse_response

PATH = "/api/v1/batches"
router = APIRouter(prefix=PATH, tags=["documents"])
MOST_FIELDS = 8
LONGEST_COLLECTION = 200
MOST_METADATA = 65_536
Example: JsonDict = {
    "id": "bat_5d41402abc4b2a76b9719d91",
    "object": "batch",
    "collection": "handbooks",
    "files": 120,
    "refused": [{"filename": "logo.svgz", "code": "unsupported_media_type", "message": "It cannot be read."}],
    "counts": {DocumentStatus.READY: 80, DocumentStatus.EMBEDDING: 1, DocumentStatus.QUEUED: 38},
    "progress": 0.68,
    "eta_s": 42.0,
    "finished": False,
    "created_at": "2026-01-31T12:00:00Z",
}
FORM: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {
                    "files": {
                        "type": "array",
                        "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                        "description": f"Up to {MOST_FILES:,} files. A name may have folders: `2026/march/report.pdf`.",
                    },
                    "collection": {"type": "string", "maxLength": LONGEST_COLLECTION, "default": "default"},
                    "metadata": {
                        "type": "string",
                        "description": "A JSON object, for every document.",
                        "default": "{}",
                    },
                    "unpack": {
                        "type": "string",
                        "enum": ["true", "false"],
                        "default": "true",
                        "description": "Take a ZIP archive as the documents in it, not as one document.",
                    },
                },
            }
        }
    },
}


class RefusedOut(BaseModel):
    filename: str
    code: str
    message: str


class BatchOut(BaseModel):
    id: str
    object: Literal["batch"]
    collection: str
    files: int = Field(description="All that came, those in archives counted one by one.")
    refused: list[RefusedOut] = Field(description="What was not taken, and why; the others go their way.")
    counts: dict[DocumentStatus, int] = Field(description="Documents by status. Equal files are one document.")
    progress: float = Field(ge=0, le=1, description="Of the documents; 1 once all are ready, failed or cancelled.")
    eta_s: float | None = Field(description="Seconds until it is finished, if it goes on as it went.")
    finished: bool
    created_at: str

    model_config = {"json_schema_extra": {"examples": [Example]}}


class _Form(MultiPartParser):
    """Files go to disk early: a thousand of them at a megabyte each would lie in memory else."""

    spool_max_size = 64 * 1024


@router.post(
    "",
    status_code=202,
    response_model=BatchOut,
    summary="Upload many documents",
    responses=responses(400, 413, 507),
    openapi_extra={"requestBody": FORM},
)
async def upload_batch(principal: Writer, runtime: RuntimeDep, request: Request) -> dict[str, Any]:
    """Up to 1,000 files in one call, with their folders in their names; ZIP archives are taken as what is in them.

    A file that cannot be taken is listed in `refused` and leaves the others alone. The same files again are the
    documents that are there, so an upload that broke off may simply be sent again.
    """
    form = await _parsed(request)
    try:
        files = [Incoming(file.filename or "", pieces_of(file.file)) for file in _files(form)]
        collection = _collection(form)
        metadata = checked_metadata(_text(form, "metadata", "{}", MOST_METADATA))
        unpack = _flag(form, "unpack")
        batch = await run_sync(
            lambda: runtime.intake.take(
                principal.tenant_id, files, collection=collection, metadata=metadata, unpack=unpack
            )
        )
    finally:
        await form.close()
    return batch_body(batch)


@router.get("/{batch_id}", response_model=BatchOut, summary="Get a batch", responses=responses(404))
def get_batch(principal: Reader, runtime: RuntimeDep, batch_id: str) -> dict[str, Any]:
    """How far its documents got; `GET /documents?batch=` lists them."""
    return batch_body(_found(runtime, principal.tenant_id, batch_id))


@router.get(
    "/{batch_id}/events",
    summary="Follow a batch",
    response_class=StreamingResponse,
    responses={200: SSE_RESPONSE, **responses(404)},
)
async def follow_batch(principal: Reader, runtime: RuntimeDep, request: Request, batch_id: str) -> StreamingResponse:
    """Server-sent events: `progress` with the batch whenever it changed, then `done`."""
    await run_sync(_found, runtime, principal.tenant_id, batch_id)
    return sse_response(_progress(runtime, principal.tenant_id, batch_id), request.app.state.draining)


@router.post("/{batch_id}/cancel", response_model=BatchOut, summary="Cancel a batch", responses=responses(404))
def cancel_batch(principal: Writer, runtime: RuntimeDep, batch_id: str) -> dict[str, Any]:
    """Stops taking in what is not ready yet; what is ready stays."""
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        for document_id in store.batches.unfinished(batch_id):
            cancel_latest(store, store.documents.get(document_id))
        return batch_body(store.batches.get(batch_id))


def batch_body(batch: Batch) -> dict[str, Any]:
    return {
        "id": batch.id,
        "object": "batch",
        "collection": batch.collection,
        "files": batch.files,
        "refused": [{"filename": one.filename, "code": one.code, "message": one.message} for one in batch.refused],
        "counts": dict(batch.counts),
        "progress": round(batch.progress, 4),
        "eta_s": None if batch.finished else _eta(batch),
        "finished": batch.finished,
        "created_at": timestamp(batch.created_at),
    }


def _eta(batch: Batch) -> float | None:
    passed = (datetime.now(UTC) - batch.created_at).total_seconds()
    if batch.progress <= 0 or passed <= 0:
        return None
    return round(passed * (1 - batch.progress) / batch.progress, 1)


async def _progress(runtime: Runtime, tenant_id: str, batch_id: str) -> AsyncGenerator[str, None]:
    last = None
    while True:
        batch = await run_sync(_found, runtime, tenant_id, batch_id)
        if batch.finished:
            yield sse_event("done", batch_body(batch))
            return
        if batch != last:
            yield sse_event("progress", batch_body(batch))
        last = batch
        await asyncio.sleep(POLL_S)


def _found(runtime: Runtime, tenant_id: str, batch_id: str) -> Batch:
    with runtime.storage.db.read_tenant(tenant_id) as store:
        return store.batches.get(batch_id)


async def _parsed(request: Request) -> FormData:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise InvalidRequest("Send multipart/form-data with the documents as `files`.", param="files")
    parser = _Form(request.headers, request.stream(), max_files=MOST_FILES, max_fields=MOST_FIELDS)
    try:
        return await parser.parse()
    except MultiPartException as fault:
        raise InvalidRequest(f"The form cannot be read: {fault.message}", param="files", code="bad_form") from None


def _files(form: FormData) -> list[UploadFile]:
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
    if not files:
        raise InvalidRequest("Send at least one file in the field `files`.", param="files")
    return files


def _collection(form: FormData) -> str:
    collection = _text(form, "collection", "default", LONGEST_COLLECTION)
    if not collection:
        raise InvalidRequest("collection must not be empty.", param="collection")
    return checked_text("collection", collection)


def _flag(form: FormData, name: str) -> bool:
    given = _text(form, name, "true", 5)
    if given not in {"true", "false"}:
        raise InvalidRequest(f"{name} is true or false.", param=name)
    return given == "true"


def _text(form: FormData, name: str, default: str, longest: int) -> str:
    given = form.get(name, default)
    if not isinstance(given, str) or len(given) > longest:
        raise InvalidRequest(f"{name} must be text of at most {longest:,} characters.", param=name)
    return given
