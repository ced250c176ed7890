"""An index in PostgreSQL as `loracle index` verifies and rebuilds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from app.storage.database import Database
from app.storage.pgvector.partitions import Partitions
from app.storage.pgvector.search import PgvectorSearch
from app.storage.postgres.vectors.binary_rows import copy_in
from app.storage.postgres.vectors.index_rows import (
    IN_INDEX,
    INDEXES,
    VECTORS,
    VectorIndexRow,
    count_vectors,
    find_index,
    find_or_create_index,
)
from app.storage.sql.change_log import Ids, Vectors

IDS = select(VECTORS.c.chunk_id).where(*IN_INDEX).order_by(VECTORS.c.chunk_id)
HNSW_VALID = text("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(:name)")


@dataclass(frozen=True, slots=True)
class MaintainedPgvectorIndex:
    """MaintainedIndex over the rows of one embedding model in one tenant."""

    db: Database
    tenant_id: str
    fingerprint: str
    dimension: int
    partitions: Partitions

    def ids(self) -> Ids:
        """(n,) all ids, ascending."""
        with self.db.read_tenant(self.tenant_id) as store:
            index = find_index(store.session, self.tenant_id, self.fingerprint)
            if index is None:
                return np.empty(0, np.int64)
            rows = store.session.scalars(IDS, index.place)
            return np.fromiter(rows, np.int64)

    def search(self, query: Vectors, k: int) -> list[tuple[int, float]]:
        return PgvectorSearch(self.db, self.fingerprint, self.partitions).best(self.tenant_id, query, k)

    def own_problems(self) -> Iterator[str]:
        """Yield a message if the noted number of vectors is wrong, or if the HNSW index is not usable."""
        indexed = len(self.ids())
        with self.db.read_tenant(self.tenant_id) as store:
            index = find_index(store.session, self.tenant_id, self.fingerprint)
            if index is not None and index.vectors != indexed:
                yield f"{index.vectors} vectors are noted for the index, which has {indexed}"
            if index is not None and not index.is_shared and not _has_valid_hnsw(store.session, index):
                yield f"the HNSW index of {indexed} vectors is missing or not valid, so searches take long"

    def rebuild(self) -> int:
        """Write the rows again from the stored vectors, and the HNSW index if they are many."""
        with self.db.write_tenant(self.tenant_id) as store:
            self.db.dialect.lift_timeouts(store.session)
            former = find_index(store.session, self.tenant_id, self.fingerprint)
            if former is not None:
                store.session.execute(delete(INDEXES).where(INDEXES.c.id == former.id))
            index = find_or_create_index(store.session, self.tenant_id, self.fingerprint, self.dimension)
            total = 0
            for ids, vectors in store.changes.all_vectors(self.fingerprint):
                copy_in(store.session, index.partition, index.id, ids, vectors.astype(np.float16))
                total += len(ids)
            count_vectors(store.session, index.id, total)
        self.partitions.make(self.tenant_id, self.fingerprint)
        self.partitions.drop_unused()
        return total


def _has_valid_hnsw(session: Session, index: VectorIndexRow) -> bool:
    return bool(session.scalar(HNSW_VALID, {"name": f"{index.own_table}_hnsw"}))
