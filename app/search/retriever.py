"""The retriever: filter, search dense and lexical in parallel, fuse, rerank, diversify, expand to sections."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass

from app.domain.documents import LiveChunk
from app.domain.passages import Passage
from app.embeddings.base import Vectors
from app.embeddings.reranker import Reranker
from app.index.base import Ids
from app.precedence import going_first
from app.search.dense_retriever import DenseRetriever, DenseRetrievers
from app.search.filters import EVERYWHERE, Restriction, checked_documents_of
from app.search.mmr import mmr
from app.search.parent_context import expand
from app.search.profile import HYBRID, SearchProfile
from app.search.scores import (
    LEXICAL_SHARE,
    confidence,
    fuse,
    highest,
    join_wordings,
    lexical_share,
    relatedness,
)
from app.storage.database import Database
from app.storage.sql.fulltext import LexicalScores, Scoring
from app.text.language import detect_language, speaks

CANDIDATES = 50  # least number of candidates that each retriever finds
LEXICAL_THREADS = 4
RERANKED = 20  # best candidates that a reranker reads
PLAIN = SearchProfile(rerank=False)  # for comparing two wordings


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The result of a search."""

    passages: list[Passage]  # best first
    confidence: float  # 0 to 1: probability that they hold an answer
    timings: dict[str, float]  # seconds: embed_s, retrieve_s
    matched: list[Passage]  # the chunks that `passages` were expanded from; `confidence` is computed over these
    wording: str = ""  # of the question and its original, the one that found better


@dataclass(frozen=True, slots=True)
class Candidates:
    """What both retrievers find for one question: every id has both scores, whichever retriever found it."""

    dense: Mapping[int, float]  # cosine
    lexical: Mapping[int, float]  # 0 to 1


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Ids of live chunks (ascending) that a search is over; None for all of the tenant."""

    visible: Ids | None  # that the caller sees: only these count in the frequencies of terms
    allowed: Ids | None  # of these, the ones within the restriction: only these are found


class Retriever:
    """Searches one tenant's live chunks. Sync and thread-safe; no transaction outlives a call."""

    def __init__(self, db: Database, dense: DenseRetrievers, reranker: Reranker | None = None) -> None:
        self._db = db
        self.dense = dense
        self._reranker = reranker
        self._pool = ThreadPoolExecutor(LEXICAL_THREADS, "lexical")  # reads postings while the query is embedded

    def search(
        self,
        tenant_id: str,
        query: str,
        *,
        k: int,
        profile: SearchProfile = HYBRID,
        restriction: Restriction = EVERYWHERE,
        original: str | None = None,
        parent_context: bool = False,
    ) -> Retrieval:
        """Find the best `k` passages. `original` is the question before a rewrite: both wordings are searched.

        The wording whose own passages answer it with more confidence has two thirds of the vote. The confidence of the
        result is that wording's.

        With `parent_context` each passage is expanded to the section around it. Raises NotFound for an unknown
        collection, InvalidRequest for a filter on a field that no document has, or for word vectors where there are
        none.
        """
        with going_first():
            return self._search(tenant_id, query, k, profile, restriction, original, parent_context=parent_context)

    def _search(
        self,
        tenant_id: str,
        query: str,
        k: int,
        profile: SearchProfile,
        restriction: Restriction,
        original: str | None,
        *,
        parent_context: bool,
    ) -> Retrieval:
        dense = self.dense.get(tenant_id, profile.space)
        started = time.perf_counter()
        scope = self._scope(tenant_id, restriction)
        questions = [query] if original in {None, query} else [str(original), query]
        wanted = max(CANDIDATES, 2 * k)
        lexical = [
            self._pool.submit(copy_context().run, self._lexical, tenant_id, question, profile.scoring, scope.visible)
            for question in questions
        ]
        vectors = [dense.embed(question) for question in questions]  # (dimension,) each
        embedded = time.perf_counter()
        found = [
            _candidates(dense, tenant_id, vector, scores.result(), wanted, scope.allowed, profile)
            for vector, scores in zip(vectors, lexical, strict=True)
        ]
        scores = [
            self._scores(tenant_id, question, one, profile, dense.similarity_floor)
            for question, one in zip(questions, found, strict=True)
        ]
        best = self._better_wording(tenant_id, questions, dense, found, scores, k) if len(questions) > 1 else 0
        fused = join_wordings(scores[best], scores[1 - best]) if len(questions) > 1 else scores[0]
        kept = highest(fused, max(wanted, RERANKED))
        matched = self._passages(tenant_id, questions[best], dense, found[best], kept, k, profile)
        probability = confidence(questions[best], matched, dense.similarity_floor)
        passages = self._expanded(tenant_id, matched) if parent_context else matched
        timings = {"embed_s": embedded - started, "retrieve_s": time.perf_counter() - embedded}
        return Retrieval(passages, probability, timings, matched, questions[best])

    def _better_wording(
        self,
        tenant_id: str,
        questions: Sequence[str],
        dense: DenseRetriever,
        found: Sequence[Candidates],
        scores: Sequence[Mapping[int, float]],
        k: int,
    ) -> int:
        """Index of the question whose own best `k` passages answer it with the most confidence; of equals the first."""
        confidences = []
        for question, candidates, of in zip(questions, found, scores, strict=True):
            best = highest(of, 2 * k)  # more than k: a chunk may be deleted meanwhile
            passages = self._passages(tenant_id, question, dense, candidates, best, k, PLAIN)
            confidences.append(confidence(question, passages, dense.similarity_floor))
        return confidences.index(max(confidences))

    def _scores(
        self, tenant_id: str, question: str, found: Candidates, profile: SearchProfile, floor: float
    ) -> dict[int, float]:
        match profile.mode:
            case "dense":
                return {i: relatedness(cosine, floor) for i, cosine in found.dense.items()}
            case "lexical":
                return dict(found.lexical)
            case "hybrid":
                return fuse(found.dense, found.lexical, floor, self._lexical_share(tenant_id, question, found))

    def _lexical_share(self, tenant_id: str, question: str, found: Candidates) -> float:
        """Words that a question shares with text of another language are names and cognates: they count in full."""
        share = lexical_share(found.lexical)
        if share == LEXICAL_SHARE or not found.dense:
            return share
        nearest = max(found.dense, key=found.dense.__getitem__)
        texts = [live.chunk.text for live in self._live(tenant_id, [nearest], 1).values()]
        return share if all(speaks(question, detect_language(text)) for text in texts) else LEXICAL_SHARE

    def _scope(self, tenant_id: str, restriction: Restriction) -> SearchScope:
        with self._db.read_tenant(tenant_id) as store:
            visible = store.chunks.visible_ids()
            if restriction == EVERYWHERE:
                return SearchScope(visible, visible)
            return SearchScope(visible, store.chunks.live_ids(checked_documents_of(store, restriction)))

    def _lexical(self, tenant_id: str, query: str, scoring: Scoring, visible: Ids | None) -> LexicalScores:
        with self._db.read_tenant(tenant_id) as store:
            return store.chunks.lexical(query, scoring, visible)

    def _passages(
        self,
        tenant_id: str,
        query: str,
        dense: DenseRetriever,
        found: Candidates,
        scores: Mapping[int, float],
        k: int,
        profile: SearchProfile,
    ) -> list[Passage]:
        """The best `k` live chunks of `scores` (best first); reranked and diversified if the profile says so."""
        reranker = self._reranker if profile.rerank else None
        least = k if reranker is None and not profile.diversity else len(scores)
        live = self._live(tenant_id, list(scores), least)
        passages = [
            Passage(live[i], max(0.0, min(1.0, score)), found.dense.get(i), found.lexical.get(i))
            for i, score in scores.items()
            if i in live
        ]
        if reranker is not None:
            passages = _reranked(reranker, query, passages)
        if profile.diversity:
            passages = _diversified(dense, tenant_id, passages, k, profile.diversity)
        return passages[:k]

    def _live(self, tenant_id: str, order: Sequence[int], least: int) -> dict[int, LiveChunk]:
        """At least the first `least` live chunks of `order`, by id; read in parts, because most chunks are live."""
        found: dict[int, LiveChunk] = {}
        with self._db.read_tenant(tenant_id) as store:
            part = max(1, 2 * least)  # `least` is 0 if there are no candidates
            for start in range(0, len(order), part):
                found |= store.chunks.live(order[start : start + part])
                if len(found) >= least:
                    break
        return found

    def _expanded(self, tenant_id: str, passages: Sequence[Passage]) -> list[Passage]:
        with self._db.read_tenant(tenant_id) as store:
            sections = store.chunks.sections([passage.live.chunk.id for passage in passages])
        return expand(passages, sections)


def _candidates(
    dense: DenseRetriever,
    tenant_id: str,
    vector: Vectors,
    lexical: LexicalScores,
    wanted: int,
    allowed: Ids | None,
    profile: SearchProfile,
) -> Candidates:
    """The best of both retrievers; each then scores what only the other one found."""
    cosines = dense.best(tenant_id, vector, wanted, allowed) if profile.mode != "lexical" else {}
    words = lexical.best(wanted, allowed) if profile.mode != "dense" else {}
    missing = sorted(words.keys() - cosines.keys())
    if missing:
        cosines = {**cosines, **dense.cosines(tenant_id, vector, missing)}
    ids = sorted(cosines.keys() | words.keys())
    return Candidates(cosines, lexical.of(ids))


def _diversified(
    dense: DenseRetriever, tenant_id: str, passages: list[Passage], k: int, diversity: float
) -> list[Passage]:
    by_id = {passage.live.chunk.id: passage for passage in passages}
    chosen = mmr(
        list(by_id),
        {i: passage.score for i, passage in by_id.items()},
        dense.vectors(tenant_id, list(by_id)),
        k=k,
        diversity=diversity,
        similarity_floor=dense.similarity_floor,
    )
    return [by_id[i] for i in chosen]


def _reranked(reranker: Reranker, query: str, passages: Sequence[Passage]) -> list[Passage]:
    """The first RERANKED passages in the reranker's order, with its scores; the others follow in their order."""
    first, others = passages[:RERANKED], passages[RERANKED:]
    scores = reranker.score(query, [f"{passage.heading}\n{passage.text}".strip() for passage in first])
    order = sorted(range(len(first)), key=lambda i: (-scores[i], i))
    head = [Passage(first[i].live, float(scores[i]), first[i].dense, first[i].lexical) for i in order]
    lowest = head[-1].score if head else 1.0
    return head + [Passage(one.live, min(one.score, lowest), one.dense, one.lexical) for one in others]
