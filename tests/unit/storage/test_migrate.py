"""The schema: created, upgraded after a backup, never downgraded."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from app.domain.conversations import Rating
from app.domain.documents import CollectionSettings
from app.settings import Settings
from app.storage.database import Database, migrate, open_database
from app.storage.schema import SchemaTooNew, downgrade, schema_current, schema_serves, upgrade
from app.storage.sql.tables import Base
from app.storage.sqlite.dialect import database_url
from app.storage.sqlite.migrate import _back_up, connect
from tests.support.storage_factories import ready, uploaded

WRITE = "BEGIN IMMEDIATE"


@pytest.mark.only_on("sqlite", "the chain of versions from the first")
def test_models_and_migrations_agree(db: Database) -> None:
    with db.read() as session:
        opts = {"compare_type": True, "include_object": _is_of_sqlite}
        context = MigrationContext.configure(session.connection(), opts=opts)
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def _is_of_sqlite(item: Any, _name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """PostgreSQL has tables and indexes that SQLite needs not."""
    return kind not in {"table", "index"} or item.info.get("dialect") != "postgresql"


def test_migrating_twice_changes_nothing(settings: Settings, db: Database) -> None:
    migrate(settings.data_dir)
    with db.read() as session:
        assert schema_current(session)
    assert not (settings.data_dir / "backups").exists()


@pytest.mark.only_on("sqlite", "the chain of versions from the first")
def test_newer_schema_is_refused_and_not_changed(settings: Settings, db: Database) -> None:
    with db.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match="newer Loracle"):
        migrate(settings.data_dir)
    reopened = open_database(settings.data_dir)
    with reopened.read() as session:
        assert not schema_current(session)
        assert schema_serves(session)  # a process of the version before goes on while others are upgraded
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    reopened.close()


@pytest.mark.only_on("sqlite", "the chain of versions from the first")
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


@pytest.mark.only_on("sqlite", "the chain of versions from the first")
def test_file_names_are_composed_where_the_name_is_free(settings: Settings, db: Database, tenant_id: str) -> None:
    free, taken, composed = (
        uploaded(db, tenant_id, name) for name in ("relato\u0301rio.txt", "e\u0301.txt", "\u00e9.txt")
    )
    db.close()
    with connect(database_url(settings.data_dir), begin=WRITE) as connection:
        downgrade(connection, "0014")
        upgrade(connection)
    reopened = open_database(settings.data_dir)
    with reopened.read_tenant(tenant_id) as store:
        names = [store.documents.get(one.id).filename for one in (free, taken, composed)]
        assert store.documents.get(free.id).latest.warnings == ()
    reopened.close()
    assert names == ["relat\u00f3rio.txt", "e\u0301.txt", "\u00e9.txt"]


@pytest.mark.only_on("sqlite", "the chain of versions from the first")
def test_names_of_collections_are_composed(settings: Settings, db: Database, tenant_id: str) -> None:
    with db.write_tenant(tenant_id) as store:
        store.collections.set("atac\u0327o", CollectionSettings(chunk_tokens=64))
        batch = store.batches.create("atac\u0327o")
    document = uploaded(db, tenant_id, "a.txt", collection="atac\u0327o")
    db.close()
    with connect(database_url(settings.data_dir), begin=WRITE) as connection:
        downgrade(connection, "0014")
        upgrade(connection)
    reopened = open_database(settings.data_dir)
    with reopened.read_tenant(tenant_id) as store:
        assert store.collections.settings("ata\u00e7o").chunk_tokens == 64
        assert store.batches.get(batch).collection == "ata\u00e7o"
        assert store.documents.get(document.id).collection == "ata\u00e7o"
    reopened.close()


@pytest.mark.only_on("sqlite", "the chain of versions from the first")
def test_turns_of_before_follow_each_other_and_the_newest_feedback_stays(
    settings: Settings, db: Database, tenant_id: str
) -> None:
    with db.write_tenant(tenant_id) as store:
        conversation = store.conversations.create("a")
        turns = [store.conversations.add_turn(conversation.id, question, "answer", {}) for question in ("a", "b", "c")]
        newest = store.feedback.save(turns[0].id, Rating.UP)
    db.close()
    with connect(database_url(settings.data_dir), begin=WRITE) as connection:
        downgrade(connection, "0028")
    with closing(sqlite3.connect(settings.data_dir / "loracle.db")) as connection:
        columns = "tenant_id, turn_id, rating"
        connection.execute(
            f"INSERT INTO feedback (id, {columns}, created_at) "  # noqa: S608
            f"SELECT 'fb_old', {columns}, '2020-01-01 00:00:00.000000' FROM feedback"
        )
        connection.commit()
    with connect(database_url(settings.data_dir), begin=WRITE) as connection:
        upgrade(connection)
    reopened = open_database(settings.data_dir)
    with reopened.read_tenant(tenant_id) as store:
        assert [turn.parent_id for turn in store.conversations.turns(conversation.id).data] == [
            None,
            turns[0].id,
            turns[1].id,
        ]
        assert store.conversations.get(conversation.id).current_turn_id == turns[2].id
        assert store.feedback.page().data == [newest]
    reopened.close()


@pytest.mark.only_on("sqlite", "the chain of versions from the first")
def test_chunks_get_their_utf16_offsets(settings: Settings, db: Database, tenant_id: str) -> None:
    emoji = ready(db, tenant_id, "a.txt", ["\U0001f600 one", "two \U0001f600\U0001f600", "three"])
    plain = ready(db, tenant_id, "b.txt", ["\u00e9", "two"], seed=1)
    db.close()
    with connect(database_url(settings.data_dir), begin=WRITE) as connection:
        downgrade(connection, "0022")
        upgrade(connection)
    reopened = open_database(settings.data_dir)
    with reopened.read_tenant(tenant_id) as store:
        shifts = [[one.utf16_shift for one in store.chunks.of_document(made.id).data] for made in (emoji, plain)]
    reopened.close()
    assert shifts == [[0, 1, 3], [0, 0]]
