"""HTTP operations on documents by the caller's own keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.documents.by_key.schemas import MAX_KEY_CHARS, KeyedTextIn
from app.documents.by_key.service import KeyedDocumentService
from app.documents.form_values import checked_name
from app.documents.schemas import DocumentOut
from app.domain.documents import Document
from app.http.api_route import ApiRoute
from app.http.dependencies import Reader, Writer
from app.http.errors import responses
from app.http.schemas import Deleted
from app.http.services import provide

router = APIRouter(prefix="/api/v1/documents/by-key", tags=["documents"], route_class=ApiRoute)
Keyed = Annotated[KeyedDocumentService, provide(KeyedDocumentService)]
Key = Annotated[
    str,
    Path(
        min_length=1,
        max_length=MAX_KEY_CHARS,
        description="Your own id of the document; it may have slashes.",
        examples=["handbook/opening-hours"],
    ),
]
PATH = "/{external_id:path}"


@router.put(
    PATH,
    status_code=202,
    response_model=DocumentOut,
    summary="Put a text under your own key",
    responses={
        200: {"model": DocumentOut, "description": "The document has this text already."},
        **responses(400, 409, 413, 415, 507),
    },
)
def put_document_by_key(
    principal: Writer, keyed: Keyed, external_id: Key, body: KeyedTextIn, response: Response
) -> Document:
    """Makes the document, or replaces its text by a new version; the old one answers until the new one is ready.

    The same text again is not read again (200). 409 if another document has the file name.
    """
    uploaded = keyed.put(principal.tenant_id, checked_name("external_id", external_id), body.keyed_text())
    response.status_code = 202 if uploaded.created else 200
    return uploaded.document


@router.get(PATH, response_model=DocumentOut, summary="Get a document by your own key", responses=responses(404))
def get_document_by_key(principal: Reader, keyed: Keyed, external_id: Key) -> Document:
    """The document with its status and progress."""
    return keyed.get(principal.tenant_id, checked_name("external_id", external_id))


@router.delete(PATH, response_model=Deleted, summary="Delete a document by your own key", responses=responses(404))
def delete_document_by_key(principal: Writer, keyed: Keyed, external_id: Key) -> Deleted:
    """As `DELETE /documents/{document_id}`."""
    deleted = keyed.delete(principal.tenant_id, checked_name("external_id", external_id))
    return Deleted(id=deleted, object="document")
