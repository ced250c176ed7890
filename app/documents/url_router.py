"""Documents from URLs: off unless the operator turns it on."""

from __future__ import annotations

from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, Field

from app.bootstrap.runtime import Runtime
from app.documents.schemas import DocumentOut, document_body
from app.documents.uploads import checked_filename, record_upload
from app.documents.url_fetch import Fetched, fetch, resolve_addresses
from app.domain.documents import Document
from app.errors import Forbidden, InvalidRequest
from app.http.dependencies import RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import Metadata, RequestBody, encodable
from app.storage.blobs import StagedBlob

router = APIRouter(prefix="/api/v1/documents", tags=["documents"])


class FromUrlIn(RequestBody):
    url: Annotated[str, Field(min_length=1, max_length=2000, description="http or https, of a public host.")]
    collection: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(encodable)] = "default"
    metadata: Metadata = {}

    model_config = {"json_schema_extra": {"examples": [{"url": "https://example.org/handbook.pdf"}]}}


@router.post(
    "/from-url",
    status_code=202,
    response_model=DocumentOut,
    summary="Take in a document from a URL",
    responses={
        200: {"model": DocumentOut, "description": "These bytes are here already: nothing was done."},
        **responses(400, 413, 415, 507),
    },
)
async def upload_from_url(principal: Writer, runtime: RuntimeDep, body: FromUrlIn) -> JSONResponse:
    """Fetches the file now, then goes on as after an upload. 403 unless LORACLE_URL_INGESTION is on.

    Only hosts on the public internet are fetched from; redirects are held to the same rule.
    """
    if runtime.limits.fetch_timeout_s is None:
        raise Forbidden(
            "This service does not fetch documents from URLs; upload the file, or ask the operator to set "
            "LORACLE_URL_INGESTION=true.",
            code="url_ingestion_disabled",
        )
    timeout_s = runtime.limits.fetch_timeout_s
    document, created = await run_sync(_taken, runtime, principal.tenant_id, body, timeout_s)
    return JSONResponse(document_body(document), 202 if created else 200)


def _taken(runtime: Runtime, tenant_id: str, body: FromUrlIn, timeout_s: float) -> tuple[Document, bool]:
    fetched, blob = _fetched(runtime, body.url, timeout_s)
    try:
        filename = checked_filename(fetched.filename)
        fields: dict[str, Any] = {**body.metadata, "source_url": fetched.url[:1000]}
    except BaseException:
        runtime.storage.blobs.delete(blob.name)
        raise
    return record_upload(runtime, tenant_id, blob, filename, body.collection, fields)


def _fetched(runtime: Runtime, url: str, timeout_s: float) -> tuple[Fetched, StagedBlob]:
    blobs = runtime.storage.blobs
    writer = blobs.writer(runtime.limits.upload_bytes)
    try:
        fetched = fetch(url, writer.write, timeout_s=timeout_s, resolve=resolve_addresses)
    except BaseException:
        writer.abort()
        raise
    blob = writer.commit()
    if not blob.size_bytes:
        blobs.delete(blob.name)
        raise InvalidRequest("The file at the URL is empty.", param="url", code="empty_document")
    return fetched, blob
