"""The schema: created, upgraded after a backup, never downgraded."""

from __future__ import annotations

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from app.settings import Settings
from app.storage.sql.tables import Base
from app.storage.sqlite.database import Database, database_url, open_database
from app.storage.sqlite.migrate import SchemaTooNew, _back_up, migrate, schema_current


def test_models_and_migrations_agree(db: Database) -> None:
    with db.read() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def test_migrating_twice_changes_nothing(settings: Settings, db: Database) -> None:
    migrate(settings.data_dir)
    with db.read() as session:
        assert schema_current(session)
    assert not (settings.data_dir / "backups").exists()


def test_newer_schema_is_refused_and_not_changed(settings: Settings, db: Database) -> None:
    with db.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match="newer Loracle"):
        migrate(settings.data_dir)
    reopened = open_database(settings.data_dir)
    with reopened.read() as session:
        assert not schema_current(session)
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    reopened.close()


def test_backup_is_a_complete_database_and_old_backups_are_deleted(
    settings: Settings, db: Database, tenant_id: str
) -> None:
    folder = settings.data_dir / "backups"
    for revision in ("a", "b", "c", "d", "e"):
        _back_up(database_url(settings.data_dir), folder, revision)
    kept = sorted(folder.glob("*.db"))
    assert len(kept) == 3
    copy = sqlite3.connect(kept[-1])
    assert copy.execute("SELECT count(*) FROM tenants").fetchone() == (1,)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
