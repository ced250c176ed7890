"""Ranks retrieval sets as the service searches: the corpus becomes a tenant's documents in a temporary folder."""

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
from app.evaluations.case_results import case_head
from app.evaluations.cases import Case
from app.evaluations.failures import recorded
from app.evaluations.ranking import score_ranking
from app.evaluations.records import CaseResult
from app.search.profile import SearchMode, SearchProfile
from app.search.retriever import Retriever
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants

DEPTH = 100
EMBEDDING_BATCH = 256
COLLECTION = "default"
# (embedder, word vectors or None) -> an empty database and a retriever over it, deleted at the end
OpenRetriever = Callable[[Embedder, Embedder | None], AbstractContextManager[tuple[Database, Retriever]]]


async def rank_all(
    open_retriever: OpenRetriever, embedder: Embedder, folder: Path, cases: Sequence[Case]
) -> AsyncIterator[CaseResult]:
    """A result for each query of the BEIR set in `folder` that `cases` names; that of one that fails has its error."""
    if not cases:
        return
    found = await run_sync(read_beir, folder)
    with indexed(open_retriever, found, embedder) as (retriever, tenant_id):
        for case in cases:
            ranked = run_sync(rank, retriever, tenant_id, case, found.relevant[case.id])
            yield await recorded(ranked, case_head(case))


def rank(retriever: Retriever, tenant_id: str, case: Case, relevant: Mapping[str, int]) -> CaseResult:
    """Scores of the fused ranking and of each retriever; for a follow-up also those of its stand-alone form."""
    result: CaseResult = {"id": case.id, "group": case.group, "language": case.language}
    question = rewrite(case.question, list(case.earlier))
    found = ranking(retriever, tenant_id, question, original=case.question)
    scores = score_ranking(found, relevant)
    result["ndcg_10"], result["recall_5"] = round(scores.ndcg_10, 6), round(scores.recall_5, 6)
    result["recall_100"], result["mrr"] = round(scores.recall_100, 6), round(scores.mrr, 6)
    dense = score_ranking(ranking(retriever, tenant_id, question, mode="dense"), relevant)
    lexical = score_ranking(ranking(retriever, tenant_id, question, mode="lexical"), relevant)
    result["dense_ndcg_10"], result["lexical_ndcg_10"] = round(dense.ndcg_10, 6), round(lexical.ndcg_10, 6)
    if case.stand_alone:
        alone = score_ranking(ranking(retriever, tenant_id, case.stand_alone), relevant)
        result |= {"alone_ndcg_10": round(alone.ndcg_10, 6), "alone_recall_5": alone.recall_5}
        result["searched"] = question
    return result


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
    """A retriever over the set's corpus, one passage per document, and the tenant's id. `words`: word vectors."""
    with open_retriever(embedder, words) as (db, retriever):
        yield retriever, _add_documents(db, found.corpus, embedder)


def embedded_text(entry: Entry) -> str:
    """The text that is embedded: the title stands before it, as a heading does."""
    return f"{entry.title}\n{entry.text}" if entry.title else entry.text


def _add_documents(db: Database, corpus: Mapping[str, Entry], embedder: Embedder) -> str:
    """Create a tenant with a ready document of one chunk for each document of the corpus. Returns the tenant's id."""
    entries = list(corpus.items())
    with db.write() as session:
        tenant_id = Tenants(session).create("corpus").id
    for start in range(0, len(entries), EMBEDDING_BATCH):
        batch = entries[start : start + EMBEDDING_BATCH]
        vectors = embedder.embed_passages([embedded_text(entry) for _, entry in batch])  # (batch, dimension)
        with db.write_tenant(tenant_id) as store:
            for (key, entry), vector in zip(batch, vectors, strict=True):
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
