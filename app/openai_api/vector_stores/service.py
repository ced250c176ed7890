"""The rules about vector stores. A vector store is a collection: what is in the one is in the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.documents.access import check_access
from app.domain.documents import CollectionSettings
from app.domain.files import IdPage, IdWindow
from app.domain.passages import Passage
from app.domain.vector_stores import VectorStore, VectorStoreChanges
from app.search.filters import Restriction
from app.search.profile import HYBRID
from app.search.service import SearchService
from app.storage.blobs.base import BlobStore
from app.storage.database import Database
from app.storage.sql.filters import Filter
from app.storage.sql.tenant_store import TenantStore
from app.text.normal_form import addressable_name, shortened_name, shown_name

Fill = Callable[[TenantStore, str], object]  # of the new store's id
UNNAMED = "vector store"
MOST_NAME_CHARS = 190  # of a collection; a number may follow


@dataclass(frozen=True, slots=True)
class StoreSearch:
    """What is searched for in a store."""

    queries: Sequence[str]
    filters: Filter | None = None
    most: int = 10  # passages
    rerank: bool = True
    least_score: float = 0.0


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage with the file that it is of."""

    passage: Passage
    file_id: str
    attributes: dict[str, Any]


class VectorStoreService:
    """Makes, lists, changes, searches and deletes the vector stores of all tenants."""

    def __init__(self, db: Database, blobs: BlobStore, search: SearchService) -> None:
        self._db = db
        self._blobs = blobs
        self._search = search

    def create(
        self, tenant_id: str, said: VectorStoreChanges, settings: CollectionSettings, fill: Fill | None = None
    ) -> VectorStore:
        """Make a collection of the store's name; if there is one of that name already, with a number behind it.

        `fill` puts files into it; if it raises, there is no store. Raises Forbidden if the caller may not use a
        collection of that name.
        """
        wanted = _collection_name(said.name or "")
        with self._db.write_tenant(tenant_id) as store:
            name = store.vector_stores.free_name(wanted)
            check_access(store, name)
            made = store.vector_stores.create(name, said, settings)
            if fill is None:
                return made
            fill(store, made.id)
            return store.vector_stores.get(made.id)

    def list(self, tenant_id: str, window: IdWindow) -> IdPage[VectorStore]:
        with self._db.read_tenant(tenant_id) as store:
            return store.vector_stores.window(window)

    def get(self, tenant_id: str, store_id: str) -> VectorStore:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.vector_stores.get(store_id)

    def change(self, tenant_id: str, store_id: str, said: VectorStoreChanges) -> VectorStore:
        """Change what a client says of the store; its collection keeps its name. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            return store.vector_stores.change(store_id, said)

    def delete(self, tenant_id: str, store_id: str) -> None:
        """Delete the collection with its documents; files that clients uploaded stay. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            blobs = store.vector_stores.delete(store_id)
        for blob in blobs:
            self._blobs.delete(blob)

    def collections(self, tenant_id: str, store_ids: Sequence[str]) -> Sequence[str]:
        """The names of the stores' collections. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return [store.vector_stores.collection_of(one) for one in store_ids]

    def search(self, tenant_id: str, store_id: str, wanted: StoreSearch) -> Sequence[FoundPassage]:
        """The best passages for any of the queries, best first. Raises NotFound, and InvalidRequest for a filter."""
        where = Restriction((self.collections(tenant_id, [store_id])[0],), wanted.filters)
        profile = replace(HYBRID, rerank=wanted.rerank)
        best: dict[str, Passage] = {}
        for query in wanted.queries:
            for one in self._search.search(tenant_id, query, k=wanted.most, profile=profile, restriction=where):
                known = best.get(one.chunk_id)
                best[one.chunk_id] = one if known is None or one.score > known.score else known
        ranked = sorted(best.values(), key=lambda one: one.score, reverse=True)
        return self.with_files(tenant_id, [one for one in ranked if one.score >= wanted.least_score][: wanted.most])

    def with_files(self, tenant_id: str, passages: Sequence[Passage]) -> Sequence[FoundPassage]:
        """The passages whose documents are still there, each with the file that its document is of."""
        with self._db.read_tenant(tenant_id) as store:
            documents = store.vector_store_files.of_documents(one.document_id for one in passages)
        here = ((one, documents[one.document_id]) for one in passages if one.document_id in documents)
        return [FoundPassage(one, document.public_id, document.metadata) for one, document in here]


def _collection_name(name: str) -> str:
    """What the collection of a store of that name is called: UNNAMED if no collection can be called so."""
    try:
        return addressable_name(shortened_name(shown_name(name), MOST_NAME_CHARS))
    except ValueError:
        return UNNAMED
