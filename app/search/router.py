"""HTTP operation that searches passages, without an answer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter

from app.http.api_route import ApiRoute
from app.http.dependencies import Reader
from app.http.errors import responses
from app.http.services import provide
from app.search.filters import read_restriction
from app.search.profile import SearchProfile
from app.search.schemas import SearchIn, SearchOut
from app.search.service import SearchService

router = APIRouter(prefix="/api/v1", tags=["search"], route_class=ApiRoute)
Search = Annotated[SearchService, provide(SearchService)]


@router.post(
    "/search",
    response_model=SearchOut,
    summary="Search passages",
    description="The passages nearest to a query, by cosine similarity and full text, best first.",
    responses=responses(400, 404, 413),
)
def search(principal: Reader, service: Search, body: SearchIn) -> dict[str, Any]:
    profile = SearchProfile(body.mode, body.scoring, body.diversity, body.rerank, body.space)
    restriction = read_restriction(body.collections, body.filters, body.documents)
    return {"data": service.search(principal.tenant_id, body.query, k=body.k, profile=profile, restriction=restriction)}
