"""The database: many readers, one writer at a time across processes.

SQLite 3.7.0-3.51.2 can corrupt its WAL when two connections write or checkpoint at once, so every write
transaction (and the checkpoint at its commit) runs under one lock file that all processes share.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.errors import DISK_FULL_MESSAGE, AppError, StorageFull, Unavailable, is_disk_full
from app.storage.visibility import current_visibility
from app.text.normalisation import folded

if TYPE_CHECKING:
    from app.storage.sql.tenant_store import TenantStore

LOCK_TIMEOUT_S = 5.0
LOCK_POLL_S = 0.01  # of the lock between processes: a busy process leaves it free for moments only


def tenant_store(session: Session, tenant_id: str) -> TenantStore:
    """The repositories of one tenant in a transaction, narrowed to what the request at work sees.

    Imported at the first call: connections depend on none.
    """
    from app.storage.sql.tenant_store import TenantStore

    return TenantStore(session, tenant_id, current_visibility())


class Database:
    """Hands out sessions. `read()` and `write()` are transactions; both translate storage faults to AppError."""

    def __init__(
        self,
        url: str,
        *,
        data_dir: Path,
        lock_timeout_s: float = LOCK_TIMEOUT_S,
        repositories: Callable[[Session, str], TenantStore] = tenant_store,
    ) -> None:
        """`repositories`: makes a tenant's repositories from (session, tenant id)."""
        data_dir.mkdir(parents=True, exist_ok=True)
        self.url = url
        self.data_dir = data_dir
        self._readers = _sqlite_engine(url, begin="BEGIN", pool_size=8, timeout_s=lock_timeout_s)
        self._writer = _sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1, timeout_s=lock_timeout_s)
        self._write_lock = str(data_dir / "write.lock")  # between processes
        self._write_turn = Lock()  # between the threads of this process: the next one starts at once
        self._lock_timeout_s = lock_timeout_s
        self._repositories = repositories

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read transaction on one snapshot. Raises Unavailable if the database is locked."""
        with translate_faults(), Session(self._readers, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """The one write transaction; commits at the end, rolls back on any error.

        Raises Unavailable if it cannot start within the lock timeout, StorageFull if the disk is full.
        """
        with (
            translate_faults(),
            self._only_writer(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def read_tenant(self, tenant_id: str) -> Iterator[TenantStore]:
        """The repositories of one tenant in a read transaction. Raises as `read` does."""
        with self.read() as session:
            yield self._repositories(session, tenant_id)

    @contextmanager
    def write_tenant(self, tenant_id: str) -> Iterator[TenantStore]:
        """The repositories of one tenant in the write transaction. Raises as `write` does."""
        with self.write() as session:
            yield self._repositories(session, tenant_id)

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        """Hold the lock of this process and the one between processes. Raises Timeout after the lock timeout."""
        until = time.monotonic() + self._lock_timeout_s
        if not self._write_turn.acquire(timeout=self._lock_timeout_s):
            raise Timeout(self._write_lock)
        try:
            left_s = max(0.0, until - time.monotonic())
            with FileLock(self._write_lock, timeout=left_s, poll_interval=LOCK_POLL_S):
                yield
        finally:
            self._write_turn.release()

    def check_writable(self) -> None:
        """Raises Unavailable or StorageFull if a write would fail now."""
        with self.write() as session:
            session.execute(text("CREATE TABLE IF NOT EXISTS write_probe (at INTEGER)"))
            session.execute(text("DELETE FROM write_probe"))
            session.execute(text("INSERT INTO write_probe VALUES (1)"))

    def close(self) -> None:
        with self._only_writer():  # the last close checkpoints
            self._readers.dispose()
            self._writer.dispose()


def database_url(data_dir: Path) -> str:
    """The URL of the SQLite file in a data folder."""
    return f"sqlite:///{data_dir.expanduser().resolve() / 'loracle.db'}"


def open_database(data_dir: Path, url: str = "") -> Database:
    """Open the database without migrating it. An empty `url` means the SQLite file in `data_dir`."""
    return Database(url or database_url(data_dir), data_dir=data_dir.expanduser().resolve())


def _sqlite_engine(url: str, *, begin: str, pool_size: int, timeout_s: float) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0 if pool_size == 1 else 32,
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


@contextmanager
def translate_faults() -> Iterator[None]:
    """Turn the storage's own errors into what a caller can act on."""
    try:
        yield
    except Timeout as fault:
        raise _locked() from fault
    except (OperationalError, DatabaseError) as fault:
        raise _translated(fault) from fault
    except OSError as fault:
        if is_disk_full(fault):
            raise _full() from fault
        raise


def _translated(fault: DatabaseError) -> Exception:
    reason = str(fault.orig)
    if "locked" in reason or "busy" in reason:
        return _locked()
    if "full" in reason or "disk I/O error" in reason:
        return _full()
    if "unable to open" in reason or "readonly" in reason:
        return Unavailable(
            "The database cannot be opened for writing; check the data folder's owner and free space.",
            code="database_unavailable",
            retry_after=5,
        )
    return fault


def _locked() -> AppError:
    return Unavailable("The database is busy; try again in a second.", code="database_busy", retry_after=1)


def _full() -> AppError:
    return StorageFull(DISK_FULL_MESSAGE)
