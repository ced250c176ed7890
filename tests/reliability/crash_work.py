"""What the killed process does: a service's and a worker's writes, each noted once it was acknowledged.

The journal is a file of lines "intent" and "done", synced one by one: what is done must hold after the crash, what is
only intended may or may not.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from app.bootstrap.ingestion import build_ingestor, build_reindexing
from app.bootstrap.storage import Storage, changes_of, open_storage
from app.documents.handler import DocumentJobs
from app.documents.ingestion import pipeline
from app.documents.parsing.document_builder import Block, ParsedDocument
from app.embeddings.hashing import HashingEmbedder
from app.embeddings.model_set import EmbeddingModelSet
from app.index.index_cache import IndexCache
from app.index.tenant_index import IndexLimits
from app.jobs.worker import Worker, WorkerTiming
from app.settings import Settings
from app.storage.sql.repositories.tenants import Tenants

TENANTS = ("acme", "other")
NAMES = 12  # documents of a tenant, at most
STEPS = 12
LEASE_S = 0.05  # a killed worker's job is free again almost at once
COMPACT_ABOVE = 15  # passages: so that both kinds of index are met
MODELS = (HashingEmbedder(64), HashingEmbedder(48))  # that the service is started with, by turns


class Journal:
    """Acknowledged facts, durable before the work goes on."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")

    def note(self, kind: str, **facts: Any) -> None:
        self._file.write(json.dumps({"kind": kind, **facts}).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def opened(folder: Path) -> Storage:
    settings = Settings(_env_file=None, data_dir=folder / "data", embedding_model="hashing")  # type: ignore[call-arg]
    return open_storage(settings)


def indexes_of(storage: Storage, embedder: HashingEmbedder) -> IndexCache:
    limits = IndexLimits(exact_vectors=COMPACT_ABOVE)
    return IndexCache(storage.index_dir, embedder.dimension, embedder.fingerprint, changes_of(storage.db), limits)


def searched_by(storage: Storage, tenant: str) -> HashingEmbedder:
    with storage.db.read_tenant(tenant) as store:
        fingerprint = store.embeddings.fingerprint()
    return next((model for model in MODELS if model.fingerprint == fingerprint), MODELS[0])


def work(folder: Path, seed: int, *, model: int = 0, endless: bool) -> None:
    """Recover, then write, until killed or, unless `endless`, for STEPS steps. `model`: which of MODELS is set."""
    pipeline.parse_sandboxed = _parsed_here  # type: ignore[assignment] # no child processes to leave behind
    storage, embedder = opened(folder), MODELS[model]
    embedders = EmbeddingModelSet(embedder, {one.fingerprint: one for one in MODELS if one is not embedder})
    journal = Journal(folder / "journal")
    rng = random.Random(seed)
    tenants = [_tenant(storage, name) for name in TENANTS]
    indexes = {one.fingerprint: indexes_of(storage, one) for one in MODELS}
    timing = WorkerTiming(LEASE_S, LEASE_S / 4, max_attempts=1000)
    documents = DocumentJobs(
        storage.db, storage.blobs, build_ingestor(storage, embedders), build_reindexing(storage, embedder)
    )
    workers = documents.workers(timing)
    actions: list[Callable[[], None]] = [
        lambda: _upload(storage, journal, rng, rng.choice(tenants)),
        lambda: _upload(storage, journal, rng, rng.choice(tenants)),
        lambda: _delete(storage, journal, rng, rng.choice(tenants)),
        lambda: _ingest(storage, journal, workers),
        lambda: _ingest(storage, journal, workers),
        lambda: _search(storage, indexes, rng.choice(tenants)),
        lambda: _checkpoint(indexes),
        documents.sweep,
    ]
    order = [*actions, *(rng.choice(actions) for _ in range(STEPS))]
    while True:
        for act in order:
            act()
        if not endless:
            for tenant in tenants:
                for one in indexes.values():
                    one.for_tenant(tenant).wait_for_ivf_build()
            return


def _tenant(storage: Storage, name: str) -> str:
    with storage.db.write() as session:
        everyone = Tenants(session)
        found = [tenant.id for tenant in everyone.page(limit=100).data if tenant.name == name]
        return found[0] if found else everyone.create(name).id


def _upload(storage: Storage, journal: Journal, rng: random.Random, tenant: str) -> None:
    """As `POST /documents` does: the blob first, then the rows."""
    name, canary = f"{rng.randrange(NAMES)}.txt", f"canary{rng.getrandbits(48):012x}"
    text = "\n\n".join(f"{canary} part {i}. " + f"filler{i} " * 150 for i in range(rng.randrange(1, 6)))
    writer = storage.blobs.writer(10**6)
    writer.write(text.encode())
    staged = writer.commit()
    journal.note("intent", tenant=tenant, name=name, canary=canary, op="upload")
    with storage.db.write_tenant(tenant) as store:
        document, _ = store.documents.upload(
            collection="default",
            filename=name,
            metadata={},
            sha256=staged.sha256,
            size_bytes=staged.size_bytes,
            media_type="text/plain",
            blob=staged.name,
        )
    journal.note("done", tenant=tenant, name=name, canary=canary, op="upload", id=document.id)


def _delete(storage: Storage, journal: Journal, rng: random.Random, tenant: str) -> None:
    with storage.db.read_tenant(tenant) as store:
        documents = store.documents.page(limit=100).data
    if not documents:
        return
    document = rng.choice(documents)
    journal.note("intent", tenant=tenant, name=document.filename, op="delete")
    with storage.db.write_tenant(tenant) as store:
        blobs = store.documents.delete(document.id)
    journal.note("done", tenant=tenant, name=document.filename, op="delete")
    for blob in blobs:
        storage.blobs.delete(blob)


def _ingest(storage: Storage, journal: Journal, workers: Sequence[Worker]) -> None:
    """A job of each worker, at once. What is ready afterwards was acknowledged as such by whoever polls."""
    with ThreadPoolExecutor(len(workers)) as pool:
        for done in [pool.submit(worker.run_once) for worker in workers]:
            done.result()
    for name in TENANTS:
        tenant = _tenant(storage, name)
        with storage.db.read_tenant(tenant) as store:
            ready = {d.id: d.live.version for d in store.documents.page(limit=100).data if d.live is not None}
        journal.note("ready", tenant=tenant, ready=ready)


def _search(storage: Storage, indexes: dict[str, IndexCache], tenant: str) -> None:
    model = searched_by(storage, tenant)
    indexes[model.fingerprint].for_tenant(tenant).search(model.embed_queries(["filler1 part"])[0], 5)


def _checkpoint(indexes: dict[str, IndexCache]) -> None:
    for one in indexes.values():
        one.checkpoint_all()


def _parsed_here(path: Path, media_type: str, _limits: Any, _on_pages: Any) -> ParsedDocument:
    text = path.read_text()
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + 2
    return ParsedDocument(text, tuple(blocks), (), media_type, "t")
