"""The database as one file: copied while it is in use, checked, restored."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.storage.faults import full

PAGES_PER_STEP = 1024  # of the database; writers can run between the steps


def integrity(database: Path) -> str:
    """The result of SQLite's integrity checks: "ok", or the problems found."""
    connection = sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
    except sqlite3.DatabaseError as fault:
        return str(fault)
    finally:
        connection.close()
    return "; ".join(found) if not broken else f"{len(broken)} rows refer to rows that are not there"


def copy_database(source: Path, target: Path) -> None:
    """Copy a database with SQLite's backup API into a single file without a write-ahead log.

    Raises StorageFull; nothing of the copy is left then.
    """
    live, copy = sqlite3.connect(source, timeout=30), sqlite3.connect(target)
    try:
        live.execute("BEGIN")  # one snapshot: without it, every commit in between restarts the copy
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=PAGES_PER_STEP)
        copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as fault:
        target.unlink(missing_ok=True)
        if says_full(str(fault)):
            raise full() from fault
        raise
    finally:
        copy.close()
        live.close()


def says_full(reason: str) -> bool:
    """Whether an error of SQLite says that no more can be written: disk, quota or file size."""
    return "full" in reason or "disk I/O error" in reason


def delete_checkpoints(database: Path) -> None:
    """Forget the saved index files: they lie in another data folder."""
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("DELETE FROM index_checkpoints")
    connection.close()
