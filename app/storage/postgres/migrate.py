"""Creates and upgrades the schema under an advisory lock, in one transaction, never downwards."""

from __future__ import annotations

import re

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from app.storage.faults import unavailable
from app.storage.postgres.baseline import create_tables
from app.storage.postgres.engine import lift_timeouts
from app.storage.postgres.functions import create_functions
from app.storage.schema import logged_upgrade, newest_revision, revision_of, stamp, upgrade
from app.storage.sql.dialects.locks import lock

OLDEST_SERVER = 15
OLDEST_VECTOR = (0, 8, 4)  # earlier ones can corrupt an HNSW index
NOT_INSTALLED = {"0A000", "58P01", "42501"}  # not available, no such file, not allowed


def migrate(engine: Engine) -> None:
    """Create or upgrade the schema. Raises SchemaTooNew, or Unavailable if the server or pgvector is too old."""
    with engine.begin() as connection:
        lift_timeouts(connection)  # for another process that is at it
        lock(connection, "migrate")
        check_server(connection)
        found = at = revision_of(connection)
        if at is None:
            at = create_tables(connection)
            stamp(connection, at)
        if at != newest_revision():
            with logged_upgrade(found):
                upgrade(connection)
        create_functions(connection)


def check_server(connection: Connection) -> None:
    """Raises Unavailable, with what to do, if PostgreSQL or pgvector is too old or pgvector is missing."""
    major = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
    if major < OLDEST_SERVER:
        raise unavailable(f"PostgreSQL {major} is too old; Loracle needs {OLDEST_SERVER} or later.")
    wanted = ".".join(map(str, OLDEST_VECTOR))
    try:
        with connection.begin_nested():
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
    except DBAPIError as fault:
        if getattr(fault.orig, "sqlstate", None) not in NOT_INSTALLED:
            raise
        raise unavailable(
            f"The extension pgvector is missing: install pgvector {wanted} or later on the database server, "
            "and run `CREATE EXTENSION vector` in the database as a superuser."
        ) from fault
    version = vector_version(connection)
    if tuple(int(part) for part in re.findall(r"\d+", version)) < OLDEST_VECTOR:
        raise unavailable(
            f"pgvector {version} is too old; install {wanted} or later and run `ALTER EXTENSION vector UPDATE`."
        )


def vector_version(connection: Connection) -> str:
    """The version of pgvector in this database; empty if it is not there."""
    return str(connection.scalar(text("SELECT extversion FROM pg_extension WHERE extname = 'vector'")) or "")
