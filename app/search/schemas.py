"""Request and response bodies of searches, and the fields that questions of the chat share with them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.http.schemas import Name, PassageOut, QuestionText, RequestBody, ResponseBody, ShownName
from app.search.profile import SearchMode, VectorSpace
from app.storage.sql.fulltext import Scoring

MAX_QUESTION_CHARACTERS = 8000

CollectionNames = Annotated[list[ShownName], Field(max_length=50, description="Look only in these; all if left out.")]
DocumentIds = Annotated[
    list[Annotated[str, Field(max_length=64)]],
    Field(max_length=200, description="Look only in these, and in the `collections`; all if both are left out."),
]
MetadataFilters = Annotated[
    dict[Name, Any],
    Field(
        max_length=20,
        description='On document metadata, before ranking: `{"kind": "law", "year": {"gte": 2020}}`; all must hold. '
        "Operators: eq, ne, gt, gte, lt, lte, in, nin; `and` and `or` take lists of filters.",
    ),
]


class SearchIn(RequestBody):
    query: QuestionText = Field(
        min_length=1, max_length=MAX_QUESTION_CHARACTERS, description="A question or key words."
    )
    k: int = Field(10, ge=1, le=50, description="How many passages at most.")
    mode: SearchMode = Field("hybrid", description="Dense and full text fused, or one alone.")
    scoring: Scoring = Field("bm25", description="Of the full text: BM25, or the cosine of TF-IDF weights.")
    space: VectorSpace = Field(
        "embeddings", description="Of the dense half: the embedding model's, or static word vectors."
    )
    diversity: float = Field(0.0, ge=0, le=1, description="How much a passage loses for repeating a better one.")
    rerank: bool = Field(True, description="Let the reranker order the best, if the service has one.")
    collections: CollectionNames = []
    documents: DocumentIds = []
    filters: MetadataFilters = {}

    model_config = {"json_schema_extra": {"examples": [{"query": "When does the museum open?", "k": 5}]}}


class SearchOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[PassageOut]
