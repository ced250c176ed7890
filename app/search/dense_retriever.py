"""Dense retrieval: the passages nearest to a question by cosine, in the vectors of one embedder."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

import numpy as np

from app.embeddings.base import Embedder, Vectors
from app.errors import InvalidRequest
from app.index.base import Ids
from app.index.vector_search import VectorSearch
from app.search.profile import VectorSpace
from app.storage.database import Database
from app.storage.sql.repositories.embeddings import EmbeddingModels

QUERY_CACHE_SIZE = 512  # embedded questions, a few hundred numbers each
RELEASE_INTERVAL_S = 60.0


class DenseRetriever:
    """An embedder and the indexes of its vectors. Thread-safe."""

    def __init__(self, embedder: Embedder, indexes: VectorSearch) -> None:
        self.fingerprint = embedder.fingerprint
        self.similarity_floor = embedder.similarity_floor
        self._embedder = embedder
        self.indexes = indexes
        self._query_cache: OrderedDict[str, Vectors] = OrderedDict()  # by question, the most recent last
        self._lock = Lock()  # guards _query_cache; not held while a question is embedded

    def best(self, tenant_id: str, vector: Vectors, k: int, allowed: Ids | None) -> dict[int, float]:
        """Cosines of the `k` nearest chunks by id, best first; only of `allowed` (ascending) if it is given."""
        return dict(self.indexes.best(tenant_id, vector, k, allowed))

    def cosines(self, tenant_id: str, vector: Vectors, ids: Sequence[int]) -> dict[int, float]:
        """Cosines of these chunks by id; chunks without a vector are left out."""
        found, vectors = self.indexes.vectors_at(tenant_id, ids)
        return dict(zip(found.tolist(), (vectors @ vector).tolist(), strict=True)) if len(found) else {}

    def vectors(self, tenant_id: str, ids: Sequence[int]) -> dict[int, Vectors]:
        """Vectors (dimension,) of these chunks by id; chunks without a vector are left out."""
        found, vectors = self.indexes.vectors_at(tenant_id, ids)
        return dict(zip(found.tolist(), vectors, strict=True))

    def embed(self, query: str) -> Vectors:
        """Embed a question as a vector (dimension,). The last QUERY_CACHE_SIZE questions are cached."""
        with self._lock:
            vector = self._query_cache.pop(query, None)
            if vector is not None:
                self._query_cache[query] = vector
                return vector
        vector = np.asarray(self._embedder.embed_queries([query])[0], np.float32)
        with self._lock:
            self._query_cache[query] = vector
            while len(self._query_cache) > QUERY_CACHE_SIZE:
                self._query_cache.popitem(last=False)
        return vector


class DenseRetrievers:
    """The dense retriever of each tenant: by its embedding model, or by word vectors. Thread-safe."""

    def __init__(
        self,
        db: Database,
        current: DenseRetriever,
        previous: Mapping[str, DenseRetriever] | None = None,
        open_word_vectors: Callable[[], DenseRetriever | None] = lambda: None,
    ) -> None:
        """`previous` are by fingerprint: tenants use them until the current embedding model has all their vectors.

        `open_word_vectors` opens what searches static word vectors, if the service has any. It is called once, at
        their first use: few tenants use them, and they take a second and tens of megabytes.
        """
        self._db = db
        self._current = current
        self._previous = dict(previous or {})
        self._open_word_vectors = open_word_vectors
        self._word_vectors: DenseRetriever | None = None
        self._word_vectors_opened = False
        self._opening = Lock()
        self._released_at = time.monotonic()

    def get(self, tenant_id: str, space: VectorSpace) -> DenseRetriever:
        """Raises InvalidRequest for word vectors if the service has none."""
        if space == "word_vectors":
            return self.word_vectors()
        if not self._previous:
            return self._current
        with self._db.read_tenant(tenant_id) as store:
            fingerprint = store.embeddings.fingerprint()
        self._release_unused()
        return self._previous.get(fingerprint or "", self._current)

    def word_vectors(self) -> DenseRetriever:
        """Raises InvalidRequest if the service has no word vectors."""
        with self._opening:
            if not self._word_vectors_opened:
                self._word_vectors = self._open_word_vectors()
                self._word_vectors_opened = True
        if self._word_vectors is None:
            raise InvalidRequest(
                "This service has no word vectors: its embedding model holds none that can be read. Its operator can "
                "name some in LORACLE_WORD_VECTORS.",
                code="no_word_vectors",
            )
        return self._word_vectors

    def all(self) -> list[DenseRetriever]:
        """The current retriever first, then the previous ones, then word vectors if they are in use."""
        word_vectors = [] if self._word_vectors is None else [self._word_vectors]
        return [self._current, *self._previous.values(), *word_vectors]

    def _release_unused(self) -> None:
        """Release the previous models that no tenant uses any more."""
        if time.monotonic() - self._released_at < RELEASE_INTERVAL_S:
            return
        self._released_at = time.monotonic()
        with self._db.read() as session:
            in_use = EmbeddingModels(session).in_use()
        self._previous = {name: retriever for name, retriever in self._previous.items() if name in in_use}
