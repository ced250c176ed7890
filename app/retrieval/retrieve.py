"""Finding passages: dense beside lexical, fused, joined with what is live."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.encoders.embedder import Embedder, Vectors
from app.errors import NotFound
from app.index.open_indexes import Indexes
from app.retrieval.confidence import confidence
from app.retrieval.fusion import fuse, lexical_weight
from app.retrieval.passage import Passage
from app.retrieval.sections import widened
from app.retrieval.words import content_stems, coverage
from app.store.chunks import Scalar
from app.store.records import LiveChunk
from app.store.session import Database
from app.store.tenant_store import TenantStore

Mode = Literal["hybrid", "dense", "lexical"]
CANDIDATES = 40  # of each leg, at least; more when the caller wants more
LEXICAL_THREADS = 4
OVERFETCH = 4  # times as many again when the join with live rows dropped hits


@dataclass(frozen=True, slots=True)
class Restriction:
    """Where to look: collections (any of them) and metadata equalities (all of them)."""

    collections: tuple[str, ...] = ()
    filters: Mapping[str, Scalar] | None = None


@dataclass(frozen=True, slots=True)
class Retrieval:
    passages: list[Passage]  # best first
    confidence: float  # 0 to 1: do they hold an answer?
    timings: dict[str, float]  # embed_s, retrieve_s


class Retriever:
    """Searches one tenant's live chunks. Sync and thread-safe; no transaction outlives a call."""

    def __init__(self, db: Database, indexes: Indexes, embedder: Embedder) -> None:
        self._db = db
        self._indexes = indexes
        self._embedder = embedder
        self._beside = ThreadPoolExecutor(LEXICAL_THREADS, "lexical")  # SQLite works while the query is embedded

    def search(
        self,
        tenant_id: str,
        query: str,
        *,
        k: int,
        mode: Mode = "hybrid",
        restriction: Restriction | None = None,
        sections: bool = False,
    ) -> Retrieval:
        """The best `k` passages; with `sections` each widened to the section around it.

        Raises NotFound for an unknown collection.
        """
        restriction = restriction or Restriction()
        started = time.perf_counter()
        if restriction.collections:
            with self._db.read_tenant(tenant_id) as store:
                self._check_collections(store, restriction)
        wanted = max(CANDIDATES, 2 * k)
        lexical_leg = self._beside.submit(self._lexical, tenant_id, query, wanted, restriction)
        vector = self._embedder.embed_queries([query])[0]  # (dimension,)
        embedded = time.perf_counter()
        dense = self._dense(tenant_id, vector, wanted, restriction)
        lexical = lexical_leg.result()
        with self._db.read_tenant(tenant_id) as store:
            live = store.chunks.live(
                sorted(dense.keys() | lexical.keys()),
                collections=restriction.collections or None,
                filters=restriction.filters,
            )
        passages = _ranked(query, live, dense, lexical, mode)[:k]
        sure = confidence(query, passages, self._embedder.unrelated_cosine)
        if sections:
            with self._db.read_tenant(tenant_id) as store:
                passages = widened(passages, store.chunks.sections([passage.live.chunk.id for passage in passages]))
        timings = {"embed_s": embedded - started, "retrieve_s": time.perf_counter() - embedded}
        return Retrieval(passages, sure, timings)

    def _lexical(self, tenant_id: str, query: str, wanted: int, restriction: Restriction) -> dict[int, float]:
        with self._db.read_tenant(tenant_id) as store:
            return dict(store.chunks.lexical(query, wanted, collections=restriction.collections or None))

    def _dense(self, tenant_id: str, vector: Vectors, wanted: int, restriction: Restriction) -> dict[int, float]:
        """Candidates of the dense leg; of all chunks if a restriction would leave too few."""
        index = self._indexes.for_tenant(tenant_id)
        hits = dict(index.search(np.asarray(vector, np.float32), wanted))
        if not restriction.collections and not restriction.filters:
            return hits
        with self._db.read_tenant(tenant_id) as store:
            allowed = store.chunks.live_ids(collections=restriction.collections or None, filters=restriction.filters)
        fetched = wanted
        while len(hits.keys() & allowed) < min(wanted, len(allowed)) and len(hits) >= fetched:
            fetched *= OVERFETCH
            hits = dict(index.search(np.asarray(vector, np.float32), fetched))
        best = sorted(hits.keys() & allowed, key=lambda i: hits[i], reverse=True)[:wanted]
        return {i: hits[i] for i in best}

    @staticmethod
    def _check_collections(store: TenantStore, restriction: Restriction) -> None:
        known = set(store.documents.collections())
        for name in restriction.collections:
            if name not in known:
                raise NotFound(f"There is no collection {name!r}.", param="collections")


def _ranked(
    query: str,
    live: Mapping[int, LiveChunk],
    dense: Mapping[int, float],
    lexical: Mapping[int, float],
    mode: Mode,
) -> list[Passage]:
    dense = {i: score for i, score in dense.items() if i in live and mode != "lexical"}
    lexical = {i: score for i, score in lexical.items() if i in live and mode != "dense"}
    weight = {"dense": 0.0, "lexical": 1.0}.get(mode)
    if weight is None:
        weight = lexical_weight(_best_coverage(query, live, list(lexical)))
    scores = fuse(dense, lexical, weight)
    order: Sequence[int] = sorted(scores, key=lambda i: (-scores[i], i))
    return [Passage(live[i], scores[i], dense.get(i), lexical.get(i)) for i in order]


def _best_coverage(query: str, live: Mapping[int, LiveChunk], lexical: list[int]) -> float:
    """How much of the question the lexical leg's first hits cover."""
    wanted = content_stems(query)
    return max((coverage(wanted, live[i].chunk.text) for i in lexical[:3]), default=0.0)
