"""Alembic's entry: runs versions in the transaction of the connection it is given."""

from __future__ import annotations

from alembic import context

from app.storage.sql.tables import Base


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",  # which cannot change a column in place
        transactional_ddl=False,  # the caller's transaction holds the whole upgrade
    )
    context.run_migrations()


run()
