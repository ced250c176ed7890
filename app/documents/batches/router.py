"""HTTP operations on batches: many files, or ZIP archives of them, in one call."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from app.documents.batches.batch_upload import MAX_FILES
from app.documents.batches.schemas import FORM, BatchOut, collection_of, files_of, flag_of, text_of
from app.documents.batches.service import BatchService
from app.documents.batches.zip_archive import ZIP_SIGNATURE
from app.documents.events import ProgressStreams
from app.documents.form_values import MAX_ACCESS_CHARS, MAX_METADATA_CHARS, parse_access, parse_metadata
from app.documents.incoming_files import IncomingFile
from app.documents.uploads import UPLOAD
from app.domain.documents import Batch
from app.errors import InvalidRequest
from app.http.dependencies import Reader, Writer
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide
from app.http.sse import event_stream
from app.http.uploads import RefusedUpload, Uploads

PATH = "/api/v1/batches"
router = APIRouter(prefix=PATH, tags=["documents"], route_class=IdempotentRoute)
MAX_FIELDS = 8
Batches = Annotated[BatchService, provide(BatchService)]


@router.post(
    "",
    status_code=202,
    response_model=BatchOut,
    summary="Upload many documents",
    responses=responses(400, 413, 507),
    openapi_extra={"requestBody": FORM},
    dependencies=[Depends(Uploads(UPLOAD, each_alone=True, uncounted=ZIP_SIGNATURE))],
)
async def upload_batch(principal: Writer, batches: Batches, request: Request) -> Batch:
    """Up to 1,000 files in one call, with folders in their names. The members of ZIP archives become documents.

    A file that cannot be uploaded is listed in `refused` and does not affect the others. The same files again are the
    same documents, so an interrupted upload can simply be sent again.
    """
    form = await _read_form(request)
    try:
        upload = partial(
            batches.upload,
            principal.tenant_id,
            [_incoming(file) for file in files_of(form)],
            collection=collection_of(form),
            metadata=parse_metadata(text_of(form, "metadata", "{}", MAX_METADATA_CHARS)),
            unpack=flag_of(form, "unpack"),
            access=parse_access(text_of(form, "access", "", MAX_ACCESS_CHARS)),
        )
        return await run_sync(upload)
    finally:
        await form.close()


@router.get("/{batch_id}", response_model=BatchOut, summary="Get a batch", responses=responses(404))
def get_batch(principal: Reader, batches: Batches, batch_id: str) -> Batch:
    """The progress of its documents; `GET /documents?batch=` lists them."""
    return batches.get(principal.tenant_id, batch_id)


@router.get(
    "/{batch_id}/events",
    summary="Follow a batch",
    response_class=StreamingResponse,
    responses={200: event_stream(progress=BatchOut, done=BatchOut), **responses(404)},
)
async def follow_batch(
    principal: Reader, streams: Annotated[ProgressStreams, provide(ProgressStreams)], batch_id: str
) -> StreamingResponse:
    """Server-sent events: `progress` with the batch whenever it changes, then `done`."""
    return await streams.batch(principal.tenant_id, batch_id, BatchOut)


@router.post("/{batch_id}/cancel", response_model=BatchOut, summary="Cancel a batch", responses=responses(404))
def cancel_batch(principal: Writer, batches: Batches, batch_id: str) -> Batch:
    """Stops the ingestion of its unfinished documents. Documents that are ready stay."""
    return batches.cancel(principal.tenant_id, batch_id)


def _incoming(file: UploadFile) -> IncomingFile:
    if isinstance(file, RefusedUpload):
        return IncomingFile.refused(file.filename, file.fault)
    return IncomingFile.of(file.filename, file.file)


async def _read_form(request: Request) -> FormData:
    """Raises InvalidRequest. The form itself, not parameters of the operation: FastAPI answers a bad form with 400."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise InvalidRequest("Send multipart/form-data with the documents as `files`.", param="files")
    try:
        return await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS)
    except HTTPException as fault:
        raise InvalidRequest(f"The form cannot be read: {fault.detail}", param="files", code="bad_form") from None
