"""Collections: how their documents are split, how many former versions are kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from app.bootstrap.runtime import Runtime
from app.documents.ingestion.chunking import ChunkSettings, ingestion_fingerprint
from app.documents.uploads import checked_text
from app.domain.documents import CollectionSettings
from app.errors import InvalidRequest, NotFound
from app.http.dependencies import Reader, RuntimeDep, Writer
from app.http.errors import responses
from app.http.schemas import RequestBody
from app.storage.sql.tenant_store import TenantStore

router = APIRouter(prefix="/api/v1/collections", tags=["documents"])
MOST_OVERLAP = 0.5  # of a chunk
Name = Annotated[str, Path(min_length=1, max_length=200, description="The collection's name.")]


class CollectionIn(RequestBody):
    """What is left out, or null, is as the service is set."""

    chunk_tokens: int | None = Field(None, ge=32, le=480, description="Size of a chunk.")
    chunk_overlap_tokens: int | None = Field(None, ge=0, le=200, description="What neighbours share.")
    section_tokens: int | None = Field(None, ge=0, le=4000, description="What the model is given around a found chunk.")
    keep_versions: int | None = Field(None, ge=0, le=1000, description="Former versions kept of each document.")

    model_config = {"json_schema_extra": {"examples": [{"chunk_tokens": 120, "keep_versions": 2}]}}


class ChunkingOut(BaseModel):
    tokens: int
    overlap_tokens: int
    section_tokens: int
    fingerprint: str = Field(description="Names what decides the chunks; those of another are made again.")


class CollectionOut(BaseModel):
    name: str
    object: Literal["collection"]
    documents: int
    outdated: int = Field(
        description="Documents whose chunks are of other settings, or of another embedding model; they are made anew."
    )
    chunk_tokens: int | None
    chunk_overlap_tokens: int | None
    section_tokens: int | None
    keep_versions: int | None
    chunking: ChunkingOut = Field(description="What is in force.")


class ComingModelOut(BaseModel):
    model: str
    documents: int = Field(description="That can be found.")
    ready: int = Field(description="Of them, those with chunks and vectors as the new model needs them.")


class EmbeddingsOut(BaseModel):
    model: str | None = Field(description="That your questions and passages are compared by; null before any document.")
    coming: ComingModelOut | None = Field(
        description="Another model, while documents get its vectors beside those in use: searches change over to it at "
        "once when all are ready. Null: there is none."
    )


class CollectionsOut(BaseModel):
    object: Literal["list"] = "list"
    data: list[CollectionOut]
    embeddings: EmbeddingsOut


@router.get("", response_model=CollectionsOut, summary="List collections", responses=responses())
def list_collections(principal: Reader, runtime: RuntimeDep) -> dict[str, Any]:
    """All of them, by name: those with documents and those with settings."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        names = store.collections.names()
        data = [_body(runtime, store, name, count) for name, count in names.items()]
        embeddings = _embeddings(runtime, store, sum(one["outdated"] for one in data))
    return {"object": "list", "data": data, "embeddings": embeddings}


@router.get("/{name}", response_model=CollectionOut, summary="Get a collection", responses=responses(404))
def get_collection(principal: Reader, runtime: RuntimeDep, name: Name) -> dict[str, Any]:
    """Its settings, and how many documents are still to be made anew by them."""
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        names = store.collections.names()
        if name not in names:
            raise NotFound("No such collection.")
        return _body(runtime, store, name, names[name])


@router.put("/{name}", response_model=CollectionOut, summary="Set a collection up", responses=responses(400, 507))
def set_collection(principal: Writer, runtime: RuntimeDep, name: Name, body: CollectionIn) -> dict[str, Any]:
    """Replaces its settings. If they change how documents are split, those that are there are split and embedded again
    in the background; each answers from its old chunks until it switches to the new ones at once.
    """
    checked_text("name", name)
    settings = CollectionSettings(**body.model_dump())
    _check(runtime.chunking.of(settings))
    with runtime.storage.db.write_tenant(principal.tenant_id) as store:
        store.collections.set(name, settings)
    runtime.reindexing.reindex(principal.tenant_id, name)
    runtime.reindexing.purge(principal.tenant_id, name)
    with runtime.storage.db.read_tenant(principal.tenant_id) as store:
        return _body(runtime, store, name, store.collections.names()[name])


def _check(chunking: ChunkSettings) -> None:
    if chunking.overlap_tokens > chunking.tokens * MOST_OVERLAP:
        raise InvalidRequest(
            f"chunk_overlap_tokens ({chunking.overlap_tokens}) is at most half of chunk_tokens ({chunking.tokens}).",
            param="chunk_overlap_tokens",
        )


def _embeddings(runtime: Runtime, store: TenantStore, outdated: int) -> dict[str, Any]:
    searched_by = store.embeddings.fingerprint()
    if searched_by in {None, runtime.embedder.fingerprint}:
        return {"model": store.embeddings.model(), "coming": None}
    documents = store.documents.count_live()
    coming = {
        "model": runtime.embedding_model,
        "documents": documents,
        "ready": documents - outdated,
    }
    return {"model": store.embeddings.model(), "coming": coming}


def _body(runtime: Runtime, store: TenantStore, name: str, documents: int) -> dict[str, Any]:
    settings = store.collections.settings(name)
    chunking = runtime.chunking.of(settings)
    return {
        "name": name,
        "object": "collection",
        "documents": documents,
        "outdated": len(store.collections.outdated(name, ingestion_fingerprint(runtime.embedder.fingerprint, chunking))),
        **asdict(settings),
        "chunking": {**asdict(chunking), "fingerprint": chunking.fingerprint},
    }
