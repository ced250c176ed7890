"""The seam between the store and a database: what SQLite and PostgreSQL do each in their own way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.storage.notifications.base import JobNotifications
from app.storage.notifications.changes import TenantChanges


class Dialect(Protocol):
    """Opens transactions and keeps the schema of one database. Thread-safe; `close` ends it.

    Connections are made at the first transaction. Errors of the driver leave it as they are; `translate` explains them.
    """

    name: str  # "sqlite" or "postgresql", as SQLAlchemy calls them

    def reading(self) -> AbstractContextManager[Session]:
        """A transaction on one snapshot that writes nothing."""

    def writing(self) -> AbstractContextManager[Session]:
        """A transaction that commits at its end and rolls back on any error."""

    def interrupter(self, session: Session) -> Callable[[], None]:
        """What another thread calls to end the statement that the session runs, if any, with an error of the driver."""

    def translate(self, fault: DBAPIError) -> Exception:
        """What a caller can act on: an AppError, or `fault` itself if it is none of the known ones."""

    def job_notifications(self, changes: TenantChanges) -> JobNotifications | None:
        """What tells workers of queued jobs, and `changes` of those of tenants. None: the database tells nobody."""

    def check_writable(self) -> None:
        """Raises if a write would fail now."""

    def read_only_reason(self, session: Session) -> str:
        """Why writes would be refused, found without one; empty: they would not be."""

    def describe(self, session: Session) -> str:
        """The name and version of the database, for people."""

    def size_bytes(self, session: Session) -> int:
        """The space that the database takes on its disk."""

    def lift_timeouts(self, session: Session) -> None:
        """Let this transaction wait and work as long as it does: it copies, builds or deletes what is large."""

    def save(self, target: Path) -> None:
        """Write a consistent copy of the database into the new SQLite file `target`, while others write."""

    def load(self, source: Path) -> None:
        """Fill the database, which is empty, from such a file of this or an earlier version. Raises Conflict."""

    def migrate(self) -> None:
        """Create or upgrade the schema; one process at a time. Raises SchemaTooNew."""

    def close(self) -> None:
        """Close every connection."""
