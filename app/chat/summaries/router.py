"""The HTTP operation that sums up a document."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from app.chat.summaries.schemas import SummaryIn, SummaryOut
from app.chat.summaries.service import DocumentSummary, SummaryService
from app.http.dependencies import Reader
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide

router = APIRouter(prefix="/api/v1/documents", tags=["documents"], route_class=IdempotentRoute)
Summaries = Annotated[SummaryService, provide(SummaryService)]


@router.post(
    "/{document_id}/summary",
    response_model=SummaryOut,
    summary="Sum up a document",
    responses=responses(400, 404, 409, 413),
)
async def summarise_document(
    principal: Reader, summaries: Summaries, document_id: str, body: SummaryIn | None = None
) -> DocumentSummary:
    """The sentences that say most of the live version, each cited. 409 until a version is ready."""
    return await summaries.summarise(principal.tenant_id, document_id, body.language if body else None)
