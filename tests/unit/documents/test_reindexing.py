"""Another embedding model: every document gets its vectors beside those in use, then all searches change at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.bootstrap.ingestion import build_ingestor, build_reindexing
from app.bootstrap.models import build_embedders
from app.bootstrap.retrieval import open_dense_retrievers
from app.bootstrap.storage import Storage, changes_of, open_storage
from app.documents.handler import DocumentJobs
from app.documents.ingestion import pipeline
from app.documents.ingestion.reindexing import Reindexing
from app.documents.parsing.document_builder import Block, ParsedDocument
from app.domain.documents import Document
from app.embeddings.base import Embedder, Vectors
from app.embeddings.hashing import HashingEmbedder
from app.embeddings.model_set import EmbeddingModelSet
from app.jobs.worker import Worker, WorkerTiming
from app.search.profile import SearchProfile
from app.search.retriever import Retriever
from app.settings import Settings
from app.storage.sql.repositories.embeddings import EmbeddingModels
from app.storage.sql.repositories.tenants import Tenants

FORMER, NEXT = HashingEmbedder(256), HashingEmbedder(64)
TEXTS = {
    "museum.txt": "The museum opens at ten and closes at six.",
    "pool.txt": "The swimming pool is heated from May to September.",
    "library.txt": "The library lends books for three weeks.",
}


@pytest.fixture
def storage(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    monkeypatch.setattr(pipeline, "parse_sandboxed", parsed_here)
    opened = open_storage(settings)
    yield opened
    opened.db.close()


@pytest.fixture
def tenant(storage: Storage) -> str:
    with storage.db.write() as session:
        return Tenants(session).create("acme").id


def parsed_here(path: Any, media_type: str, _limits: Any, _on_pages: Any) -> ParsedDocument:
    text = path.read_text()
    return ParsedDocument(text, (Block("paragraph", 0, len(text)),), (), media_type, "t")


def upload(storage: Storage, tenant_id: str, name: str, text: str) -> Document:
    writer = storage.blobs.writer(10**6)
    writer.write(text.encode())
    staged = writer.commit()
    with storage.db.write_tenant(tenant_id) as store:
        return store.documents.upload(
            collection="default",
            filename=name,
            metadata={},
            sha256=staged.sha256,
            size_bytes=staged.size_bytes,
            media_type="text/plain",
            blob=staged.name,
        )[0]


class ServiceInstance:
    """The worker and the retriever of one start of the service, with its embedding models."""

    def __init__(self, storage: Storage, current: Embedder, *former: Embedder) -> None:
        self.embedders = EmbeddingModelSet(current, {one.fingerprint: one for one in former})
        self.reindexing: Reindexing = build_reindexing(storage, current)
        self.ingestor = build_ingestor(storage, self.embedders)
        self.jobs = DocumentJobs(storage.db, storage.blobs, self.ingestor, self.reindexing)
        self.worker = Worker(storage.db, self.jobs.by_kind(), WorkerTiming(max_attempts=1))
        self.retriever = Retriever(storage.db, open_dense_retrievers(storage, self.embedders))

    def run_jobs(self) -> int:
        jobs = 0
        while self.worker.run_once():
            jobs += 1
        return jobs

    def search_filenames(self, tenant_id: str, query: str) -> list[str]:
        """Names of documents, by vectors alone."""
        passages = self.retriever.search(tenant_id, query, k=3, profile=SearchProfile("dense")).passages
        return [passage.live.filename for passage in passages]


def set_to_next(storage: Storage) -> Storage:
    """The same folder, served with the settings naming the next model."""
    return replace(storage, settings=storage.settings.model_copy(update={"embedding_model": "hashing:64"}))


def searched_by(storage: Storage, tenant_id: str) -> str | None:
    with storage.db.read_tenant(tenant_id) as store:
        return store.embeddings.fingerprint()


def fingerprints(storage: Storage, tenant_id: str) -> set[str]:
    with storage.db.read_tenant(tenant_id) as store:
        return set(store.changes.fingerprints())


def taken_in(storage: Storage, tenant_id: str) -> list[Document]:
    documents = [upload(storage, tenant_id, name, text) for name, text in TEXTS.items()]
    assert ServiceInstance(storage, FORMER).run_jobs() == len(TEXTS)
    return documents


def test_every_search_finds_everything_until_all_change_at_once(storage: Storage, tenant: str) -> None:
    taken_in(storage, tenant)
    instance = ServiceInstance(storage, NEXT, FORMER)
    instance.jobs.sweep()
    for _ in TEXTS:
        assert searched_by(storage, tenant) == FORMER.fingerprint
        assert len(instance.search_filenames(tenant, "When does the museum open?")) == 3
        assert instance.worker.run_once()
    assert searched_by(storage, tenant) == NEXT.fingerprint
    assert instance.search_filenames(tenant, "When does the museum open?")[0] == "museum.txt"
    assert len(instance.search_filenames(tenant, "When does the museum open?")) == 3
    assert instance.run_jobs() == 0


def test_chunks_and_their_text_stay_and_nothing_is_parsed_again(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = taken_in(storage, tenant)[0]
    with storage.db.read_tenant(tenant) as store:
        before = store.chunks.of_document(document.id).data
    monkeypatch.setattr(pipeline, "parse_sandboxed", lambda *_: 1 / 0)
    instance = ServiceInstance(storage, NEXT, FORMER)
    instance.jobs.sweep()
    assert instance.run_jobs() == len(TEXTS)
    with storage.db.read_tenant(tenant) as store:
        assert store.chunks.of_document(document.id).data == before
        assert store.documents.get(document.id).latest.status == "ready"


def test_new_index_is_on_disk_before_the_first_search_by_it(storage: Storage, tenant: str) -> None:
    taken_in(storage, tenant)
    instance = ServiceInstance(storage, NEXT, FORMER)
    instance.jobs.sweep()
    instance.run_jobs()
    with storage.db.read_tenant(tenant) as store:
        saved = store.changes.checkpoints(NEXT.fingerprint, "")[0]
        assert (saved.vectors, saved.seq) == (len(TEXTS), store.changes.max_seq())


def test_document_that_comes_meanwhile_is_found_at_once_and_awaited(storage: Storage, tenant: str) -> None:
    taken_in(storage, tenant)
    instance = ServiceInstance(storage, NEXT, FORMER)
    instance.jobs.sweep()
    upload(storage, tenant, "castle.txt", "The castle has a moat.")
    assert instance.worker.run_once()  # new documents come first
    assert instance.search_filenames(tenant, "Is there a moat?")[0] == "castle.txt"
    for _ in range(len(TEXTS)):
        assert instance.worker.run_once()
        assert searched_by(storage, tenant) == FORMER.fingerprint
    assert instance.run_jobs() == 1
    assert searched_by(storage, tenant) == NEXT.fingerprint
    assert instance.search_filenames(tenant, "Is there a moat?")[0] == "castle.txt"


def test_document_embedded_while_searches_change_is_embedded_again(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(storage, tenant)
    instance = ServiceInstance(storage, NEXT, FORMER)
    upload(storage, tenant, "castle.txt", "The castle has a moat.")
    embed = FORMER.embed_passages

    def slow(texts: Sequence[str]) -> Vectors:
        with storage.db.write_tenant(tenant) as store:
            store.embeddings.set_active(NEXT.fingerprint)
        return embed(texts)

    monkeypatch.setattr(FORMER, "embed_passages", slow)
    assert instance.worker.run_once()
    with storage.db.read_tenant(tenant) as store:
        assert store.changes.count(NEXT.fingerprint) == 1
    assert instance.search_filenames(tenant, "Is there a moat?") == ["castle.txt"]


def test_document_that_cannot_be_embedded_holds_up_no_other(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(storage, tenant)
    instance = ServiceInstance(storage, NEXT, FORMER)
    instance.jobs.sweep()
    embed = NEXT.embed_passages

    def picky(texts: Sequence[str]) -> Vectors:
        if any("pool" in text for text in texts):
            raise ValueError("no pools")
        return embed(texts)

    monkeypatch.setattr(NEXT, "embed_passages", picky)
    instance.run_jobs()
    instance.jobs.sweep()
    assert searched_by(storage, tenant) == NEXT.fingerprint
    assert instance.search_filenames(tenant, "When does the museum open?")[0] == "museum.txt"


def test_vectors_become_the_chunks_own_later_and_the_index_is_the_same(storage: Storage, tenant: str) -> None:
    taken_in(storage, tenant)
    instance = ServiceInstance(storage, NEXT, FORMER)
    instance.jobs.sweep()
    instance.run_jobs()
    assert fingerprints(storage, tenant) == {FORMER.fingerprint, NEXT.fingerprint}
    before = vectors(storage, tenant, NEXT.fingerprint)
    former = ServiceInstance(storage, FORMER).retriever.dense.get(tenant, "embeddings")
    question = former.embed("When does the museum open?")
    assert len(former.best(tenant, question, 100, None)) == len(TEXTS)
    instance.jobs.sweep()
    assert former.best(tenant, question, 100, None) == {}  # it hears that its vectors went
    assert fingerprints(storage, tenant) == {NEXT.fingerprint}
    np.testing.assert_array_equal(vectors(storage, tenant, NEXT.fingerprint), before)
    assert ServiceInstance(storage, NEXT).search_filenames(tenant, "When does the museum open?")[0] == "museum.txt"


def vectors(storage: Storage, tenant_id: str, fingerprint: str) -> Vectors:
    with changes_of(storage.db)(tenant_id, False) as source:
        return np.concatenate([held for _, held in source.all_vectors(fingerprint)])


def test_deleting_a_document_deletes_its_vectors_of_both_models(storage: Storage, tenant: str) -> None:
    documents = taken_in(storage, tenant)
    instance = ServiceInstance(storage, NEXT, FORMER)
    instance.jobs.sweep()
    instance.worker.run_once()
    for document in documents:
        with storage.db.write_tenant(tenant) as store:
            store.documents.delete(document.id)
    instance.run_jobs()
    assert fingerprints(storage, tenant) == set()
    assert instance.search_filenames(tenant, "When does the museum open?") == []


def test_chunks_that_the_model_would_cut_are_made_anew(storage: Storage, tenant: str) -> None:
    upload(storage, tenant, "long.txt", ". ".join(f"Sentence {i} tells of the museum" for i in range(60)) + ".")
    ServiceInstance(storage, FORMER).run_jobs()
    short = HashingEmbedder(64)
    short.max_tokens = 100
    short.token_spans = lambda text: [(i, i + 1) for i in range(0, len(text), 2)]  # type: ignore[method-assign]
    instance = ServiceInstance(storage, short, FORMER)
    instance.jobs.sweep()
    instance.run_jobs()
    assert searched_by(storage, tenant) == short.fingerprint
    assert fingerprints(storage, tenant) >= {short.fingerprint}
    assert instance.search_filenames(tenant, "What tells of the museum?")


def test_going_back_before_the_end_embeds_nothing(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(storage, tenant)
    instance = ServiceInstance(storage, NEXT, FORMER)
    instance.jobs.sweep()
    instance.worker.run_once()
    monkeypatch.setattr(FORMER, "embed_passages", lambda texts: np.full((len(texts), 256), 1 / 0))
    back = ServiceInstance(storage, FORMER)
    back.jobs.sweep()
    assert back.run_jobs() == len(TEXTS)  # what was queued for the other model, with nothing to do
    back.jobs.sweep()
    assert fingerprints(storage, tenant) == {FORMER.fingerprint}
    with storage.db.read_tenant(tenant) as store:
        assert store.changes.count(FORMER.fingerprint) == len(TEXTS)


def embedders_of(storage: Storage) -> EmbeddingModelSet:
    return build_embedders(storage.settings, storage.db)


def test_start_loads_the_model_that_tenants_are_searched_by(storage: Storage, tenant: str) -> None:
    embedders_of(storage)  # the first start notes where its model came from
    taken_in(storage, tenant)
    embedders = embedders_of(set_to_next(storage))
    assert embedders.current.fingerprint == NEXT.fingerprint
    assert embedders.get(FORMER.fingerprint).fingerprint == FORMER.fingerprint


def test_former_model_that_is_lost_leaves_full_text_until_each_document_is_anew(storage: Storage, tenant: str) -> None:
    taken_in(storage, tenant)
    with storage.db.write() as session:
        EmbeddingModels(session).record(FORMER.fingerprint, "path:/nowhere")
    assert not embedders_of(set_to_next(storage)).previous
    instance = ServiceInstance(storage, NEXT)
    assert instance.search_filenames(tenant, "When does the museum open?") == []
    assert instance.retriever.search(tenant, "museum", k=3).passages[0].live.filename == "museum.txt"
    instance.jobs.sweep()
    instance.worker.run_once()
    assert len(instance.search_filenames(tenant, "When does the museum open?")) == 1
    instance.run_jobs()
    assert len(instance.search_filenames(tenant, "When does the museum open?")) == 3


def test_model_is_let_go_when_nobody_is_searched_by_it(
    storage: Storage, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(storage, tenant)
    instance = ServiceInstance(storage, NEXT, FORMER)
    instance.jobs.sweep()
    instance.run_jobs()
    monkeypatch.setattr("app.search.dense_retriever.RELEASE_INTERVAL_S", 0.0)
    instance.search_filenames(tenant, "When does the museum open?")
    assert [leg.fingerprint for leg in instance.retriever.dense.all()] == [NEXT.fingerprint]
