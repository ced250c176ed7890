"""The ids of new chunks: contiguous within a document version, and used once.

SQLite numbers the rows, and has one writer at a time. On PostgreSQL a tenant takes ids in blocks, each of which is one
bucket of the postings: its chunks lie in as few buckets as they fill, however many others write.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.storage.sql.dialects.locks import lock_tenant
from app.storage.sql.tables import ChangeRow, ChunkIdsRow, ChunkRow
from app.storage.sql.tables.chunks import BUCKET, CHUNK_BLOCKS


def reserved_chunk_ids(session: Session, tenant_id: str, count: int) -> range | None:
    """Ids for `count` chunks of one version; None: the database numbers the rows so that they are contiguous."""
    if session.get_bind().dialect.name == "sqlite":
        return None
    lock_tenant(session, tenant_id)
    ids = session.get(ChunkIdsRow, tenant_id)
    if ids is None:
        ids = ChunkIdsRow(tenant_id=tenant_id, next_id=0, end_id=0)
        session.add(ids)
    if ids.end_id - ids.next_id < count:
        blocks = -(-count // BUCKET)
        ids.next_id = _new_blocks(session, blocks) * BUCKET
        ids.end_id = ids.next_id + blocks * BUCKET
    first = ids.next_id
    ids.next_id += count
    session.flush()
    return range(first, first + count)


def skip_used_chunk_ids(session: Session, last: int) -> None:
    """Begin new blocks behind `last` and every id that was used, after rows were copied from another database."""
    used = [session.scalar(select(func.max(column))) or 0 for column in (ChunkRow.id, ChangeRow.last_chunk_id)]
    session.execute(select(func.setval(CHUNK_BLOCKS.name, max(last, *used) // BUCKET + 1)))


def last_reserved_chunk_id(session: Session) -> int:
    """The last id of the newest block on PostgreSQL; 0 if there is none."""
    newest = session.scalar(select(func.pg_sequence_last_value(CHUNK_BLOCKS.name)))
    return 0 if newest is None else (int(newest) + 1) * BUCKET - 1


def _new_blocks(session: Session, count: int) -> int:
    """The number of the first of `count` blocks that follow each other."""
    numbers = select(CHUNK_BLOCKS.next_value()).select_from(func.generate_series(1, count))
    while True:  # others take blocks at the same time; those between theirs stay unused
        blocks = session.scalars(numbers).all()
        if blocks[-1] - blocks[0] == count - 1:
            return int(blocks[0])
