"""Finding passages: filter, dense beside lexical, fuse, rerank, diversify; joined with what is live."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from app.encoders.embedder import Embedder, Vectors
from app.encoders.reranker import Reranker
from app.errors import InvalidRequest, NotFound
from app.index.open_indexes import Indexes
from app.retrieval.confidence import confidence
from app.retrieval.diversity import diversified
from app.retrieval.fusion import fuse, relatedness
from app.retrieval.passage import Passage
from app.retrieval.sections import widened
from app.store.filters import Filter, fields_of
from app.store.fulltext import LexicalScores, Scoring
from app.store.session import Database
from app.store.tenant_store import TenantStore

Mode = Literal["hybrid", "dense", "lexical"]
CANDIDATES = 50  # of each leg, at least; more when the caller wants more
LEXICAL_THREADS = 4
OVERFETCH = 4  # times as many again when a restriction dropped hits
FEW = 5000  # allowed chunks: their vectors are read and compared without the index
RERANKED = 20  # best candidates that a reranker reads
QUERIES_REMEMBERED = 512  # embedded questions, a few hundred numbers each

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Restriction:
    """Where to look: collections (any of them) and a filter on document metadata. Applied before ranking."""

    collections: tuple[str, ...] = ()
    filters: Filter | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """How to rank. `diversity` 0 to 1: how much a passage loses for repeating a better one."""

    mode: Mode = "hybrid"
    scoring: Scoring = "bm25"  # of the lexical leg
    diversity: float = 0.0
    rerank: bool = True  # if there is a reranker


@dataclass(frozen=True, slots=True)
class Retrieval:
    passages: list[Passage]  # best first
    confidence: float  # 0 to 1: do they hold an answer?
    timings: dict[str, float]  # embed_s, retrieve_s


@dataclass(frozen=True, slots=True)
class Candidates:
    """What both legs found for one question: every id has both scores, whichever leg found it."""

    dense: Mapping[int, float]  # cosine
    lexical: Mapping[int, float]  # 0 to 1


class Retriever:
    """Searches one tenant's live chunks. Sync and thread-safe; no transaction outlives a call."""

    def __init__(self, db: Database, indexes: Indexes, embedder: Embedder, reranker: Reranker | None = None) -> None:
        self._db = db
        self._indexes = indexes
        self._embedder = embedder
        self._reranker = reranker
        self._beside = ThreadPoolExecutor(LEXICAL_THREADS, "lexical")  # postings are read while the query is embedded
        self._embedded = lru_cache(QUERIES_REMEMBERED)(self._embed)

    def search(
        self,
        tenant_id: str,
        query: str,
        *,
        k: int,
        mode: Mode | None = None,
        restriction: Restriction | None = None,
        ranking: Ranking | None = None,
        original: str | None = None,
        sections: bool = False,
    ) -> Retrieval:
        """The best `k` passages. `original`: the question before it was rewritten; it keeps half the vote.

        With `sections` each passage is widened to the section around it. Raises NotFound for an unknown collection,
        InvalidRequest for a filter on a field that no document has.
        """
        ranking = ranking or Ranking(mode or "hybrid")
        started = time.perf_counter()
        allowed = self._allowed(tenant_id, restriction or Restriction())
        questions = [query] if original in {None, query} else [query, str(original)]
        wanted = max(CANDIDATES, 2 * k)
        legs = [self._beside.submit(self._lexical, tenant_id, question, ranking.scoring) for question in questions]
        vectors = [self._embedded(question) for question in questions]  # (dimension,) each
        embedded = time.perf_counter()
        found = [
            self._candidates(tenant_id, vector, leg.result(), wanted, allowed, ranking.mode)
            for vector, leg in zip(vectors, legs, strict=True)
        ]
        scores = _merged([self._scores(one, ranking.mode) for one in found])
        order = sorted(scores, key=lambda i: (-scores[i], i))[: max(wanted, RERANKED)]
        with self._db.read_tenant(tenant_id) as store:
            live = store.chunks.live(order)
        passages = [
            Passage(live[i], max(0.0, min(1.0, scores[i])), found[0].dense.get(i), found[0].lexical.get(i))
            for i in order
            if i in live
        ]
        if self._reranker is not None and ranking.rerank:
            passages = _reranked(self._reranker, query, passages)
        if ranking.diversity:
            passages = self._diversified(tenant_id, passages, k, ranking.diversity)
        passages = passages[:k]
        sure = confidence(query, passages, self._embedder.unrelated_cosine)
        if sections:
            with self._db.read_tenant(tenant_id) as store:
                passages = widened(passages, store.chunks.sections([passage.live.chunk.id for passage in passages]))
        timings = {"embed_s": embedded - started, "retrieve_s": time.perf_counter() - embedded}
        return Retrieval(passages, sure, timings)

    def _embed(self, query: str) -> Vectors:
        return np.asarray(self._embedder.embed_queries([query])[0], np.float32)

    def _allowed(self, tenant_id: str, restriction: Restriction) -> Ids | None:
        """Ids of the live chunks that may be found, ascending; None for all."""
        if not restriction.collections and restriction.filters is None:
            return None
        with self._db.read_tenant(tenant_id) as store:
            _check_collections(store, restriction.collections)
            if restriction.filters is not None:
                _check_fields(store, restriction.filters)
            return store.chunks.live_ids(collections=restriction.collections or None, filters=restriction.filters)

    def _lexical(self, tenant_id: str, query: str, scoring: Scoring) -> LexicalScores:
        with self._db.read_tenant(tenant_id) as store:
            return store.chunks.lexical(query, scoring)

    def _candidates(
        self, tenant_id: str, vector: Vectors, lexical: LexicalScores, wanted: int, allowed: Ids | None, mode: Mode
    ) -> Candidates:
        """The best of both legs, each then scored for what only the other one found."""
        dense = self._dense(tenant_id, vector, wanted, allowed) if mode != "lexical" else {}
        words = lexical.best(wanted, allowed) if mode != "dense" else {}
        missing = sorted(words.keys() - dense.keys())
        if missing:
            dense = {**dense, **self._cosines(tenant_id, vector, missing)}
        ids = sorted(dense.keys() | words.keys())
        return Candidates(dense, lexical.of(ids))

    def _dense(self, tenant_id: str, vector: Vectors, wanted: int, allowed: Ids | None) -> dict[int, float]:
        index = self._indexes.for_tenant(tenant_id)
        if allowed is None:
            return dict(index.search(vector, wanted))
        if len(allowed) <= FEW:
            cosines = self._cosines(tenant_id, vector, allowed.tolist())
            return dict(sorted(cosines.items(), key=lambda item: (-item[1], item[0]))[:wanted])
        permitted, fetched = set(allowed.tolist()), wanted
        hits = dict(index.search(vector, fetched))
        while len(hits.keys() & permitted) < wanted and len(hits) >= fetched:
            fetched *= OVERFETCH
            hits = dict(index.search(vector, fetched))
        best = sorted(hits.keys() & permitted, key=lambda i: (-hits[i], i))[:wanted]
        return {i: hits[i] for i in best}

    def _cosines(self, tenant_id: str, vector: Vectors, ids: Sequence[int]) -> dict[int, float]:
        with self._db.read_tenant(tenant_id) as store:
            found, vectors = store.changes.vectors_at(np.array(ids, np.int64), self._embedder.fingerprint)
        if not len(found):
            return {}
        return dict(zip(found.tolist(), (vectors @ vector).tolist(), strict=True))

    def _scores(self, found: Candidates, mode: Mode) -> dict[int, float]:
        floor = self._embedder.unrelated_cosine
        match mode:
            case "dense":
                return {i: relatedness(cosine, floor) for i, cosine in found.dense.items()}
            case "lexical":
                return dict(found.lexical)
            case "hybrid":
                return fuse(found.dense, found.lexical, floor)

    def _diversified(self, tenant_id: str, passages: list[Passage], k: int, diversity: float) -> list[Passage]:
        by_id = {passage.live.chunk.id: passage for passage in passages}
        with self._db.read_tenant(tenant_id) as store:
            ids, vectors = store.changes.vectors_at(np.array(list(by_id)), self._embedder.fingerprint)
        chosen = diversified(
            list(by_id),
            {i: passage.score for i, passage in by_id.items()},
            dict(zip(ids.tolist(), vectors, strict=True)),
            k=k,
            diversity=diversity,
            unrelated_cosine=self._embedder.unrelated_cosine,
        )
        return [by_id[i] for i in chosen]


def _merged(scores: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """The mean over the questions; what one question did not find counts as its worst find there."""
    if len(scores) == 1:
        return dict(scores[0])
    least = [min(one.values(), default=0.0) for one in scores]
    ids = {i for one in scores for i in one}
    return {i: sum(one.get(i, low) for one, low in zip(scores, least, strict=True)) / len(scores) for i in ids}


def _reranked(reranker: Reranker, query: str, passages: Sequence[Passage]) -> list[Passage]:
    """The first few in the reranker's order, with its scores; the others follow as they were."""
    first, others = passages[:RERANKED], passages[RERANKED:]
    texts = [f"{passage.live.chunk.heading}\n{passage.live.chunk.text}".strip() for passage in first]
    scores = reranker.score(query, texts)
    order = sorted(range(len(first)), key=lambda i: (-scores[i], i))
    head = [Passage(first[i].live, float(scores[i]), first[i].dense, first[i].lexical) for i in order]
    least = head[-1].score if head else 1.0
    return head + [Passage(one.live, min(one.score, least), one.dense, one.lexical) for one in others]


def _check_collections(store: TenantStore, names: Sequence[str]) -> None:
    known = set(store.documents.collections()) if names else set()
    for name in names:
        if name not in known:
            raise NotFound(f"There is no collection {name!r}.", param="collections")


def _check_fields(store: TenantStore, filters: Filter) -> None:
    for name in dict.fromkeys(fields_of(filters)):
        if not store.documents.has_metadata(name):
            raise InvalidRequest(f"No document has the metadata field {name!r}; check its spelling.", param="filters")
