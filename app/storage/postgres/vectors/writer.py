"""Keeps `indexed_vectors` equal to the vectors of the enabled chunks, in the transaction that logs their change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import ARRAY, BigInteger, Select, all_, bindparam, delete, literal_column, select, union_all
from sqlalchemy.orm import Session

from app.domain.change_log import ChangeKind
from app.storage.postgres.vectors.binary_rows import copy_in
from app.storage.postgres.vectors.index_rows import (
    IN_INDEX,
    VECTORS,
    VectorIndexRow,
    count_vectors,
    find_or_create_index,
    indexes_of,
)
from app.storage.sql.tables import ChangeRow, ChunkRow, ChunkVectorRow

IN_RANGE = (*IN_INDEX, VECTORS.c.chunk_id.between(bindparam("first"), bindparam("last")))
INDEXED = select(VECTORS.c.chunk_id).where(*IN_RANGE)
DELETE = delete(VECTORS).where(*IN_RANGE, VECTORS.c.chunk_id != all_(bindparam("kept", type_=ARRAY(BigInteger))))
Stored = Sequence[tuple[int, bytes]]  # (chunk id, float16 values)


def stored_vectors() -> Select[Any]:
    """(fingerprint, id, vector) of the enabled chunks first..last of a tenant: their own and their secondary ones."""
    mine = (
        ChunkRow.tenant_id == bindparam("tenant"),
        ChunkRow.id.between(bindparam("first"), bindparam("last")),
        ChunkRow.enabled,
    )
    own = select(ChunkRow.fingerprint, ChunkRow.id, ChunkRow.vector).where(*mine)
    secondary = (
        select(ChunkVectorRow.fingerprint, ChunkRow.id, ChunkVectorRow.vector)
        .join(ChunkRow, ChunkRow.id == ChunkVectorRow.chunk_id)
        .where(*mine, ChunkVectorRow.fingerprint != ChunkRow.fingerprint)
    )
    both = union_all(own, secondary).subquery()
    return select(both).order_by(literal_column("1"), literal_column("2"))


STORED = stored_vectors()


def follow(session: Session, change: ChangeRow) -> None:
    """Apply a logged change. The transaction holds the tenant's lock and has written the chunks."""
    first, last = change.first_chunk_id, change.last_chunk_id
    stored = _stored(session, change.tenant_id, first, last) if change.kind == ChangeKind.ADD else {}
    for index in indexes_of(session, change.tenant_id):
        _replace(session, index, stored.pop(index.fingerprint, []), first, last)
    for fingerprint, rows in stored.items():
        index = find_or_create_index(session, change.tenant_id, fingerprint, len(rows[0][1]) // 2)
        insert(session, index, rows)


def insert(session: Session, index: VectorIndexRow, rows: Stored) -> None:
    """Add vectors to an index that has none of these chunks."""
    if rows:
        ids = np.array([row[0] for row in rows], np.int64)
        vectors = np.frombuffer(b"".join(row[1] for row in rows), "<f2").reshape(len(rows), index.dimension)
        copy_in(session, index.partition, index.id, ids, vectors)
        count_vectors(session, index.id, len(rows))


def _stored(session: Session, tenant_id: str, first: int, last: int) -> dict[str, Stored]:
    """The stored vectors of the chunks first..last by fingerprint."""
    found: dict[str, list[tuple[int, bytes]]] = {}
    for fingerprint, chunk_id, vector in session.execute(STORED, {"tenant": tenant_id, "first": first, "last": last}):
        found.setdefault(fingerprint, []).append((chunk_id, vector))
    return dict(found)


def _replace(session: Session, index: VectorIndexRow, rows: Stored, first: int, last: int) -> None:
    """Let the index have, of the chunks first..last, these alone. The vector of a chunk never changes."""
    chunks = {**index.place, "first": first, "last": last}
    indexed = set(session.scalars(INDEXED, chunks))
    if indexed:
        kept = [row[0] for row in rows if row[0] in indexed]
        deleted = session.execute(DELETE, {**chunks, "kept": kept})
        count_vectors(session, index.id, -deleted.rowcount)  # type: ignore[attr-defined]
    insert(session, index, [row for row in rows if row[0] not in indexed])
