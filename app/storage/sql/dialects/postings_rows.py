"""Writes rows of the postings, hundreds at a time.

As text, because SQLAlchemy's own work on each row would take longer than the database's. PostgreSQL gets them as arrays
in one statement, in the order of their keys: rows that two transactions update in different orders would deadlock.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sqlalchemy import LargeBinary, bindparam, cast, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from app.storage.sql.tables import PostingsRow

TABLE = PostingsRow.__table__
KEY = ("tenant_id", "term", "bucket")
APPEND = """
INSERT INTO postings (tenant_id, term, bucket, entries)
SELECT %s, term, bucket, entries FROM unnest(%s::text[], %s::bigint[], %b::bytea[]) AS new (term, bucket, entries)
ON CONFLICT (tenant_id, term, bucket) DO UPDATE SET entries = postings.entries || excluded.entries
"""
REPLACE = """
UPDATE postings SET entries = new.entries FROM unnest(%s::text[], %b::bytea[]) AS new (term, entries)
WHERE postings.tenant_id = %s AND postings.bucket = %s AND postings.term = new.term
"""


def append_entries(session: Session, tenant_id: str, entries: Mapping[tuple[str, int], bytes | bytearray]) -> None:
    """Add packed entries to the rows of a tenant, by term and bucket; rows that are not there are made."""
    if not entries:
        return
    rows = sorted((term, bucket, bytes(packed)) for (term, bucket), packed in entries.items())
    if session.get_bind().dialect.name == "sqlite":
        values = [(tenant_id, *row) for row in rows]
        session.connection().exec_driver_sql(_sqlite_append(), values)
    else:
        terms, buckets, packed = (list(column) for column in zip(*rows, strict=True))
        session.connection().exec_driver_sql(APPEND, (tenant_id, terms, buckets, packed))


def replace_entries(session: Session, tenant_id: str, bucket: int, entries: Mapping[str, bytes]) -> None:
    """Set the entries of existing rows of one bucket, by term."""
    if not entries:
        return
    if session.get_bind().dialect.name == "sqlite":
        mine = TABLE.c.tenant_id == tenant_id, TABLE.c.bucket == bucket, TABLE.c.term == bindparam("of")
        change = update(TABLE).where(*mine).values(entries=bindparam("left"))  # type: ignore[arg-type]
        session.execute(change, [{"of": term, "left": left} for term, left in entries.items()])
    else:
        terms = sorted(entries)
        parameters = (terms, [entries[term] for term in terms], tenant_id, bucket)
        session.connection().exec_driver_sql(REPLACE, parameters)


@cache
def _sqlite_append() -> str:
    new = sqlite.insert(TABLE)  # type: ignore[arg-type]
    both = cast(TABLE.c.entries.concat(new.excluded.entries), LargeBinary)  # SQLite joins blobs to a text
    return str(new.on_conflict_do_update(index_elements=KEY, set_={"entries": both}).compile(dialect=sqlite.dialect()))
