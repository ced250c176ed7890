"""PostgreSQL: any number of processes on any number of machines; one writer at a time for each tenant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.storage.copying.sqlite_file import load_from_sqlite, save_as_sqlite
from app.storage.notifications.base import JobNotifications
from app.storage.notifications.changes import TenantChanges
from app.storage.notifications.listening import Listening
from app.storage.postgres import faults
from app.storage.postgres.engine import lift_timeouts, postgres_engine
from app.storage.postgres.migrate import migrate, vector_version
from app.storage.postgres.vectors.writer import follow
from app.storage.schema import schema_current
from app.storage.sql.change_log import FOLLOWERS

TOUCH_VERSION = text(  # a write that waits for nobody: an upgrade may hold the row for long
    "UPDATE alembic_version SET version_num = version_num"
    " WHERE version_num IN (SELECT version_num FROM alembic_version FOR UPDATE SKIP LOCKED)"
)

READ_ONLY = text("SELECT pg_is_in_recovery(), reset_val FROM pg_settings WHERE name = 'default_transaction_read_only'")


CANCEL_TIMEOUT_S = 2.0


class PostgresDialect:
    """A database of a PostgreSQL server with the extension pgvector."""

    name = "postgresql"

    def __init__(self, url: str, *, lock_timeout_s: float, pool_size: int) -> None:
        self.engine = postgres_engine(url, lock_timeout_s=lock_timeout_s, pool_size=pool_size)
        self._readers = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self._readers, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        info = {FOLLOWERS: (follow,)}
        with Session(self.engine, expire_on_commit=False, info=info) as session, session.begin():
            yield session

    def interrupter(self, session: Session) -> Callable[[], None]:
        connection: Any = session.connection().connection.driver_connection
        return partial(connection.cancel_safe, timeout=CANCEL_TIMEOUT_S)

    def translate(self, fault: DBAPIError) -> Exception:
        return faults.translate(fault)

    def job_notifications(self, changes: TenantChanges) -> JobNotifications:
        return Listening(self.engine, changes)

    def check_writable(self) -> None:
        with self.writing() as session:
            session.execute(TOUCH_VERSION)

    def read_only_reason(self, session: Session) -> str:
        standby, refuses = session.execute(READ_ONLY).one()
        return faults.MESSAGES["25006"] if standby or refuses == "on" else ""

    def describe(self, session: Session) -> str:
        server = str(session.scalar(text("SHOW server_version"))).split()[0]
        return f"PostgreSQL {server} with pgvector {vector_version(session.connection())}"

    def size_bytes(self, session: Session) -> int:
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)

    def lift_timeouts(self, session: Session) -> None:
        lift_timeouts(session)

    def save(self, target: Path) -> None:
        with self.reading() as session:
            if not schema_current(session):
                raise Conflict("The database has the schema of another version; run `loracle migrate` first.")
            lift_timeouts(session)
            save_as_sqlite(session, target)

    def load(self, source: Path) -> None:
        migrate(self.engine)
        with self.writing() as session:
            lift_timeouts(session)
            load_from_sqlite(source, session)

    def migrate(self) -> None:
        migrate(self.engine)

    def close(self) -> None:
        self.engine.dispose()
