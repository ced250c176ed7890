"""Search: passages without an answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from app.answering.result import passage_dict
from app.api.deps import Reader, RuntimeDep
from app.api.errors import responses
from app.api.shapes import MetadataValue, Name, PassageOut, Strict, Text
from app.retrieval.retrieve import Mode, Restriction

router = APIRouter(prefix="/api/v1", tags=["search"])
LONGEST_QUESTION = 8000

Collections = Annotated[list[Name], Field(max_length=50, description="Look only in these; all if left out.")]
Filters = Annotated[
    dict[Name, MetadataValue], Field(max_length=20, description="Equalities on document metadata; all must hold.")
]


class SearchIn(Strict):
    query: Text = Field(min_length=1, max_length=LONGEST_QUESTION, description="A question or key words.")
    k: int = Field(10, ge=1, le=50, description="How many passages at most.")
    mode: Mode = Field("hybrid", description="Both legs fused, or one alone.")
    collections: Collections = []
    filters: Filters = {}

    model_config = {"json_schema_extra": {"examples": [{"query": "When does the museum open?", "k": 5}]}}


class SearchOut(Strict):
    object: Literal["list"] = "list"
    data: list[PassageOut]


@router.post(
    "/search",
    response_model=SearchOut,
    summary="Search passages",
    description="The passages nearest to a query, by cosine similarity and full text, best first.",
    responses=responses(400, 404, 413),
)
def search(principal: Reader, runtime: RuntimeDep, body: SearchIn) -> dict[str, Any]:
    found = runtime.retriever.search(
        principal.tenant_id,
        body.query,
        k=body.k,
        mode=body.mode,
        restriction=Restriction(tuple(body.collections), body.filters or None),
    )
    return {"object": "list", "data": [passage_dict(passage) for passage in found.passages]}
