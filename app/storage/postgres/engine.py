"""Connections to PostgreSQL: their pool, and how long they wait."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from app.storage.sql.strict_json import strict_json

CONNECT_TIMEOUT_S = 5
STATEMENT_TIMEOUT_S = 60
IDLE_TIMEOUT_S = 600  # of a transaction whose process hangs
KEEPALIVES = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}  # of a server that is gone


def postgres_engine(url: str, *, lock_timeout_s: float, pool_size: int) -> Engine:
    """A pool of `pool_size` connections, and as many again while it is busy. Connects at first use."""
    engine = create_engine(
        _with_psycopg(make_url(url)),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=lock_timeout_s,
        pool_pre_ping=True,
        json_serializer=strict_json,
        hide_parameters=True,  # of statements in errors: they hold documents
        connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "loracle", **KEEPALIVES},
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


def lift_timeouts(session: Session | Connection) -> None:
    """Let this transaction take its time: it copies, builds or deletes what is large."""
    for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        session.execute(text(f"SET LOCAL {name} = 0"))


def _with_psycopg(url: URL) -> URL:
    """The URL for the driver that is used here, if another one is named (`postgresql+asyncpg://`)."""
    return url.set(drivername="postgresql+psycopg")
