"""Upgrades the schema: one process at a time, after a backup, never downwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock
from sqlalchemy import Connection, create_engine, event, make_url

from app.storage.schema import logged_upgrade, newest_revision, revision_of, upgrade
from app.storage.sqlite.files import copy_database

log = structlog.get_logger(__name__)
KEPT_BACKUPS = 3
MIGRATION_LOCK_TIMEOUT_S = 120


def migrate(url: str, data_dir: Path) -> None:
    """Create or upgrade the schema; copies go to `data_dir`'s backups. Raises SchemaTooNew."""
    with FileLock(data_dir / "migrate.lock", timeout=MIGRATION_LOCK_TIMEOUT_S):
        at = _revision(url)
        if at == newest_revision():
            return
        if at is not None:
            saved = _back_up(url, data_dir / "backups", at)
            log.info("database_backed_up", path=str(saved), bytes=saved.stat().st_size, schema=at)
        with logged_upgrade(at), connect(url, begin="BEGIN IMMEDIATE") as connection:
            upgrade(connection)


def _revision(url: str) -> str | None:
    with connect(url, begin="BEGIN") as connection:
        return revision_of(connection)


@contextmanager
def connect(url: str, *, begin: str) -> Iterator[Connection]:
    """One transaction in which versions may rebuild tables: foreign keys are not enforced."""
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _back_up(url: str, folder: Path, revision: str) -> Path:
    """Copy the database; keep the newest few copies. Returns the new one."""
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    target = folder / f"{stamp}-before-leaving-{revision}.db"
    copy_database(Path(make_url(url).database or ""), target)
    for old in sorted(folder.glob("*.db"))[:-KEPT_BACKUPS]:
        old.unlink()
    return target
