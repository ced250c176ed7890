"""The stores that hold the vectors of many tenants: this service's own on either database, and Qdrant's local mode."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from app.bootstrap.storage import Storage, open_storage
from app.bootstrap.vector_indexes import open_vector_search, partitions_of, uses_pgvector
from app.domain.documents import DocumentText, NewChunk
from app.settings import Settings
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants
from benchmarks.scale_data import DIMENSION, Dataset, Tenant
from tests.support.storage_factories import add_document_with_vectors
from tests.support.vectors import Vectors

FINGERPRINT = "benchmark"
CHUNKS_PER_DOCUMENT = 2000
INGESTED = 10  # documents of INGESTED_CHUNKS each, with text of the usual length
INGESTED_CHUNKS = 500
UPLOADED_AT_ONCE = 1000
Search = Callable[[Vectors, int], Sequence[int]]  # (query, k) -> indexes within the tenant
Figures = dict[str, Any]


class EmbeddingModel:
    """What a vector search asks of an embedder."""

    fingerprint, dimension = FINGERPRINT, DIMENSION


class LoracleStore:
    """This service's store and vector search, in a data folder or in PostgreSQL."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder = folder
        self._url = url
        self._storage: Storage | None = None

    @property
    def storage(self) -> Storage:
        if self._storage is None:
            settings = Settings(_env_file=None, data_dir=self.folder, database_url=self._url)  # type: ignore[call-arg]
            self._storage = open_storage(settings)
        return self._storage

    def build(self, data: Dataset) -> Figures:
        """Fill the store, the documents of all tenants mixed, then build what searches large tenants.

        Chunks have one word of text each: only their vectors are searched, and a million postings take long.
        """
        db = self.storage.db
        with db.write() as session:
            ids = {tenant.name: Tenants(session).create(tenant.name).id for tenant in data.tenants}
        for tenant, start, vectors in mixed_documents(data):
            add_document_of_one_word(db, ids[tenant.name], start, vectors)
        started = time.perf_counter()
        if uses_pgvector(self.storage):
            partitions_of(self.storage).make_all()
        else:
            search = open_vector_search(self.storage, EmbeddingModel())  # type: ignore[arg-type]
            for tenant in data.tenants:
                search.prepare(ids[tenant.name])
        return {"index_s": round(time.perf_counter() - started, 1), "disk_mb": round(self._disk_bytes() / 2**20)}

    def ingest(self, data: Dataset) -> float:
        """Chunks a second that one writer takes in beside all others, with text of the usual length; deleted after."""
        db, vectors = self.storage.db, np.asarray(data.vectors[: INGESTED * INGESTED_CHUNKS], np.float32)
        with db.write() as session:
            tenant_id = Tenants(session).create("ingested").id
        started = time.perf_counter()
        for start in range(0, len(vectors), INGESTED_CHUNKS):
            add_document_with_vectors(db, tenant_id, start, vectors[start : start + INGESTED_CHUNKS], FINGERPRINT)
        rate = len(vectors) / (time.perf_counter() - started)
        with db.write() as session:
            Tenants(session).delete(tenant_id)
        return rate

    def open(self, tenant: Tenant) -> Search:
        db, found = self.storage.db, open_vector_search(self.storage, EmbeddingModel())  # type: ignore[arg-type]
        with db.read() as session:
            tenant_id = Tenants(session).by_name(tenant.name).id
        with db.read_tenant(tenant_id) as store:
            ids = store.chunks.live_ids()  # they ascend as the vectors do: a tenant's documents came in order
        return lambda query, k: np.searchsorted(ids, [i for i, _ in found.best(tenant_id, query, k)]).tolist()

    def close(self) -> None:
        self.storage.db.close()

    def _disk_bytes(self) -> int:
        files = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        return files + (self.storage.db.size_bytes() if self._url else 0)


class QdrantStore:
    """Qdrant's client in local mode: NumPy arrays in this process, a collection for each tenant that is asked.

    In memory, because with a folder it commits every point: 50,000 take ten minutes. Nothing is kept: `open` fills.
    """

    def __init__(self, data: Dataset) -> None:
        from qdrant_client import QdrantClient

        self._data = data
        self._client = QdrantClient(":memory:")

    def ingest(self, data: Dataset) -> float:
        """Vectors a second that it takes in; it has no text."""
        started = time.perf_counter()
        self.open(replace(data.tenants[0], name="ingested", count=min(data.tenants[0].count, 10_000)))
        return min(data.tenants[0].count, 10_000) / (time.perf_counter() - started)

    def open(self, tenant: Tenant) -> Search:
        from qdrant_client.models import Batch, Distance, VectorParams

        form = VectorParams(size=DIMENSION, distance=Distance.DOT)
        self._client.create_collection(tenant.name, vectors_config=form)
        for start in range(0, tenant.count, UPLOADED_AT_ONCE):
            ids = range(start, min(start + UPLOADED_AT_ONCE, tenant.count))
            vectors = self._data.vectors[tenant.first + ids.start : tenant.first + ids.stop].astype(np.float32)
            self._client.upsert(tenant.name, points=Batch(ids=list(ids), vectors=vectors.tolist()))

        def search(query: Vectors, k: int) -> Sequence[int]:
            found = self._client.query_points(tenant.name, query=query.tolist(), limit=k, with_payload=False)
            return [int(point.id) for point in found.points]

        return search

    def close(self) -> None:
        self._client.close()


def add_document_of_one_word(db: Database, tenant_id: str, start: int, vectors: Vectors) -> None:
    """A ready document with a chunk for each vector."""
    chunks = [NewChunk(index, "Passage", "", None, None, 8 * index, 8 * index + 7, 1) for index in range(len(vectors))]
    name = f"{start}.txt"
    with db.write_tenant(tenant_id) as store:
        document, _ = store.documents.upload(
            collection="default",
            filename=name,
            metadata={},
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            size_bytes=8 * len(chunks),
            media_type="text/plain",
            blob=hashlib.sha256(name.encode()).hexdigest()[:32],
        )
        text = DocumentText("Passage " * len(chunks), ())
        store.document_versions.commit_ready(document.latest.id, text, chunks, vectors, FINGERPRINT)


def mixed_documents(data: Dataset) -> Iterator[tuple[Tenant, int, Vectors]]:
    """(tenant, index of the first vector within it, vectors) of each document, in a random order.

    Within a tenant they stay in order.
    """
    starts = {tenant.name: iter(range(0, tenant.count, CHUNKS_PER_DOCUMENT)) for tenant in data.tenants}
    turns = np.repeat(
        np.arange(len(data.tenants)), [-(-tenant.count // CHUNKS_PER_DOCUMENT) for tenant in data.tenants]
    )
    np.random.default_rng(1).shuffle(turns)
    for number in turns:
        tenant = data.tenants[number]
        start = next(starts[tenant.name])
        end = min(start + CHUNKS_PER_DOCUMENT, tenant.count)
        yield tenant, start, np.asarray(data.vectors[tenant.first + start : tenant.first + end], np.float32)
