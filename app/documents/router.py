"""HTTP operations on documents."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse, StreamingResponse

from app.documents.document_editor import DocumentEditor
from app.documents.events import ProgressStreams
from app.documents.form_values import (
    MAX_ACCESS_CHARS,
    MAX_METADATA_CHARS,
    checked_collection,
    parse_access,
    parse_metadata,
)
from app.documents.incoming_files import IncomingFile, checked_filename
from app.documents.parsing.media_types import SUPPORTED
from app.documents.schemas import (
    MAX_COLLECTION_CHARS,
    ChunkChangesIn,
    ChunkOut,
    ContentOut,
    DeletionIn,
    DeletionOut,
    DocumentChangesIn,
    DocumentOut,
    FromUrlIn,
)
from app.documents.service import DeletedDocuments, DocumentContent, DocumentService
from app.documents.uploads import UPLOAD, UploadService
from app.domain.documents import Chunk, Document, DocumentSort, DocumentStatus
from app.domain.pagination import Page
from app.http.dependencies import After, Limit, Ordered, Reader, SortOrder, Words, Writer
from app.http.downloads import REDIRECT, download_response, follows_redirects
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.openapi import file_content
from app.http.schemas import Deleted, Listing
from app.http.services import provide
from app.http.sse import event_stream
from app.http.uploads import Uploads
from app.text.normal_form import normal_name

router = APIRouter(prefix="/api/v1/documents", tags=["documents"], route_class=IdempotentRoute)
Documents = Annotated[DocumentService, provide(DocumentService)]
Uploading = Annotated[UploadService, provide(UploadService)]
Editor = Annotated[DocumentEditor, provide(DocumentEditor)]
UNCHANGED: dict[int | str, dict[str, Any]] = {
    200: {"model": DocumentOut, "description": "The document has these bytes already: only its metadata change."}
}


@router.post(
    "",
    status_code=202,
    response_model=DocumentOut,
    summary="Upload a document",
    description=(
        f"Stores {SUPPORTED}, and ingests it in the background: follow `status` or the document's `events`. "
        "A file name in a collection is one document. Its bytes again change nothing but its metadata (200). Other "
        "bytes are a new version, which is searched once it is ready; the old one is searched until then. A version "
        "that is still on its way gives way to a newer one."
    ),
    responses={**UNCHANGED, **responses(400, 409, 413, 415, 507)},
    dependencies=[Depends(Uploads(UPLOAD, name_of=checked_filename))],
)
def upload_document(
    principal: Writer,
    uploads: Uploading,
    response: Response,
    file: Annotated[UploadFile, File(description="The document.")],
    collection: Annotated[
        str,
        Form(
            max_length=MAX_COLLECTION_CHARS,
            description="A name to group documents by. It needs no creation. Empty: `default`.",
        ),
    ] = "default",
    metadata: Annotated[
        str,
        Form(
            max_length=MAX_METADATA_CHARS,
            description='A JSON object of up to 64 fields, for example {"year": 2026}. Empty: as before.',
        ),
    ] = "{}",
    access: Annotated[
        str,
        Form(
            max_length=MAX_ACCESS_CHARS,
            description='Who sees the document, as JSON: `{"groups": ["staff"]}`; `{"groups": []}` is everybody. '
            "Empty: as before, everybody if it is new.",
        ),
    ] = "",
) -> Document:
    fields = parse_metadata(metadata)
    collection = checked_collection(collection)
    incoming = IncomingFile.of(file.filename, file.file)
    uploaded = uploads.upload(principal.tenant_id, incoming, collection, fields, parse_access(access))
    response.status_code = 202 if uploaded.created else 200
    return uploaded.document


@router.post("/delete", response_model=DeletionOut, summary="Delete many documents", responses=responses(400, 413))
def delete_documents(principal: Writer, documents: Documents, body: DeletionIn) -> DeletedDocuments:
    """Up to 1,000 by their ids. Those that are no documents of yours are named; the others are deleted all the same."""
    return documents.delete_many(principal.tenant_id, body.ids)


@router.post(
    "/from-url",
    status_code=202,
    response_model=DocumentOut,
    summary="Upload a document from a URL",
    responses={**UNCHANGED, **responses(400, 409, 413, 415, 507)},
)
def upload_from_url(principal: Writer, uploads: Uploading, body: FromUrlIn, response: Response) -> Document:
    """Fetches the file, then continues as an upload does. 403 unless LORACLE_URL_INGESTION is on.

    Fetches from hosts on the public internet only, and follows redirects by the same rule.
    """
    access = body.access.access() if body.access is not None else None
    uploaded = uploads.upload_from_url(principal.tenant_id, body.url, body.collection, body.metadata, access)
    response.status_code = 202 if uploaded.created else 200
    return uploaded.document


@router.get("", response_model=Listing[DocumentOut], summary="List documents", responses=responses())
def list_documents(
    principal: Reader,
    documents: Documents,
    q: Words = None,
    sort: Annotated[DocumentSort, Query(description="By time, name, collection or size.")] = "created_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
    collection: Annotated[
        str | None, Query(max_length=MAX_COLLECTION_CHARS, description="Only of this collection.")
    ] = None,
    status: Annotated[DocumentStatus | None, Query(description="Only with this status.")] = None,
    batch: Annotated[str | None, Query(max_length=64, description="Only of this batch.")] = None,
) -> Page[Document]:
    """Documents of your tenant, newest first."""
    return documents.list(
        principal.tenant_id,
        collection=None if collection is None else normal_name(collection),
        status=status,
        batch=batch,
        q=q,
        sort=sort,
        limit=limit,
        after=after,
        order=order,
    )


@router.get("/{document_id}", response_model=DocumentOut, summary="Get a document", responses=responses(404))
def get_document(principal: Reader, documents: Documents, document_id: str) -> Document:
    """One document with its status and progress."""
    return documents.get(principal.tenant_id, document_id)


@router.patch(
    "/{document_id}", response_model=DocumentOut, summary="Change a document", responses=responses(404, 400, 409)
)
def update_document(principal: Writer, editor: Editor, document_id: str, body: DocumentChangesIn) -> Document:
    """Renames a document, moves it to another collection, replaces the metadata that filters use or the groups that
    see it. Nothing is embedded.

    If the collection has other chunk settings, the document is split again in the background and answers from its old
    chunks until then. 409 if the collection has another document of that name.
    """
    return editor.update(principal.tenant_id, document_id, body.changes())


@router.delete("/{document_id}", response_model=Deleted, summary="Delete a document", responses=responses(404))
def delete_document(principal: Writer, documents: Documents, document_id: str) -> Deleted:
    """Removes the document from answers at once, then its files from disk."""
    documents.delete(principal.tenant_id, document_id)
    return Deleted(id=document_id, object="document")


@router.post(
    "/{document_id}/cancel", response_model=DocumentOut, summary="Cancel ingestion", responses=responses(404, 409)
)
def cancel_document(principal: Writer, documents: Documents, document_id: str) -> Document:
    """Stops the ingestion of the newest version. The live version stays live."""
    return documents.cancel(principal.tenant_id, document_id)


@router.post(
    "/{document_id}/reparse",
    status_code=202,
    response_model=DocumentOut,
    summary="Read a document again",
    responses=responses(404, 409),
)
def reparse_document(principal: Writer, editor: Editor, document_id: str) -> Document:
    """Reads the file that was uploaded last again, as a new version: after OCR was installed, for example.

    The live version answers until the new one is ready. 409 if the document is being read already.
    """
    return editor.reparse(principal.tenant_id, document_id)


@router.get("/{document_id}/chunks", response_model=Listing[ChunkOut], summary="List chunks", responses=responses(404))
def list_chunks(
    principal: Reader,
    documents: Documents,
    document_id: str,
    q: Annotated[str | None, Query(max_length=200, description="Only with all these words in the text.")] = None,
    enabled: Annotated[bool | None, Query(description="Only those that searches find, or do not find.")] = None,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "asc",
) -> Page[Chunk]:
    """The chunks of the version that answers, in reading order, with those that are disabled."""
    return documents.chunks(
        principal.tenant_id, document_id, q=q, enabled=enabled, limit=limit, after=after, order=order
    )


@router.get(
    "/{document_id}/chunks/{chunk_id}", response_model=ChunkOut, summary="Get a chunk", responses=responses(404)
)
def get_chunk(principal: Reader, documents: Documents, document_id: str, chunk_id: str) -> Chunk:
    """One chunk of the version that answers, disabled or not."""
    return documents.chunk(principal.tenant_id, document_id, chunk_id)


@router.patch(
    "/{document_id}/chunks/{chunk_id}",
    response_model=ChunkOut,
    summary="Enable or disable a chunk",
    responses=responses(400, 404, 413),
)
def update_chunk(principal: Writer, editor: Editor, document_id: str, chunk_id: str, body: ChunkChangesIn) -> Chunk:
    """A disabled chunk is in no search, answer or summary. When the document is read again, a chunk of the same text
    stays disabled.
    """
    return editor.set_chunk_enabled(principal.tenant_id, document_id, chunk_id, body.enabled)


@router.get(
    "/{document_id}/content", response_model=ContentOut, summary="Get the extracted text", responses=responses(404)
)
def get_content(
    principal: Reader,
    documents: Documents,
    document_id: str,
    version: Annotated[int | None, Query(ge=1, le=2**31, description="The live version if left out.")] = None,
) -> DocumentContent:
    """The extracted text, to which quotes and offsets refer, with its pages."""
    return documents.content(principal.tenant_id, document_id, version)


@router.get(
    "/{document_id}/file",
    summary="Download the original file",
    response_class=FileResponse,
    responses={200: file_content("application/octet-stream"), **REDIRECT, **responses(404, 416)},
)
def get_file(principal: Reader, documents: Documents, request: Request, document_id: str) -> Response:
    """The file that was uploaded last, as an attachment."""
    redirect = follows_redirects(request)
    return download_response(documents.original_file(principal.tenant_id, document_id, redirect=redirect))


@router.get(
    "/{document_id}/events",
    summary="Follow ingestion",
    response_class=StreamingResponse,
    responses={200: event_stream(progress=DocumentOut, done=DocumentOut), **responses(404)},
)
async def follow_document(
    principal: Reader, streams: Annotated[ProgressStreams, provide(ProgressStreams)], document_id: str
) -> StreamingResponse:
    """Server-sent events: `progress` with the document whenever it changes, then `done`."""
    return await streams.document(principal.tenant_id, document_id, DocumentOut)
