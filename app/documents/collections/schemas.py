"""Request and response bodies of collections."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.documents.schemas import AccessIn, AccessOut
from app.domain.documents import CollectionSettings
from app.http.schemas import RequestBody, ResponseBody


class CollectionIn(RequestBody):
    """Settings that are left out or null have the default of the service."""

    chunk_tokens: int | None = Field(None, ge=32, le=480, description="Size of a chunk.")
    chunk_overlap_tokens: int | None = Field(
        None, ge=0, le=200, description="Tokens that two neighbouring chunks share."
    )
    section_tokens: int | None = Field(
        None, ge=0, le=4000, description="Size of the section around a chunk that the model gets."
    )
    keep_versions: int | None = Field(None, ge=0, le=1000, description="Former versions to keep of each document.")
    access: AccessIn | None = Field(
        None, description="Who sees the collection with all its documents; left out: as before, everybody if it is new."
    )

    model_config = {
        "json_schema_extra": {"examples": [{"chunk_tokens": 120, "keep_versions": 2, "access": {"groups": ["staff"]}}]}
    }

    def settings(self) -> CollectionSettings:
        return CollectionSettings(**self.model_dump(exclude={"access"}))


class ChunkingOut(ResponseBody):
    tokens: int
    overlap_tokens: int
    section_tokens: int
    fingerprint: str = Field(
        description="Identifies the settings that decide the chunks. Chunks of another fingerprint are made again."
    )


class CollectionOut(ResponseBody):
    name: str
    object: Literal["collection"] = "collection"
    documents: int
    outdated: int = Field(
        description="Documents with text of another version of the parser, chunks of other settings or vectors of "
        "another embedding model. They are made again in the background."
    )
    chunk_tokens: int | None
    chunk_overlap_tokens: int | None
    section_tokens: int | None
    keep_versions: int | None
    access: AccessOut = Field(description="Who sees the collection; its documents may have narrower lists.")
    chunking: ChunkingOut = Field(description="The chunking in force.")


class CollectionReparseOut(ResponseBody):
    name: str
    object: Literal["collection_reparse"] = "collection_reparse"
    documents: int = Field(description="Documents that are read again.")


class ComingModelOut(ResponseBody):
    model: str
    documents: int = Field(description="Documents that are live.")
    ready: int = Field(description="Those with chunks and vectors for the new model.")


class EmbeddingsOut(ResponseBody):
    model: str | None = Field(description="The model that searches use; null before the first document.")
    coming: ComingModelOut | None = Field(
        description="Another model, while documents get its vectors beside those in use. Searches change to it at once "
        "when all documents are ready. Null if there is none."
    )


class CollectionsOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[CollectionOut]
    total: int = Field(description="Collections on all pages.")
    has_more: bool
    next_cursor: str | None = Field(description="`after` of the next page; null on the last one.")
    embeddings: EmbeddingsOut
