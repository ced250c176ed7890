"""HTTP operations on the versions of a document."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from app.documents.service import DocumentService
from app.documents.versions.schemas import DocumentVersionOut
from app.domain.documents import ListedVersion
from app.domain.pagination import Page
from app.http.api_route import ApiRoute
from app.http.dependencies import After, Limit, Ordered, Reader
from app.http.errors import responses
from app.http.schemas import Listing
from app.http.services import provide

router = APIRouter(prefix="/api/v1/documents", tags=["documents"], route_class=ApiRoute)
Documents = Annotated[DocumentService, provide(DocumentService)]


@router.get(
    "/{document_id}/versions",
    response_model=Listing[DocumentVersionOut],
    summary="List versions",
    responses=responses(404),
)
def list_versions(
    principal: Reader,
    documents: Documents,
    document_id: str,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
) -> Page[ListedVersion]:
    """What was uploaded under the document's name, as far as the collection keeps it; the newest version first."""
    return documents.versions(principal.tenant_id, document_id, limit=limit, after=after, order=order)
