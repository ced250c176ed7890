"""Upgrades the schema: one process at a time, after a backup, never downwards."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.orm import Session

from app.errors import AppError
from app.storage.sqlite.database import database_url

KEPT_BACKUPS = 3
MIGRATION_LOCK_TIMEOUT_S = 120


class SchemaTooNew(AppError):
    """The database was written by a newer Loracle."""

    status, type, code = 503, "service_unavailable_error", "schema_too_new"


def migrate(data_dir: Path, url: str = "") -> None:
    """Create or upgrade the schema. An empty `url` means the SQLite file in `data_dir`.

    Raises SchemaTooNew if this code is older than the database.
    """
    data_dir = data_dir.expanduser().resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    url = url or database_url(data_dir)
    with FileLock(data_dir / "migrate.lock", timeout=MIGRATION_LOCK_TIMEOUT_S):
        config = _config(url)
        script = ScriptDirectory.from_config(config)
        head, at = script.get_current_head(), _revision(url)
        if at == head:
            return
        if at is not None and at not in {revision.revision for revision in script.walk_revisions()}:
            raise SchemaTooNew(
                f"The database has schema {at}, which this version does not know (its newest is {head}). "
                "Start the newer Loracle again, or restore a backup from the data folder."
            )
        if at is not None:
            _back_up(url, data_dir / "backups", at)
        command.upgrade(config, "head")


def schema_current(session: Session) -> bool:
    """True if the database has exactly this code's schema."""
    revision = MigrationContext.configure(session.connection()).get_current_revision()
    return revision == ScriptDirectory.from_config(_config("sqlite://")).get_current_head()


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def _revision(url: str) -> str | None:
    engine = create_engine(url)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode=WAL"))
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def _back_up(url: str, folder: Path, revision: str) -> None:
    """Copy the database with SQLite's backup API; keep the newest few."""
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    target = folder / f"{stamp}-before-leaving-{revision}.db"
    source = make_url(url).database or ""
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
    live.close()
    copy.close()
    for old in sorted(folder.glob("*.db"))[:-KEPT_BACKUPS]:
        old.unlink()
