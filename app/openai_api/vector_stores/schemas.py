"""Request and response bodies of vector stores: OpenAI's, extended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, computed_field, model_validator

from app.domain.documents import UNFINISHED_DOCUMENT, CollectionSettings, DocumentStatus
from app.domain.vector_stores import VectorStoreChanges
from app.errors import InvalidRequest
from app.http.schemas import MetadataValue, Name, PassageOut, QuestionText, ResponseBody, Text
from app.openai_api.schemas import UNSUPPORTED, CompatibleBody, UnixSeconds
from app.openai_api.vector_stores.service import FoundPassage
from app.search.schemas import MAX_QUESTION_CHARACTERS

MOST_FILES = 500  # that one request puts into a store
StoreName = Annotated[Text, Field(max_length=256)]
StoreMetadata = Annotated[
    dict[Annotated[Text, Field(min_length=1, max_length=64)], Annotated[Text, Field(max_length=512)]],
    Field(max_length=16),
]
Attributes = Annotated[dict[Name, MetadataValue], Field(max_length=64, description="Metadata, which filters use.")]
FileIds = Annotated[list[Annotated[Text, Field(max_length=64)]], Field(max_length=MOST_FILES)]


class StaticChunkingIn(CompatibleBody):
    max_chunk_size_tokens: int = Field(ge=32, le=480, description="The embedding model reads no longer chunks.")
    chunk_overlap_tokens: int = Field(ge=0, le=200)

    @model_validator(mode="after")
    def overlaps_by_half_at_most(self) -> Self:
        if self.chunk_overlap_tokens * 2 > self.max_chunk_size_tokens:
            raise ValueError("chunk_overlap_tokens is at most half of max_chunk_size_tokens")
        return self


class ChunkingStrategyIn(CompatibleBody):
    """How all documents of the store are split: files have no strategies of their own."""

    type: Literal["auto", "static"]
    static: StaticChunkingIn | None = None

    @model_validator(mode="after")
    def static_has_sizes(self) -> Self:
        if self.type == "static" and self.static is None:
            raise ValueError('send `static` with the type "static"')
        return self

    def settings(self) -> CollectionSettings:
        if self.type == "auto" or self.static is None:
            return CollectionSettings()
        return CollectionSettings(self.static.max_chunk_size_tokens, self.static.chunk_overlap_tokens)


class StoreSaidIn(CompatibleBody):
    """What a client may say of a store."""

    name: StoreName | None = None
    description: Annotated[Text, Field(max_length=2000)] | None = None
    metadata: StoreMetadata | None = None
    expires_after: Any = Field(None, description="Refused: stores do not expire.")

    def said(self) -> VectorStoreChanges:
        """Raises InvalidRequest if the store should expire."""
        if self.expires_after is not None:
            message = "Vector stores do not expire: leave `expires_after` out, and delete the store when it is done."
            raise InvalidRequest(message, param="expires_after", code=UNSUPPORTED)
        return VectorStoreChanges(self.name, self.description, self.metadata)


class VectorStoreIn(StoreSaidIn):
    file_ids: FileIds = []
    chunking_strategy: ChunkingStrategyIn | None = None

    model_config = {"json_schema_extra": {"examples": [{"name": "Handbooks", "metadata": {"team": "support"}}]}}


class VectorStoreChangesIn(StoreSaidIn):
    model_config = {"json_schema_extra": {"examples": [{"name": "Handbooks of 2026"}]}}


class FileCountsOut(ResponseBody):
    in_progress: int
    completed: int
    failed: int
    cancelled: int
    total: int


def file_counts(counts: Mapping[DocumentStatus, int]) -> FileCountsOut:
    return FileCountsOut(
        in_progress=sum(counts.get(one, 0) for one in UNFINISHED_DOCUMENT),
        completed=counts.get(DocumentStatus.READY, 0),
        failed=counts.get(DocumentStatus.FAILED, 0),
        cancelled=counts.get(DocumentStatus.CANCELLED, 0),
        total=sum(counts.values()),
    )


class VectorStoreOut(ResponseBody):
    id: str
    object: Literal["vector_store"] = "vector_store"
    created_at: UnixSeconds
    last_active_at: UnixSeconds
    name: str
    description: str | None
    collection: str = Field(description="The collection that the store is: say it as `collections` elsewhere.")
    usage_bytes: int
    metadata: dict[str, str]
    expires_after: None = None
    expires_at: None = None
    counts: Mapping[DocumentStatus, int] = Field(exclude=True)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def file_counts(self) -> FileCountsOut:
        return file_counts(self.counts)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def status(self) -> Literal["in_progress", "completed"]:
        return "in_progress" if self.file_counts.in_progress else "completed"


class VectorStoreDeletedOut(ResponseBody):
    id: str
    object: Literal["vector_store.deleted"] = "vector_store.deleted"
    deleted: Literal[True] = True


class RankingOptionsIn(CompatibleBody):
    ranker: Text = Field("auto", max_length=50, description="`none`: not reranked.")
    score_threshold: float = Field(0.0, ge=0, le=1)


SearchText = Annotated[QuestionText, Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)]


class VectorStoreSearchIn(CompatibleBody):
    query: SearchText | Annotated[list[SearchText], Field(min_length=1, max_length=5)]
    max_num_results: int = Field(10, ge=1, le=50)
    filters: dict[str, Any] | None = Field(None, description='{"type": "eq", "key": "year", "value": 2026}')
    ranking_options: RankingOptionsIn | None = None
    rewrite_query: bool | None = Field(None, description="Queries are searched as they are.")

    model_config = {"json_schema_extra": {"examples": [{"query": "When does the museum open?"}]}}


class TextContentOut(ResponseBody):
    type: Literal["text"] = "text"
    text: str


class FoundPassageOut(PassageOut):
    """A passage, in the form of a search result."""

    file_id: str
    attributes: dict[str, Any]
    content: list[TextContentOut]


def found_passage(found: FoundPassage) -> FoundPassageOut:
    passage = PassageOut.model_validate(found.passage)
    return FoundPassageOut(
        **passage.model_dump(),
        file_id=found.file_id,
        attributes=found.attributes,
        content=[TextContentOut(text=passage.text)],
    )


class VectorStoreSearchOut(ResponseBody):
    object: Literal["vector_store.search_results.page"] = "vector_store.search_results.page"
    search_query: list[str]
    data: list[FoundPassageOut]
    has_more: Literal[False] = False
    next_page: None = None
