"""Finding passages: filter, dense beside lexical, fuse, rerank, diversify; joined with what is live."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from app.domain.documents import LiveChunk
from app.embeddings.base import Vectors
from app.embeddings.reranker import Reranker
from app.errors import InvalidRequest, NotFound
from app.search.confidence import confidence
from app.search.dense_retriever import DenseLeg, Ids
from app.search.fusion import fuse, relatedness
from app.search.mmr import diversified
from app.search.parent_context import widened
from app.search.passage import Passage
from app.search.retrievers import DenseLegs, Space
from app.storage.sql.filters import Filter, fields_of
from app.storage.sql.fulltext import LexicalScores, Scoring
from app.storage.sql.tenant_store import TenantStore
from app.storage.sqlite.database import Database

Mode = Literal["hybrid", "dense", "lexical"]
CANDIDATES = 50  # of each leg, at least; more when the caller wants more
LEXICAL_THREADS = 4
RERANKED = 20  # best candidates that a reranker reads


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
    space: Space = "embeddings"  # of the dense leg


@dataclass(frozen=True, slots=True)
class Retrieval:
    passages: list[Passage]  # best first
    confidence: float  # 0 to 1: do they hold an answer?
    timings: dict[str, float]  # embed_s, retrieve_s
    matched: list[Passage]  # the chunks that `passages` were widened from; `confidence` is computed over these


@dataclass(frozen=True, slots=True)
class Candidates:
    """What both legs found for one question: every id has both scores, whichever leg found it."""

    dense: Mapping[int, float]  # cosine
    lexical: Mapping[int, float]  # 0 to 1


class Retriever:
    """Searches one tenant's live chunks. Sync and thread-safe; no transaction outlives a call."""

    def __init__(
        self,
        db: Database,
        legs: DenseLegs,
        reranker: Reranker | None = None,
    ) -> None:
        self._db = db
        self.dense = legs
        self._reranker = reranker
        self._beside = ThreadPoolExecutor(LEXICAL_THREADS, "lexical")  # postings are read while the query is embedded

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
        InvalidRequest for a filter on a field that no document has, or for word vectors where there are none.
        """
        ranking = ranking or Ranking(mode or "hybrid")
        dense = self.dense.of(tenant_id, ranking.space)
        started = time.perf_counter()
        allowed = self._allowed(tenant_id, restriction or Restriction())
        questions = [query] if original in {None, query} else [query, str(original)]
        wanted = max(CANDIDATES, 2 * k)
        legs = [self._beside.submit(self._lexical, tenant_id, question, ranking.scoring) for question in questions]
        vectors = [dense.embed(question) for question in questions]  # (dimension,) each
        embedded = time.perf_counter()
        found = [
            _candidates(dense, tenant_id, vector, leg.result(), wanted, allowed, ranking.mode)
            for vector, leg in zip(vectors, legs, strict=True)
        ]
        scores = _merged([_scores(one, ranking.mode, dense.similarity_floor) for one in found])
        order = sorted(scores, key=lambda i: (-scores[i], i))[: max(wanted, RERANKED)]
        passages = matched = self._passages(
            tenant_id, query, dense, found[0], {i: scores[i] for i in order}, k, ranking
        )
        sure = confidence(query, passages, dense.similarity_floor)
        if sections:
            with self._db.read_tenant(tenant_id) as store:
                passages = widened(passages, store.chunks.sections([passage.live.chunk.id for passage in passages]))
        timings = {"embed_s": embedded - started, "retrieve_s": time.perf_counter() - embedded}
        return Retrieval(passages, sure, timings, matched)

    def _allowed(self, tenant_id: str, restriction: Restriction) -> Ids | None:
        """Ids of the live chunks that may be found, ascending; None for all."""
        if not restriction.collections and restriction.filters is None:
            return None
        with self._db.read_tenant(tenant_id) as store:
            _check_collections(store, restriction.collections)
            if restriction.filters is not None:
                _check_fields(store, restriction.filters)
            return store.chunks.live_ids(collections=restriction.collections or None, filters=restriction.filters)

    def _passages(
        self,
        tenant_id: str,
        query: str,
        dense: DenseLeg,
        found: Candidates,
        scores: Mapping[int, float],
        k: int,
        ranking: Ranking,
    ) -> list[Passage]:
        """The best `k` of `scores`, which has the best first, that are live; reranked and diversified if asked for."""
        reranker = self._reranker if ranking.rerank else None
        read = k if reranker is None and not ranking.diversity else len(scores)
        live = self._live(tenant_id, list(scores), read)
        passages = [
            Passage(live[i], max(0.0, min(1.0, score)), found.dense.get(i), found.lexical.get(i))
            for i, score in scores.items()
            if i in live
        ]
        if reranker is not None:
            passages = _reranked(reranker, query, passages)
        if ranking.diversity:
            passages = _diversified(dense, tenant_id, passages, k, ranking.diversity)
        return passages[:k]

    def _live(self, tenant_id: str, order: Sequence[int], wanted: int) -> dict[int, LiveChunk]:
        """At least the first `wanted` of `order` that may be shown, by id; read in parts, for most are live."""
        found: dict[int, LiveChunk] = {}
        with self._db.read_tenant(tenant_id) as store:
            part = max(1, 2 * wanted)  # `wanted` may be none of none
            for start in range(0, len(order), part):
                found |= store.chunks.live(order[start : start + part])
                if len(found) >= wanted:
                    break
        return found

    def _lexical(self, tenant_id: str, query: str, scoring: Scoring) -> LexicalScores:
        with self._db.read_tenant(tenant_id) as store:
            return store.chunks.lexical(query, scoring)


def _candidates(
    leg: DenseLeg,
    tenant_id: str,
    vector: Vectors,
    lexical: LexicalScores,
    wanted: int,
    allowed: Ids | None,
    mode: Mode,
) -> Candidates:
    """The best of both legs, each then scored for what only the other one found."""
    dense = leg.best(tenant_id, vector, wanted, allowed) if mode != "lexical" else {}
    words = lexical.best(wanted, allowed) if mode != "dense" else {}
    missing = sorted(words.keys() - dense.keys())
    if missing:
        dense = {**dense, **leg.cosines(tenant_id, vector, missing)}
    ids = sorted(dense.keys() | words.keys())
    return Candidates(dense, lexical.of(ids))


def _scores(found: Candidates, mode: Mode, floor: float) -> dict[int, float]:
    match mode:
        case "dense":
            return {i: relatedness(cosine, floor) for i, cosine in found.dense.items()}
        case "lexical":
            return dict(found.lexical)
        case "hybrid":
            return fuse(found.dense, found.lexical, floor)


def _diversified(leg: DenseLeg, tenant_id: str, passages: list[Passage], k: int, diversity: float) -> list[Passage]:
    by_id = {passage.live.chunk.id: passage for passage in passages}
    chosen = diversified(
        list(by_id),
        {i: passage.score for i, passage in by_id.items()},
        leg.vectors(tenant_id, list(by_id)),
        k=k,
        diversity=diversity,
        similarity_floor=leg.similarity_floor,
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
