"""The change log and the stored vectors, from which every index is built and updated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import Select, and_, bindparam, case, delete, func, or_, select
from sqlalchemy.orm import Session

from app.domain.change_log import Change, ChangeKind, IndexCheckpoint
from app.storage.sql.dialects.lists import one_of, one_of_parameter
from app.storage.sql.dialects.locks import lock_tenant
from app.storage.sql.records import record_from
from app.storage.sql.tables import ChangeRow, ChunkRow, ChunkVectorRow, IndexCheckpointRow, TenantRow

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]
BATCH = 4096
CHECKPOINTS_KEPT = 2  # of the same fingerprint, and of all others
OTHER_NODES_KEPT = 64  # checkpoints of a tenant on other nodes; those of nodes that are gone never give way else
CHANGES_AT_ONCE = 1000
VECTOR_ITEM_BYTES = 2  # float16
# In a session's `info`: functions (session, ChangeRow) that apply each change in its own transaction. PostgreSQL's
# vectors do; FAISS reads the log before a search.
FOLLOWERS = "follow_changes"


def stored_vector(vector: Vectors) -> bytes:
    """The bytes of a vector (dimension,) in the database: float16, little-endian."""
    return vector.astype("<f2").tobytes()


def log_change(
    session: Session, tenant_id: str, kind: ChangeKind, version_id: int, only: int | None = None
) -> tuple[int, int] | None:
    """Log for the indexes that a version's chunks are new or have new vectors (ADD), or leave the indexes (REMOVE).

    `only`: the id of the one chunk that it is about, for REMOVE.

    The ids of a version are contiguous: `dialects.chunk_ids`. Entries of a tenant commit in the order of their numbers,
    because nobody else writes to it from here to the commit: a reader misses none. Returns the first and the last id;
    None if the version has no chunks.
    """
    lock_tenant(session, tenant_id)
    # The plain column lets PostgreSQL seek the least id by walking all tenants': 600 ms at 170,000 chunks, not 1.
    ids = select(func.min(ChunkRow.id + 0), func.max(ChunkRow.id + 0)).where(ChunkRow.version_id == version_id)
    if only is not None:
        ids = ids.where(ChunkRow.id == only)
    first, last = session.execute(ids).one()
    if first is None:
        return None
    change = ChangeRow(tenant_id=tenant_id, kind=kind, version_id=version_id, first_chunk_id=first, last_chunk_id=last)
    session.add(change)
    session.flush()
    for follow in session.info.get(FOLLOWERS, ()):
        follow(session, change)
    return first, last


def _vectors() -> Select[Any]:
    """(id, vector) of every enabled chunk with a vector of a fingerprint: its own, or a secondary one."""
    fingerprint: Any = bindparam("fingerprint")
    secondary = and_(ChunkVectorRow.chunk_id == ChunkRow.id, ChunkVectorRow.fingerprint == fingerprint)
    own = ChunkRow.fingerprint == fingerprint
    return (
        select(ChunkRow.id, case((own, ChunkRow.vector), else_=ChunkVectorRow.vector).label("vector"))
        .outerjoin(ChunkVectorRow, secondary)
        .where(ChunkRow.tenant_id == bindparam("tenant"), ChunkRow.enabled)
        .where(or_(own, ChunkVectorRow.chunk_id.is_not(None)))
        .order_by(ChunkRow.id)
    )


def of_chunks(vectors: Any) -> Any:
    """Restrict a query for vectors to chunks whose ids are the parameter `ids`."""
    return vectors.where(one_of_parameter(ChunkRow.id, "ids"))


CHANGES_AFTER = (
    select(ChangeRow.seq, ChangeRow.kind, ChangeRow.version_id, ChangeRow.first_chunk_id, ChangeRow.last_chunk_id)
    .where(ChangeRow.tenant_id == bindparam("tenant"), ChangeRow.seq > bindparam("seq"))
    .order_by(ChangeRow.seq)
    .limit(CHANGES_AT_ONCE)
)


class ChangeLog:
    """Reads and writes the change log, vectors and index checkpoints of one tenant.

    The statements are built once: every search runs them, and building one takes as long as running it.
    """

    VECTORS: ClassVar[Any] = _vectors()
    VECTORS_AT: ClassVar[Any] = of_chunks(VECTORS)

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def max_seq(self) -> int:
        """Number of the newest change; 0 before the first."""
        query = select(func.max(ChangeRow.seq)).where(ChangeRow.tenant_id == self._tenant_id)
        return self._session.scalar(query) or 0

    def after(self, seq: int) -> list[Change]:
        """The next changes after `seq`, at most CHANGES_AT_ONCE; empty if there are none."""
        rows: Any = self._session.execute(CHANGES_AFTER, {"tenant": self._tenant_id, "seq": seq})
        return [Change(*row) for row in rows]

    def vectors_of(self, version_id: int, fingerprint: str) -> tuple[Ids, Vectors]:
        """(n,) ids and (n, dimension) vectors of a version's chunks; empty if they were deleted since."""
        return self._stacked(self._run(self.VECTORS.where(ChunkRow.version_id == version_id), fingerprint))

    def all_vectors(self, fingerprint: str) -> Iterator[tuple[Ids, Vectors]]:
        """All vectors of the tenant in batches, from the same snapshot as `max_seq` in the same transaction."""
        rows = self._run(self.VECTORS.execution_options(yield_per=BATCH), fingerprint)
        for batch in rows.partitions(BATCH):
            yield self._stacked(batch)

    def vectors_at(self, ids: Ids, fingerprint: str) -> tuple[Ids, Vectors]:
        """(n,) the existing ones of `ids`, ascending, with their (n, dimension) vectors."""
        return self._stacked(self._run(self.VECTORS_AT, fingerprint, ids=ids.tolist()))

    def count(self, fingerprint: str) -> int:
        """The number of the tenant's vectors of that fingerprint."""
        query = select(func.count()).select_from(self.VECTORS.order_by(None).subquery())
        return self._run(query, fingerprint).scalar_one()  # type: ignore[no-any-return]

    def sample(self, fingerprint: str, limit: int) -> Vectors:
        """(n, dimension) vectors, at most `limit`, spread over all of them by their ids."""
        stride = max(1, -(-self.count(fingerprint) // max(limit, 1)))
        query = self.VECTORS.where(ChunkRow.id % stride == 0).limit(limit)
        return self._stacked(self._run(query, fingerprint))[1]

    def fingerprints(self) -> dict[str, int]:
        """Dimensions of the vectors of the tenant's chunks, by embedding fingerprint."""
        dimensions: dict[str, int] = {}
        for table in (ChunkRow, ChunkVectorRow):
            each = select(table.fingerprint, func.max(func.length(table.vector)))
            mine = each.where(table.tenant_id == self._tenant_id).group_by(table.fingerprint)
            dimensions |= {row[0]: row[1] // VECTOR_ITEM_BYTES for row in self._session.execute(mine)}
        return dimensions

    def checkpoints(self, fingerprint: str, node: str) -> list[IndexCheckpoint]:
        """Checkpoints of that fingerprint in the folder of a node, newest first."""
        mine = IndexCheckpointRow.tenant_id == self._tenant_id, IndexCheckpointRow.node == node
        query = select(IndexCheckpointRow).where(*mine, IndexCheckpointRow.fingerprint == fingerprint)
        rows = self._session.scalars(query.order_by(IndexCheckpointRow.id.desc()))
        return [record_from(row, IndexCheckpoint) for row in rows]

    def record_checkpoint(
        self, *, seq: int, path: str, sha256: str, vectors: int, fingerprint: str, node: str
    ) -> list[str]:
        """Record a checkpoint of a node; of its own, delete all but the newest CHECKPOINTS_KEPT of the fingerprint and
        of all others. The oldest of other nodes are forgotten.

        Returns the paths of files that no checkpoint refers to: the new one too, if the tenant was deleted meanwhile.
        """
        if self._session.get(TenantRow, self._tenant_id) is None:
            return [path]
        mine = IndexCheckpointRow.tenant_id == self._tenant_id, IndexCheckpointRow.node == node
        self._session.add(
            IndexCheckpointRow(
                tenant_id=self._tenant_id,
                seq=seq,
                path=path,
                sha256=sha256,
                vectors=vectors,
                fingerprint=fingerprint,
                node=node,
            )
        )
        self._session.flush()
        rows = self._session.scalars(
            select(IndexCheckpointRow).where(*mine).order_by(IndexCheckpointRow.id.desc())
        ).all()
        own = [row for row in rows if row.fingerprint == fingerprint]
        others = [row for row in rows if row.fingerprint != fingerprint]  # of word vectors, or of a former model
        kept = {row.path for row in own[:CHECKPOINTS_KEPT] + others[:CHECKPOINTS_KEPT]}
        old = own[CHECKPOINTS_KEPT:] + others[CHECKPOINTS_KEPT:]
        elsewhere = IndexCheckpointRow.tenant_id == self._tenant_id, IndexCheckpointRow.node != node
        newest_first = select(IndexCheckpointRow.id).where(*elsewhere).order_by(IndexCheckpointRow.id.desc())
        forgotten = [row.id for row in old] + [*self._session.scalars(newest_first.offset(OTHER_NODES_KEPT))]
        self._session.execute(delete(IndexCheckpointRow).where(one_of(IndexCheckpointRow.id, forgotten)))
        return sorted({row.path for row in old} - kept)

    def _run(self, query: Select[Any], fingerprint: str, **more: Any) -> Any:
        return self._session.execute(query, {"tenant": self._tenant_id, "fingerprint": fingerprint, **more})

    def _stacked(self, rows: Iterable[Any]) -> tuple[Ids, Vectors]:
        """(n,) ids and (n, dimension) vectors of rows that VECTORS selected."""
        pairs = list(rows)
        if not pairs:
            return np.empty(0, np.int64), np.empty((0, 0), np.float32)
        ids = np.array([row[0] for row in pairs], dtype=np.int64)
        vectors = np.frombuffer(b"".join(row[1] for row in pairs), dtype="<f2").astype(np.float32)
        return ids, vectors.reshape(len(pairs), -1)
