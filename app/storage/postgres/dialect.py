"""PostgreSQL: any number of processes on any number of machines; one writer at a time for each tenant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.storage.notifications.base import JobNotifications
from app.storage.notifications.listening import Listening
from app.storage.postgres import faults
from app.storage.postgres.locks import lock
from app.storage.postgres.migrate import migrate

CONNECT_TIMEOUT_S = 5
STATEMENT_TIMEOUT_S = 60
IDLE_TIMEOUT_S = 600  # of a transaction whose process is gone


class PostgresDialect:
    """A database of a PostgreSQL server with the extension pgvector."""

    name = "postgresql"

    def __init__(self, url: str, *, lock_timeout_s: float, pool_size: int) -> None:
        self.engine = _engine(url, lock_timeout_s, pool_size)
        self._readers = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self._readers, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def lock_tenant(self, session: Session, tenant_id: str) -> None:
        lock(session, "tenant", tenant_id)

    def translate(self, fault: DBAPIError) -> Exception:
        return faults.translate(fault)

    def job_notifications(self) -> JobNotifications:
        return Listening(self.engine)

    def check_writable(self) -> None:
        with self.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = version_num"))

    def size_bytes(self, session: Session) -> int:
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)

    def migrate(self) -> None:
        migrate(self.engine)

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str, lock_timeout_s: float, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=lock_timeout_s,
        pool_pre_ping=True,
        hide_parameters=True,  # of statements in errors: they hold documents
        connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "loracle"},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        timeouts = {
            "lock_timeout": lock_timeout_s,
            "statement_timeout": STATEMENT_TIMEOUT_S,
            "idle_in_transaction_session_timeout": IDLE_TIMEOUT_S,
        }
        for name, seconds in timeouts.items():
            connection.execute(f"SET {name} = {round(seconds * 1000)}")
        connection.commit()

    return engine
