"""HTTP operation by which Dify searches the documents as external knowledge."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter

from app.dify.conditions import read_conditions
from app.dify.records import record
from app.dify.schemas import RecordsOut, RetrievalIn
from app.http.api_route import ApiRoute
from app.http.dependencies import Reader
from app.http.errors import responses
from app.http.services import provide
from app.search.filters import read_restriction
from app.search.service import SearchService

router = APIRouter(tags=["search"], route_class=ApiRoute)
EVERY_DOCUMENT = "*"


@router.post(
    "/retrieval",
    response_model=RecordsOut,
    summary="Search as external knowledge of Dify",
    description=(
        "Give Dify the address of this service as the endpoint of an external knowledge API, a key as its API key, and "
        "a collection, or `*`, as the external knowledge id."
    ),
    responses=responses(400, 404, 413),
)
def retrieve_for_dify(
    principal: Reader, service: Annotated[SearchService, provide(SearchService)], body: RetrievalIn
) -> dict[str, Any]:
    collections = [] if body.knowledge_id == EVERY_DOCUMENT else [body.knowledge_id]
    restriction = read_restriction(collections, read_conditions(body.metadata_condition))
    setting = body.retrieval_setting
    found = service.search(principal.tenant_id, body.query, k=setting.top_k, restriction=restriction)
    return {"records": [record(one) for one in found if one.score >= (setting.score_threshold or 0.0)]}
