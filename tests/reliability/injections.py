"""What can go wrong around a live process, for as long as a block lasts: a full disk, a database that another holds."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock


@contextmanager
def bounded_files(process: int, size: int) -> Iterator[None]:
    """No file of the process may grow past `size` bytes: writes beyond fail as on a full disk."""
    soft, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def held_database(database: Path) -> Iterator[None]:
    """SQLite's own write lock, as a foreign program would hold it."""
    connection = sqlite3.connect(database, timeout=30, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def held_lock(lock: Path) -> Iterator[None]:
    """The service's own lock on writes."""
    with FileLock(str(lock), timeout=30):
        yield
