"""Search: passages without an answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from app.chat.answer import passage_dict
from app.http.dependencies import Reader, RuntimeDep
from app.http.errors import responses
from app.http.schemas import Name, PassageOut, RequestBody, Text
from app.search.filters import read_filter
from app.search.retriever import Mode, Ranking, Restriction
from app.search.retrievers import Space
from app.storage.sql.fulltext import Scoring

router = APIRouter(prefix="/api/v1", tags=["search"])
LONGEST_QUESTION = 8000

Collections = Annotated[list[Name], Field(max_length=50, description="Look only in these; all if left out.")]
Filters = Annotated[
    dict[Name, Any],
    Field(
        max_length=20,
        description='On document metadata, before ranking: `{"kind": "law", "year": {"gte": 2020}}`; all must hold. '
        "Operators: eq, ne, gt, gte, lt, lte, in, nin; `and` and `or` take lists of filters.",
    ),
]


class SearchIn(RequestBody):
    query: Text = Field(min_length=1, max_length=LONGEST_QUESTION, description="A question or key words.")
    k: int = Field(10, ge=1, le=50, description="How many passages at most.")
    mode: Mode = Field("hybrid", description="Dense and full text fused, or one alone.")
    scoring: Scoring = Field("bm25", description="Of the full text: BM25, or the cosine of TF-IDF weights.")
    space: Space = Field("embeddings", description="Of the dense half: the embedding model's, or static word vectors.")
    diversity: float = Field(0.0, ge=0, le=1, description="How much a passage loses for repeating a better one.")
    rerank: bool = Field(True, description="Let the reranker order the best, if the service has one.")
    collections: Collections = []
    filters: Filters = {}

    model_config = {"json_schema_extra": {"examples": [{"query": "When does the museum open?", "k": 5}]}}


class SearchOut(RequestBody):
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
        restriction=Restriction(tuple(body.collections), read_filter(body.filters)),
        ranking=Ranking(body.mode, body.scoring, body.diversity, body.rerank, body.space),
    )
    return {"object": "list", "data": [passage_dict(passage) for passage in found.passages]}
