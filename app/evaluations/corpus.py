"""Retrieval sets searched as the service searches: taken in as a tenant of a throw-away folder, ranked by each leg."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from anyio.to_thread import run_sync

from app.chat.steps.rewrite import rewrite
from app.domain.documents import DocumentText, NewChunk
from app.embeddings.base import Embedder
from app.evaluations.beir import Entry, RetrievalSet, read_beir
from app.evaluations.cases import Case
from app.evaluations.ranking import score_ranking
from app.evaluations.records import CaseResult
from app.search.profile import SearchMode, SearchProfile
from app.search.retriever import Retriever
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sqlite.database import Database

DEPTH = 100
EMBEDDED_AT_ONCE = 256
COLLECTION = "default"
# (embedder, word vectors or None) -> an empty database and a retriever over it, deleted at the end
OpenRetriever = Callable[[Embedder, Embedder | None], AbstractContextManager[tuple[Database, Retriever]]]


async def rank_all(
    open_retriever: OpenRetriever, embedder: Embedder, folder: Path, cases: Sequence[Case]
) -> AsyncIterator[CaseResult]:
    """A row for each query of the BEIR set in `folder` that `cases` names."""
    if not cases:
        return
    found = await run_sync(read_beir, folder)
    with indexed(open_retriever, found, embedder) as (retriever, tenant_id):
        for case in cases:
            yield await run_sync(rank, retriever, tenant_id, case, found.relevant[case.id])


def rank(retriever: Retriever, tenant_id: str, case: Case, relevant: Mapping[str, int]) -> CaseResult:
    """nDCG@10 fused and of each leg; a follow-up also beside its stand-alone form."""
    row: CaseResult = {"id": case.id, "group": case.group, "language": case.language}
    question = rewrite(case.question, list(case.earlier))
    found = ranking(retriever, tenant_id, question, original=case.question)
    scores = score_ranking(found, relevant)
    row["ndcg_10"], row["recall_5"] = round(scores.ndcg_10, 6), round(scores.recall_5, 6)
    row["recall_100"], row["mrr"] = round(scores.recall_100, 6), round(scores.mrr, 6)
    dense = score_ranking(ranking(retriever, tenant_id, question, mode="dense"), relevant)
    lexical = score_ranking(ranking(retriever, tenant_id, question, mode="lexical"), relevant)
    row["dense_ndcg_10"], row["lexical_ndcg_10"] = round(dense.ndcg_10, 6), round(lexical.ndcg_10, 6)
    if case.stand_alone:
        alone = score_ranking(ranking(retriever, tenant_id, case.stand_alone), relevant)
        row |= {"alone_ndcg_10": round(alone.ndcg_10, 6), "alone_recall_5": alone.recall_5}
        row["searched"] = question
    return row


def ranking(
    retriever: Retriever, tenant_id: str, query: str, *, mode: SearchMode = "hybrid", original: str | None = None
) -> list[str]:
    """Document ids of the set, best first."""
    found = retriever.search(tenant_id, query, k=DEPTH, profile=SearchProfile(mode), original=original).passages
    return [str(passage.live.metadata["id"]) for passage in found]


@contextmanager
def indexed(
    open_retriever: OpenRetriever, found: RetrievalSet, embedder: Embedder, words: Embedder | None = None
) -> Iterator[tuple[Retriever, str]]:
    """(retriever, tenant id) over the set's corpus, one passage per document, for the block; `words`: word vectors."""
    with open_retriever(embedder, words) as (db, retriever):
        yield retriever, _take_in(db, found.corpus, embedder)


def embedded_text(entry: Entry) -> str:
    """What of a document is embedded: its title stands as heading."""
    return f"{entry.title}\n{entry.text}" if entry.title else entry.text


def _take_in(db: Database, corpus: Mapping[str, Entry], embedder: Embedder) -> str:
    """A tenant with each document of the corpus as one ready document of one chunk."""
    entries = list(corpus.items())
    with db.write() as session:
        tenant_id = Tenants(session).create("corpus").id
    for start in range(0, len(entries), EMBEDDED_AT_ONCE):
        some = entries[start : start + EMBEDDED_AT_ONCE]
        vectors = embedder.embed_passages([embedded_text(entry) for _, entry in some])  # (some, dimension)
        with db.write_tenant(tenant_id) as store:
            for (key, entry), vector in zip(some, vectors, strict=True):
                document, _ = store.documents.upload(
                    collection=COLLECTION,
                    filename=key,
                    metadata={"id": key},
                    sha256=hashlib.sha256(key.encode()).hexdigest(),
                    size_bytes=len(entry.text),
                    media_type="text/plain",
                    blob=key,
                )
                size = len(entry.text)
                chunk = NewChunk(0, entry.text, entry.title, None, None, 0, size, size // 4)
                store.document_versions.commit_ready(
                    document.latest.id, DocumentText(entry.text, ()), [chunk], vector[None], embedder.fingerprint
                )
    return tenant_id
