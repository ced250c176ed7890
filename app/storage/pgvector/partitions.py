"""Partitions of large indexes: the vectors of one embedding model in one tenant, with an HNSW index over them.

Making one takes one transaction. It copies the vectors and builds the HNSW index while the tenant's documents go on
being written and searched, then takes the tenant's lock for the moment in which it adds what was written meanwhile and
lets searches use it. If it fails or the process ends, nothing of it is left.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import structlog
from sqlalchemy import func, select, text

from app.errors import Unavailable
from app.storage.database import Database
from app.storage.pgvector.partition_build import build, take_over
from app.storage.postgres.vectors.index_rows import VectorIndexRow, find_index
from app.storage.sql.dialects.locks import lock_key, lock_tenant

log = structlog.get_logger(__name__)
LARGEST_HNSW_DIMENSION = 4000  # of halfvec; beyond it every search is exact
DROP_LOCK_TIMEOUT = "200ms"  # a drop waits for the searches at work, and new ones wait behind it
LARGE = text(
    "SELECT tenant_id, fingerprint FROM vector_indexes "
    "WHERE partition = 0 AND vectors > :exact AND dimension <= :dimension ORDER BY vectors DESC"
)
EMPTY = text("SELECT tenant_id, fingerprint FROM vector_indexes WHERE vectors = 0")
DELETE_EMPTY = text(
    "DELETE FROM vector_indexes WHERE tenant_id = :tenant AND fingerprint = :fingerprint AND vectors = 0"
)
UNUSED = text(
    "SELECT child.relname FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid "
    "WHERE inhparent = 'indexed_vectors'::regclass AND child.relname != 'indexed_vectors_0' "
    "AND child.relname NOT IN (SELECT 'indexed_vectors_' || id FROM vector_indexes)"
)


class Partitions:
    """Makes and drops the partitions of large indexes. Thread-safe; of several processes one makes each of them."""

    def __init__(self, db: Database, exact_vectors: int) -> None:
        """`exact_vectors`: the most vectors of an index that stays in the shared partition and is searched exactly."""
        self._db = db
        self._exact_vectors = exact_vectors

    def make_all(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Drop what has no vectors any more, then make every partition that is missing, the largest first."""
        with self._db.read() as session:
            limits = {"exact": self._exact_vectors, "dimension": LARGEST_HNSW_DIMENSION}
            large = session.execute(LARGE, limits).all()
            empty = session.execute(EMPTY).all()
        for tenant_id, fingerprint in empty:
            with self._db.write_tenant(tenant_id) as store:
                store.session.execute(DELETE_EMPTY, {"tenant": tenant_id, "fingerprint": fingerprint})
        self.drop_unused()
        for tenant_id, fingerprint in large:
            if stopped():
                return
            self.make(tenant_id, fingerprint)

    def make(self, tenant_id: str, fingerprint: str) -> bool:
        """Move an index to a partition of its own. False: it is not large, or another process is making it."""
        with self._db.write() as session:
            index = find_index(session, tenant_id, fingerprint)
            if index is None or not self._needs_partition(index):
                return False
            if not session.scalar(select(func.pg_try_advisory_xact_lock(lock_key("vector_index", str(index.id))))):
                return False
            self._db.dialect.lift_timeouts(session)  # a writer that is long at work must not undo the build
            build(session, index)
            lock_tenant(session, tenant_id)
            current = find_index(session, tenant_id, fingerprint)
            if current is None or current.id != index.id or not current.is_shared:
                session.rollback()  # it was deleted meanwhile, or another process was faster
                return False
            take_over(session, current)
        log.info("vector_partition_made", tenant_id=tenant_id, fingerprint=fingerprint, vectors=current.vectors)
        return True

    def drop_unused(self) -> None:
        """Drop the partitions whose index is gone. One that a search reads now is dropped at a later call."""
        with self._db.read() as session:
            unused = list(session.scalars(UNUSED))
        for name in unused:
            with suppress(Unavailable), self._db.write() as session:
                session.execute(text(f"SET LOCAL lock_timeout = '{DROP_LOCK_TIMEOUT}'"))
                session.execute(text(f"DROP TABLE IF EXISTS {name}"))

    def _needs_partition(self, index: VectorIndexRow) -> bool:
        return index.is_shared and index.vectors > self._exact_vectors and index.dimension <= LARGEST_HNSW_DIMENSION
