"""Alembic's entry: one connection, one transaction for the whole upgrade."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import create_engine, event

from app.storage.sql.tables import Base


def run() -> None:
    engine = create_engine(str(context.config.get_main_option("sqlalchemy.url")))

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True, transactional_ddl=True
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
