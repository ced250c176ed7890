"""Transactions: one writer across threads and processes, faults as errors a caller can act on."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from filelock import FileLock
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from app.errors import StorageFull, Unavailable
from app.settings import Settings
from app.storage.database import Database, open_database
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sql.tables import DocumentRow
from app.storage.sqlite.dialect import database_url

WRITER = """
import sys
from pathlib import Path
from app.storage.database import open_database
from app.storage.sql.repositories.tenants import Tenants
db = open_database(Path(sys.argv[2]), sys.argv[1], lock_timeout_s=60)
for i in range(20):
    with db.write() as session:
        Tenants(session).create(f"{sys.argv[3]}-{i}")
db.close()
"""


@pytest.mark.only_on("sqlite", "it has one writer")
def test_writes_of_several_processes_are_all_kept(db: Database, settings: Settings) -> None:
    command = [sys.executable, "-c", WRITER, database_url(settings.data_dir), str(settings.data_dir)]
    running = [subprocess.Popen([*command, f"p{i}"]) for i in range(3)]
    for i in range(20):
        with db.write() as session:
            Tenants(session).create(f"me-{i}")
    assert [process.wait(120) for process in running] == [0, 0, 0]
    with db.read() as session:
        assert session.scalar(text("SELECT count(*) FROM tenants")) == 80
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"


@pytest.mark.only_on("sqlite", "it has one writer")
def test_writes_of_several_threads_are_all_kept(db: Database) -> None:
    def add(i: int) -> None:
        with db.write() as session:
            count = session.scalar(text("SELECT count(*) FROM tenants"))
            time.sleep(0.005)
            Tenants(session).create(f"{i}")
            assert session.scalar(text("SELECT count(*) FROM tenants")) == (count or 0) + 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))


@pytest.mark.only_on("sqlite", "it has one writer")
def test_locked_database_raises_unavailable_with_retry_after(settings: Settings, db: Database) -> None:
    impatient = open_database(settings.data_dir, lock_timeout_s=0.2)
    with FileLock(settings.data_dir / "write.lock"):
        with pytest.raises(Unavailable) as caught, impatient.write():
            pass
        assert caught.value.retry_after is not None
        with impatient.read() as session:  # readers go on
            session.execute(text("SELECT 1"))
    with impatient.write() as session:
        Tenants(session).create("later")
    impatient.close()


@pytest.mark.only_on("sqlite", "PRAGMA")
def test_full_disk_raises_storage_full_and_later_writes_succeed(db: Database) -> None:
    with pytest.raises(StorageFull), db.write() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        for i in range(2000):
            Tenants(session).create(f"{i}" + "x" * 150)
    with db.write() as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
        Tenants(session).create("fits again")
    with db.read() as session:
        assert session.scalar(text("SELECT count(*) FROM tenants")) == 1


def test_error_rolls_the_transaction_back(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), db.write() as session:
        Tenants(session).create("gone")
        _ = 1 / 0
    with db.read() as session:
        assert session.scalar(text("SELECT count(*) FROM tenants")) == 0


@pytest.mark.both_databases
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_does_not_have_are_not_stored(db: Database, tenant_id: str, number: float) -> None:
    with pytest.raises((StatementError, ValueError), match="not JSON compliant"), db.write() as session:
        session.add(DocumentRow(tenant_id=tenant_id, collection="c", filename="a.txt", metadata_={"a": number}))


def test_reader_keeps_its_snapshot_while_another_writes(db: Database) -> None:
    with db.read() as reader:
        assert reader.scalar(text("SELECT count(*) FROM tenants")) == 0
        with db.write() as session:
            Tenants(session).create("new")
        assert reader.scalar(text("SELECT count(*) FROM tenants")) == 0


@pytest.mark.only_on("sqlite", "PRAGMA")
def test_foreign_keys_and_wal_are_on(settings: Settings, db: Database) -> None:
    other = open_database(settings.data_dir)
    with other.read() as session:
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA synchronous")) == 2
    other.close()


def test_a_connection_imports_no_repository() -> None:
    """The database can be opened, migrated and probed without the rest of the store."""
    code = "import sys, app.storage.database; sys.exit('app.storage.sql.tenant_store' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
