"""A tenant with a given set of vectors in the service's own store, and its index as the service opens it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.bootstrap.storage import changes_of
from app.index.index_cache import IndexCache
from app.index.tenant_index import IndexLimits
from app.settings import Settings
from app.storage.database import Database, migrate, open_database
from app.storage.sql.repositories.tenants import Tenants
from benchmarks.index_peers import Search
from tests.support.storage_factories import add_document_with_vectors
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
        vectors_of_document = np.asarray(vectors[start : start + CHUNKS_PER_DOCUMENT], np.float32)
        add_document_with_vectors(db, tenant_id, start, vectors_of_document, FINGERPRINT)
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
    migrate(settings.data_dir)
    return open_database(settings.data_dir)


def _indexes(db: Database, folder: Path, dimension: int) -> IndexCache:
    return IndexCache(folder / "loracle" / "index", dimension, FINGERPRINT, changes_of(db), IndexLimits())
