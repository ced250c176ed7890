"""HTTP operations on vector stores, as OpenAI's clients call them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from app.domain.documents import CollectionSettings
from app.domain.files import IdPage
from app.domain.vector_stores import VectorStore
from app.http.dependencies import Reader, Writer
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.services import provide
from app.openai_api.lists import ItemList, Window
from app.openai_api.vector_stores.files.service import AttachedFile, VectorStoreFileService
from app.openai_api.vector_stores.filters import read_openai_filter
from app.openai_api.vector_stores.schemas import (
    RankingOptionsIn,
    VectorStoreChangesIn,
    VectorStoreDeletedOut,
    VectorStoreIn,
    VectorStoreOut,
    VectorStoreSearchIn,
    VectorStoreSearchOut,
    found_passage,
)
from app.openai_api.vector_stores.service import StoreSearch, VectorStoreService

router = APIRouter(prefix="/v1/vector_stores", tags=["openai"], route_class=IdempotentRoute)
Stores = Annotated[VectorStoreService, provide(VectorStoreService)]
StoreFiles = Annotated[VectorStoreFileService, provide(VectorStoreFileService)]


@router.post(
    "", response_model=VectorStoreOut, summary="Create a vector store", responses=responses(400, 404, 409, 413, 507)
)
def create_vector_store(principal: Writer, stores: Stores, files: StoreFiles, body: VectorStoreIn) -> VectorStore:
    """Makes a collection of the store's name, and puts files into it if any are named.

    If there is a collection of that name already, the new one has a number behind it: `collection` says its name.
    If a file cannot be put into it, because it is unknown or above a quota, no store is made.
    """
    settings = CollectionSettings() if body.chunking_strategy is None else body.chunking_strategy.settings()
    wanted = [AttachedFile(file_id) for file_id in body.file_ids]
    fill = files.filling(wanted, principal.user) if wanted else None
    return stores.create(principal.tenant_id, body.said(), settings, fill)


@router.get("", response_model=ItemList[VectorStoreOut], summary="List vector stores", responses=responses())
def list_vector_stores(principal: Reader, stores: Stores, window: Window) -> IdPage[VectorStore]:
    """Every collection is a store. Those that were made here come by time, the others after them."""
    return stores.list(principal.tenant_id, window)


@router.get("/{vector_store_id}", response_model=VectorStoreOut, summary="Get a vector store", responses=responses(404))
def get_vector_store(principal: Reader, stores: Stores, vector_store_id: str) -> VectorStore:
    """A store, with the states of its files."""
    return stores.get(principal.tenant_id, vector_store_id)


@router.post(
    "/{vector_store_id}", response_model=VectorStoreOut, summary="Change a vector store", responses=responses(400, 404)
)
def update_vector_store(
    principal: Writer, stores: Stores, vector_store_id: str, body: VectorStoreChangesIn
) -> VectorStore:
    """Name, description and metadata of the store. The name of its collection stays."""
    return stores.change(principal.tenant_id, vector_store_id, body.said())


@router.delete(
    "/{vector_store_id}",
    response_model=VectorStoreDeletedOut,
    summary="Delete a vector store",
    responses=responses(404),
)
def delete_vector_store(principal: Writer, stores: Stores, vector_store_id: str) -> VectorStoreDeletedOut:
    """Deletes the collection with all its documents, wherever they were uploaded. Files of `/v1/files` stay."""
    stores.delete(principal.tenant_id, vector_store_id)
    return VectorStoreDeletedOut(id=vector_store_id)


@router.post(
    "/{vector_store_id}/search",
    response_model=VectorStoreSearchOut,
    summary="Search a vector store",
    responses=responses(400, 404, 413),
)
def search_vector_store(
    principal: Reader, stores: Stores, vector_store_id: str, body: VectorStoreSearchIn
) -> VectorStoreSearchOut:
    """The best passages for a query, or for any of several; each with its place in its document."""
    ranking = body.ranking_options or RankingOptionsIn()
    queries = [body.query] if isinstance(body.query, str) else body.query
    wanted = StoreSearch(
        queries,
        read_openai_filter(body.filters),
        body.max_num_results,
        rerank=ranking.ranker != "none",
        least_score=ranking.score_threshold,
    )
    found = stores.search(principal.tenant_id, vector_store_id, wanted)
    return VectorStoreSearchOut(search_query=queries, data=[found_passage(one) for one in found])
