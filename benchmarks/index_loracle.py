"""A tenant with a given set of vectors in the service's own store, and its index as the service opens it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.bootstrap.runtime import changes_of
from app.domain.documents import DocumentText, NewChunk
from app.index.index_cache import IndexCache
from app.index.tenant_index import IndexLimits
from app.settings import Settings
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sqlite.database import Database, open_database
from app.storage.sqlite.migrate import migrate
from benchmarks.index_peers import Search
from tests.support.vectors import Vectors

FINGERPRINT = "benchmark"
TENANT = "one"
CHUNKS_PER_DOCUMENT = 2_000


def build(vectors: Any, folder: Path) -> None:
    """Fill the store, chunk ids counting from 1 as the vectors do from 0, and build the index from it."""
    db = _database(folder)
    with db.write() as session:
        tenant_id = Tenants(session).create(TENANT).id
    for start in range(0, len(vectors), CHUNKS_PER_DOCUMENT):
        save_document(db, tenant_id, start, np.asarray(vectors[start : start + CHUNKS_PER_DOCUMENT], np.float32))
    _indexes(db, folder, vectors.shape[1]).for_tenant(tenant_id).rebuild()
    db.close()


def open_index(folder: Path, dimension: int) -> Search:
    db = _database(folder)
    with db.read() as session:
        tenant_id = Tenants(session).by_name(TENANT).id
    index = _indexes(db, folder, dimension).for_tenant(tenant_id)

    def search(query: Vectors, k: int, _knob: int) -> Sequence[int]:
        return [chunk_id - 1 for chunk_id, _ in index.search(query, k)]

    return search


def _database(folder: Path) -> Database:
    settings = Settings(_env_file=None, data_dir=folder / "loracle")  # type: ignore[call-arg]
    migrate(settings)
    return open_database(settings)


def _indexes(db: Database, folder: Path, dimension: int) -> IndexCache:
    return IndexCache(folder / "loracle" / "index", dimension, FINGERPRINT, changes_of(db), IndexLimits())


def save_document(db: Database, tenant_id: str, start: int, vectors: Vectors) -> None:
    """A ready document with a chunk for each vector, of a passage's usual length."""
    texts = [f"Passage {start + i}. " + f"Word{(start + i) % 997} " * 60 for i in range(len(vectors))]
    chunks, at = [], 0
    for index, text in enumerate(texts):
        chunks.append(NewChunk(index, text, "", None, None, at, at + len(text), 64))
        at += len(text) + 1
    name = f"{start}.txt"
    with db.write_tenant(tenant_id) as store:
        document, _ = store.documents.upload(
            collection="default",
            filename=name,
            metadata={},
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            size_bytes=at,
            media_type="text/plain",
            blob=hashlib.sha256(name.encode()).hexdigest()[:32],
        )
        store.document_versions.commit_ready(
            document.latest.id, DocumentText("\n".join(texts), ()), chunks, vectors, FINGERPRINT
        )
