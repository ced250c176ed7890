"""Copies all tables in one transaction of the target, then reads both sides again and compares them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Table, exists, func, insert, null, select
from sqlalchemy.orm import Session

from app.domain.change_log import ChangeKind
from app.errors import AppError, Conflict
from app.storage.copying.numbering import carry_numbers
from app.storage.copying.values import SQL_NULL, RowsHash, kept_by_postgres, size_of
from app.storage.sql.change_log import FOLLOWERS
from app.storage.sql.tables import Base, ChangeRow, ChunkRow

BATCH_ROWS, BATCH_BYTES = 500, 4 * 2**20
WINDOW_IDS = 4096  # of the chunks whose vectors are taken in at once
# Of one place or one moment: files of an index, and what running processes tell each other.
NOT_COPIED = {"index_checkpoints", "processes", "live_answers", "rate_buckets", "one_time_values"}


class CopyDiffers(AppError):
    """The copy is not equal to its source; nothing was kept of it."""

    status, type, code = 500, "server_error", "copy_differs"


@dataclass(frozen=True, slots=True)
class TableCopy:
    """A table that was copied: its rows and their hash, and how many had characters that the target cannot keep."""

    name: str
    rows: int
    sha256: str
    replaced: int


def copy_rows(source: Session, target: Session) -> list[TableCopy]:
    """Copy every table into an empty database of this version's schema; the caller commits.

    `source`: a transaction on one snapshot. Raises Conflict if `target` has rows, CopyDiffers if what is read from it
    afterwards is not what was read from `source`.
    """
    tables = copied_tables()
    if full := [one.name for one in tables if target.scalar(select(exists(select(1).select_from(one))))]:
        raise Conflict(f"The target database is not empty ({', '.join(full)}); create a new one for the copy.")
    made = [_copy(source, target, one) for one in tables]
    carry_numbers(source, target, tables)
    for one, copy in zip(tables, made, strict=True):
        found = hash_of(target, one)
        if found != (copy.rows, copy.sha256):
            raise CopyDiffers(
                f"Table {one.name} has {found[0]} rows in the copy and {copy.rows} in its source, or other content. "
                "Nothing was kept; try again, and report this."
            )
    _follow(target)
    return made


def _follow(session: Session) -> None:
    """Let what follows the change log in each transaction (PostgreSQL's vectors) take in all chunks."""
    windows = select(ChunkRow.tenant_id, func.min(ChunkRow.id), func.max(ChunkRow.id)).group_by(
        ChunkRow.tenant_id, ChunkRow.id // WINDOW_IDS
    )
    for tenant_id, first, last in session.execute(windows).all():
        added = ChangeRow(tenant_id=tenant_id, kind=ChangeKind.ADD, first_chunk_id=first, last_chunk_id=last)
        for follow in session.info.get(FOLLOWERS, ()):
            follow(session, added)


def copied_tables() -> list[Table]:
    """The tables that both databases have, those that others refer to first."""
    return [
        table for table in Base.metadata.sorted_tables if table.name not in NOT_COPIED and "dialect" not in table.info
    ]


def hash_of(session: Session, table: Table) -> tuple[int, str]:
    """(rows, sha256) of a table."""
    found = RowsHash(table)
    for row in _rows(session, table):
        found.add(row)
    return found.result()


def _copy(source: Session, target: Session, table: Table) -> TableCopy:
    found, replaced, size = RowsHash(table), 0, 0
    batch: list[dict[str, Any]] = []
    to_postgres = target.get_bind().dialect.name == "postgresql"

    def write() -> None:
        if batch:
            target.connection().execute(insert(table), batch)
            batch.clear()

    for read in _rows(source, table):
        row = kept_by_postgres(table, read) if to_postgres else read
        replaced += row != read
        found.add(row)
        batch.append(row)
        size += size_of(row)
        if len(batch) >= BATCH_ROWS or size >= BATCH_BYTES:
            write()
            size = 0
    write()
    return TableCopy(table.name, *found.result(), replaced)


def _rows(session: Session, table: Table) -> Iterator[dict[str, Any]]:
    """Every row in the order of the primary key, by column."""
    keys = [column.key for column in table.columns]
    nullable = [column for column in table.columns if isinstance(column.type, JSON) and column.nullable]
    query = select(*table.columns, *(column.is_(null()) for column in nullable)).order_by(*table.primary_key.columns)
    for values in session.execute(query, execution_options={"yield_per": BATCH_ROWS}):
        row = dict(zip(keys, values, strict=False))
        for column, is_null in zip(nullable, values[len(keys) :], strict=True):
            if is_null:
                row[column.key] = SQL_NULL
        yield row
