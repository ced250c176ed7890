"""Request and response bodies of collections."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.http.schemas import RequestBody, ResponseBody


class CollectionIn(RequestBody):
    """What is left out, or null, is as the service is set."""

    chunk_tokens: int | None = Field(None, ge=32, le=480, description="Size of a chunk.")
    chunk_overlap_tokens: int | None = Field(None, ge=0, le=200, description="What neighbours share.")
    section_tokens: int | None = Field(None, ge=0, le=4000, description="What the model is given around a found chunk.")
    keep_versions: int | None = Field(None, ge=0, le=1000, description="Former versions kept of each document.")

    model_config = {"json_schema_extra": {"examples": [{"chunk_tokens": 120, "keep_versions": 2}]}}


class ChunkingOut(ResponseBody):
    tokens: int
    overlap_tokens: int
    section_tokens: int
    fingerprint: str = Field(description="Names what decides the chunks; those of another are made again.")


class CollectionOut(ResponseBody):
    name: str
    object: Literal["collection"] = "collection"
    documents: int
    outdated: int = Field(
        description="Documents whose chunks are of other settings, or of another embedding model; they are made anew."
    )
    chunk_tokens: int | None
    chunk_overlap_tokens: int | None
    section_tokens: int | None
    keep_versions: int | None
    chunking: ChunkingOut = Field(description="What is in force.")


class ComingModelOut(ResponseBody):
    model: str
    documents: int = Field(description="That can be found.")
    ready: int = Field(description="Of them, those with chunks and vectors as the new model needs them.")


class EmbeddingsOut(ResponseBody):
    model: str | None = Field(description="That your questions and passages are compared by; null before any document.")
    coming: ComingModelOut | None = Field(
        description="Another model, while documents get its vectors beside those in use: searches change over to it at "
        "once when all are ready. Null: there is none."
    )


class CollectionsOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[CollectionOut]
    embeddings: EmbeddingsOut
