"""The whole database copied into another one: nothing is lost, changed, or numbered twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select, text, update

from app.domain.processes import ProcessKind
from app.errors import Conflict
from app.storage.backup import back_up, restore
from app.storage.copying import rows
from app.storage.copying.rows import CopyDiffers, copied_tables, hash_of
from app.storage.database import Database, open_database
from app.storage.database_copy import copy_database
from app.storage.sql.processes import Processes
from app.storage.sql.tables import ChunkRow, DocumentRow, TrainingRow, TurnRow
from tests.support.postgres import TEMPLATE, PostgresServer
from tests.support.storage_factories import ready, uploaded

pytestmark = pytest.mark.only_on("sqlite", "the copy is made of it")


@pytest.fixture
def target(postgres: PostgresServer, tmp_path: Path) -> Iterator[Database]:
    """An empty PostgreSQL database."""
    with postgres.database(TEMPLATE) as url:
        database = open_database(tmp_path / "target", url)
        yield database
        database.close()


@pytest.fixture
def filled(db: Database, tenant_id: str) -> Database:
    """A database with rows of many kinds, deleted numbers at the end of its tables among them."""
    ready(db, tenant_id, "a.txt", ["one \U0001f600", "two", "three"])
    with db.write_tenant(tenant_id) as store:
        conversation = store.conversations.create("t")
        store.conversations.add_turn(conversation.id, "Why?", "Because.", {"z": 1, "a": [0.1, 1e22, None, "é"]})
    gone = ready(db, tenant_id, "gone.txt", [f"{i}" for i in range(50)], seed=1)
    with db.write_tenant(tenant_id) as store:
        store.documents.delete(gone.id)
    return db


def hashes(db: Database) -> dict[str, tuple[int, str]]:
    with db.read() as session:
        return {table.name: hash_of(session, table) for table in copied_tables()}


def without_audit(found: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """All but the table in which a backup and its restoration are noted."""
    return {name: one for name, one in found.items() if name != "audit_log"}


def indexed(db: Database) -> dict[int, bytes]:
    """The vectors that pgvector searches, as float16 of the other byte order, by chunk."""
    with db.read() as session:
        rows = session.execute(text("SELECT chunk_id, substr(halfvec_send(vector), 5) FROM indexed_vectors"))
        return {row[0]: bytes(row[1]) for row in rows}


def stored(db: Database) -> dict[int, bytes]:
    with db.read() as session:
        rows = session.execute(select(ChunkRow.id, ChunkRow.vector)).all()
        return {row[0]: np.frombuffer(row[1], "<f2").astype(">f2").tobytes() for row in rows}


def test_copy_has_every_row_and_both_ways_back_are_the_same(filled: Database, target: Database, tmp_path: Path) -> None:
    made = {table.name: (table.rows, table.sha256) for table in copy_database(filled, target)}
    assert made == hashes(filled) == hashes(target)
    assert made["chunks"][0] == 3
    assert made["turns"][0] == 1
    with target.read() as session:
        assert session.scalar(text("SELECT count(*) FROM indexed_vectors")) == 3
    back_up(target, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "back")
    back = open_database(tmp_path / "back")
    assert without_audit(hashes(back)) == without_audit(made)
    back.close()


def test_backup_of_either_database_fills_postgresql(filled: Database, postgres: PostgresServer, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup")
    with postgres.database() as url:  # not even a schema
        restore(tmp_path / "backup", tmp_path / "restored", url)
        restored = open_database(tmp_path / "restored", url)
        assert without_audit(hashes(restored)) == without_audit(hashes(filled))
        assert indexed(restored) == stored(filled)
        restored.close()
        with pytest.raises(Conflict, match="not empty"):
            restore(tmp_path / "backup", tmp_path / "again", url)


def test_copied_vectors_are_searched_at_once(filled: Database, target: Database) -> None:
    copy_database(filled, target)
    assert len(indexed(target)) == 3
    assert indexed(target) == stored(filled)


def test_numbers_that_were_used_do_not_come_back(filled: Database, target: Database, tenant_id: str) -> None:
    with filled.read() as session:
        last_chunk = session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'chunks'"))
        last_version = session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'document_versions'"))
    copy_database(filled, target)
    new = ready(target, tenant_id, "new.txt", ["four"])
    with target.read() as session:
        assert session.scalar(select(func.max(ChunkRow.id))) > last_chunk
    assert new.latest.id == last_version + 1
    assert uploaded(target, tenant_id, "newer.txt").latest.id == last_version + 2


def test_order_of_fields_and_null_stay(filled: Database, target: Database) -> None:
    copy_database(filled, target)
    with target.read() as session:
        assert list(session.scalars(select(TurnRow.result)).one()) == ["z", "a"]
        assert session.scalar(text("SELECT count(*) FROM turns WHERE result IS NULL")) == 0


def test_null_and_null_of_json_are_told_apart(db: Database, tenant_id: str, target: Database) -> None:
    common = {"tenant_id": tenant_id, "adapter": "a", "dataset_id": "d", "dataset_label": "d", "recipe": {}}
    with db.write() as session:
        session.add(TrainingRow(id="one", evaluation_share=0, search_request=None, **common))
        session.add(TrainingRow(id="two", evaluation_share=0, **common))
        session.flush()
        session.execute(text("UPDATE trainings SET search_asked = 'null' WHERE id = 'one'"))
        session.execute(text("UPDATE trainings SET search_asked = NULL WHERE id = 'two'"))
    copy_database(db, target)
    with target.read() as session:
        assert session.scalars(text("SELECT id FROM trainings WHERE search_asked IS NULL")).all() == ["two"]


def test_what_postgresql_cannot_keep_is_replaced_one_for_one(
    filled: Database, target: Database, tenant_id: str
) -> None:
    with filled.write() as session:
        session.execute(update(ChunkRow).where(ChunkRow.index == 1).values(text="t\x00o"))
        odd = json.dumps({"a\x00": "\ud800", "b": [float("nan"), 1.5]})
        session.execute(text("UPDATE documents SET metadata = :odd"), {"odd": odd})
    made = {table.name: table.replaced for table in copy_database(filled, target)}
    assert {name for name, replaced in made.items() if replaced} == {"chunks", "documents"}
    with target.read() as session:
        assert session.scalar(select(ChunkRow.text).where(ChunkRow.index == 1)) == "t\ufffdo"
        assert session.scalars(select(DocumentRow.metadata_)).all() == [{"a\ufffd": "\ufffd", "b": [None, 1.5]}]


def test_target_with_rows_is_refused_and_not_changed(filled: Database, target: Database) -> None:
    copy_database(filled, target)
    before = hashes(target)
    with pytest.raises(Conflict, match=r"not empty \(.*tenants"):
        copy_database(filled, target)
    assert hashes(target) == before


def test_running_service_is_not_copied(filled: Database, target: Database) -> None:
    with filled.write() as session:
        Processes(session).record(
            "p", ProcessKind.WORKER, node="here", pid=7, version="1", started_at=datetime.now(UTC), draining=False
        )
    with pytest.raises(Conflict, match="worker 7 on here"):
        copy_database(filled, target)


def test_copy_that_breaks_off_leaves_nothing(
    filled: Database, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(rows, "carry_numbers", broken)
    with pytest.raises(RuntimeError):
        copy_database(filled, target)
    monkeypatch.undo()
    copy_database(filled, target)
    assert hashes(target) == hashes(filled)


def test_row_that_changed_on_its_way_is_noticed(
    filled: Database, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = rows.carry_numbers

    def changed(source: object, to: object, tables: object) -> None:
        carried(source, to, tables)  # type: ignore[arg-type]
        to.execute(update(ChunkRow).where(ChunkRow.index == 2).values(tokens=99))  # type: ignore[attr-defined]

    monkeypatch.setattr(rows, "carry_numbers", changed)
    with pytest.raises(CopyDiffers, match="chunks"):
        copy_database(filled, target)
    assert all(count == 0 for count, _ in hashes(target).values())
