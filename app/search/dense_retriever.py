"""The dense leg: the nearest passages by cosine in one embedder's space, restricted if need be."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt

from app.embeddings.base import Embedder, Vectors
from app.index.index_cache import IndexCache

OVERFETCH = 4  # times as many again when a restriction dropped hits
FEW = 5000  # allowed chunks: their vectors are read and compared without the index
QUERIES_REMEMBERED = 512  # embedded questions, a few hundred numbers each

Ids = npt.NDArray[np.int64]


class DenseLeg:
    """An embedder and the indexes that hold its vectors. Thread-safe."""

    def __init__(self, embedder: Embedder, indexes: IndexCache) -> None:
        self.fingerprint = embedder.fingerprint
        self.similarity_floor = embedder.similarity_floor
        self._embedder = embedder
        self.indexes = indexes
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()  # by question, the last asked at the end
        self._lock = Lock()  # of _remembered; not held while a question is embedded

    def best(self, tenant_id: str, vector: Vectors, wanted: int, allowed: Ids | None) -> dict[int, float]:
        """Cosines of at most `wanted` chunks by id, best first, of those `allowed` (ascending) if given."""
        index = self.indexes.for_tenant(tenant_id)
        if allowed is None:
            return dict(index.search(vector, wanted))
        if len(allowed) <= FEW:
            cosines = self.cosines(tenant_id, vector, allowed.tolist())
            return dict(sorted(cosines.items(), key=lambda item: (-item[1], item[0]))[:wanted])
        permitted, fetched = set(allowed.tolist()), wanted
        hits = dict(index.search(vector, fetched))
        while len(hits.keys() & permitted) < wanted and len(hits) >= fetched:
            fetched *= OVERFETCH
            hits = dict(index.search(vector, fetched))
        best = sorted(hits.keys() & permitted, key=lambda i: (-hits[i], i))[:wanted]
        return {i: hits[i] for i in best}

    def cosines(self, tenant_id: str, vector: Vectors, ids: Sequence[int]) -> dict[int, float]:
        """Of these chunks, as far as they have a vector."""
        found, vectors = self._vectors_at(tenant_id, ids)
        return dict(zip(found.tolist(), (vectors @ vector).tolist(), strict=True)) if len(found) else {}

    def vectors(self, tenant_id: str, ids: Sequence[int]) -> dict[int, Vectors]:
        """(dimension,) of these chunks, as far as they have one."""
        found, vectors = self._vectors_at(tenant_id, ids)
        return dict(zip(found.tolist(), vectors, strict=True))

    def _vectors_at(self, tenant_id: str, ids: Sequence[int]) -> tuple[Ids, Vectors]:
        with self.indexes.open_feed(tenant_id, False) as feed:
            return feed.vectors_at(np.array(ids, np.int64), self.fingerprint)

    def embed(self, query: str) -> Vectors:
        """(dimension,) of a question. The last QUERIES_REMEMBERED ones are remembered."""
        with self._lock:
            vector = self._remembered.pop(query, None)
            if vector is not None:
                self._remembered[query] = vector
                return vector
        vector = np.asarray(self._embedder.embed_queries([query])[0], np.float32)
        with self._lock:
            self._remembered[query] = vector
            while len(self._remembered) > QUERIES_REMEMBERED:
                self._remembered.popitem(last=False)
        return vector
