"""SQLite: many readers, one writer at a time across processes.

SQLite 3.7.0-3.51.2 can corrupt its WAL when two connections write or checkpoint at once, so every write
transaction (and the checkpoint at its commit) runs under one lock file that all processes share.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.errors import Conflict
from app.storage.faults import busy, full, unavailable
from app.storage.filesystem import refuse_network_filesystem
from app.storage.notifications.changes import TenantChanges
from app.storage.sql.strict_json import strict_json
from app.storage.sqlite.files import copy_database, delete_checkpoints, says_full
from app.storage.sqlite.migrate import migrate
from app.storage.sqlite.write_turn import WriteTurn
from app.text.normalisation import folded

LOCK_POLL_S = 0.01  # of the lock between processes: a busy process leaves it free for moments only


def database_url(data_dir: Path) -> str:
    """The URL of the SQLite file in a data folder."""
    return f"sqlite:///{data_dir.expanduser().resolve() / 'loracle.db'}"


class SqliteDialect:
    """A file in the data folder, which all processes of one machine share."""

    name = "sqlite"

    def __init__(self, data_dir: Path, url: str, *, lock_timeout_s: float, pool_size: int) -> None:
        """An empty `url` means the file in `data_dir`. Raises InvalidRequest if they lie on another machine."""
        self._url = url or database_url(data_dir)
        self._data_dir = data_dir
        self.file = Path(make_url(self._url).database or "")
        for folder in {data_dir, self.file.parent}:  # the lock of writers lies in the one, the data in the other
            refuse_network_filesystem(folder)
        self._readers = _engine(self._url, begin="BEGIN", pool_size=pool_size, timeout_s=lock_timeout_s)
        self._writer = _engine(self._url, begin="BEGIN IMMEDIATE", pool_size=1, timeout_s=lock_timeout_s)
        self._write_lock = str(data_dir / "write.lock")  # between processes
        self._write_turn = WriteTurn()  # between the threads of this process: the next one starts at once
        self._lock_timeout_s = lock_timeout_s

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self._readers, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._only_writer(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def interrupter(self, session: Session) -> Callable[[], None]:
        connection: Any = session.connection().connection.driver_connection
        interrupt: Callable[[], None] = connection.interrupt
        return interrupt

    def translate(self, fault: DBAPIError) -> Exception:
        reason = str(fault.orig)
        if "locked" in reason or "busy" in reason:
            return busy()
        if says_full(reason):
            return full()
        if "unable to open" in reason or "readonly" in reason:
            return unavailable(
                "The database cannot be opened for writing; check the data folder's owner and free space."
            )
        if "not a database" in reason or "malformed" in reason:
            return unavailable(f"{self.file} is no database or is damaged ({reason}); restore a backup of it.")
        return fault

    def job_notifications(self, changes: TenantChanges) -> None:
        """Workers poll."""
        del changes

    def check_writable(self) -> None:
        with self.writing() as session:
            session.execute(text("CREATE TABLE IF NOT EXISTS write_probe (at INTEGER)"))
            session.execute(text("DELETE FROM write_probe"))
            session.execute(text("INSERT INTO write_probe VALUES (1)"))

    def read_only_reason(self, session: Session) -> str:
        del session
        closed = next((path for path in (self.file.parent, self.file) if not os.access(path, os.W_OK)), None)
        return "" if closed is None else f"{closed} cannot be written to by this user; change its owner"

    def describe(self, session: Session) -> str:
        return f"SQLite {session.scalar(text('SELECT sqlite_version()'))}"

    def size_bytes(self, session: Session) -> int:
        pages = session.scalar(text("PRAGMA page_count")) or 0
        return int(pages) * int(session.scalar(text("PRAGMA page_size")) or 0)

    def lift_timeouts(self, session: Session) -> None:
        """A statement has none; the lock was had when the transaction began."""
        del session

    def save(self, target: Path) -> None:
        copy_database(self.file, target)

    def load(self, source: Path) -> None:
        if self.file.exists():
            raise Conflict(f"{self.file} is there already; restore into a new folder.")
        shutil.copyfile(source, self.file)
        delete_checkpoints(self.file)

    def migrate(self) -> None:
        migrate(self._url, self._data_dir)

    def close(self) -> None:
        with self._only_writer():  # the last close checkpoints
            self._readers.dispose()
            self._writer.dispose()

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        """Hold the lock of this process and the one between processes. Raises Timeout after the lock timeout."""
        until = time.monotonic() + self._lock_timeout_s
        if not self._write_turn.acquire(self._lock_timeout_s):
            raise Timeout(self._write_lock)
        try:
            left_s = max(0.0, until - time.monotonic())
            with FileLock(self._write_lock, timeout=left_s, poll_interval=LOCK_POLL_S):
                yield
        finally:
            self._write_turn.release()


def _engine(url: str, *, begin: str, pool_size: int, timeout_s: float) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0 if pool_size == 1 else 32,
        json_serializer=strict_json,
        hide_parameters=True,  # of statements in errors: they hold documents
        connect_args={"check_same_thread": False, "timeout": timeout_s},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("folded", 1, folded, deterministic=True)

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
