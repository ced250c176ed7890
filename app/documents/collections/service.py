"""The rules about collections: their settings, and the reindexing that follows a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from app.documents.access import check_access
from app.documents.ingestion.chunking import ChunkSettings
from app.documents.ingestion.reindexing import Reindexing
from app.domain.documents import CollectionSettings
from app.domain.visibility import Access
from app.errors import InvalidRequest, NotFound
from app.storage.database import Database
from app.storage.sql.tenant_store import TenantStore

MAX_OVERLAP = 0.5  # share of a chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection(CollectionSettings):
    """A collection with its own settings and with the chunking that is in force."""

    name: str
    documents: int
    access: Access
    outdated: int  # documents with chunks of other settings, or of another embedding model
    chunking: ChunkSettings


@dataclass(frozen=True, slots=True)
class NextModel:
    """An embedding model whose vectors are not complete yet."""

    model: str
    documents: int  # live ones
    ready: int  # of these, documents with chunks and vectors for the model


@dataclass(frozen=True, slots=True)
class EmbeddingState:
    model: str | None  # that searches use; None before the first document
    coming: NextModel | None


@dataclass(frozen=True, slots=True)
class CollectionList:
    data: list[Collection]
    total: int
    has_more: bool
    next_cursor: str | None
    embeddings: EmbeddingState


class CollectionService:
    """Lists collections and changes their settings."""

    def __init__(self, db: Database, reindexing: Reindexing, embedding_model: str) -> None:
        """`embedding_model` is the name in the settings of the model that `reindexing` changes to."""
        self._db = db
        self._reindexing = reindexing
        self._embedding_model = embedding_model

    def list(self, tenant_id: str, *, q: str | None = None, limit: int, after: str | None = None) -> CollectionList:
        """Collections by name, those with documents and those with settings. `q`: words of the name."""
        with self._db.read_tenant(tenant_id) as store:
            page, counts = store.collections.page(q=q, limit=limit, after=after), store.collections.names()
            found = [self._collection(store, name, counts[name]) for name in page.data]
            return CollectionList(found, page.total, page.has_more, page.next_cursor, self._embeddings(store, counts))

    def get(self, tenant_id: str, name: str) -> Collection:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            names = store.collections.names()
            if name not in names:
                raise NotFound("No such collection.")
            return self._collection(store, name, names[name])

    def set(self, tenant_id: str, name: str, settings: CollectionSettings, access: Access | None = None) -> Collection:
        """Replace the settings, queue the documents that they make outdated, delete versions beyond those to keep.

        Without `access` the access list stays. Raises InvalidRequest if chunks would overlap by more than half or for
        groups that the caller is not in, Forbidden if it may not use the collection.
        """
        _check_overlap(self._reindexing.chunking.for_collection(settings))
        with self._db.write_tenant(tenant_id) as store:
            check_access(store, name, access)
            store.collections.set(name, settings, access)
        self._reindexing.queue_outdated(tenant_id, name)
        self._reindexing.purge(tenant_id, name)
        return self.get(tenant_id, name)

    def _collection(self, store: TenantStore, name: str, documents: int) -> Collection:
        settings = store.collections.settings(name)
        return Collection(
            **asdict(settings),
            name=name,
            documents=documents,
            access=store.collections.access(name),
            outdated=self._reindexing.count_outdated(store, name),
            chunking=self._reindexing.chunking.for_collection(settings),
        )

    def _embeddings(self, store: TenantStore, names: Iterable[str]) -> EmbeddingState:
        if store.embeddings.fingerprint() in {None, self._reindexing.embeddings}:
            return EmbeddingState(store.embeddings.model(), coming=None)
        documents = store.documents.count_live()
        outdated = sum(self._reindexing.count_outdated(store, name) for name in names)
        return EmbeddingState(
            store.embeddings.model(), NextModel(self._embedding_model, documents, documents - outdated)
        )


def _check_overlap(chunking: ChunkSettings) -> None:
    if chunking.overlap_tokens > chunking.tokens * MAX_OVERLAP:
        raise InvalidRequest(
            f"chunk_overlap_tokens ({chunking.overlap_tokens}) is at most half of chunk_tokens ({chunking.tokens}).",
            param="chunk_overlap_tokens",
        )
