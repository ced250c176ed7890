"""What goes wrong with PostgreSQL: one line at start, Unavailable while running, nothing acknowledged lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import InvalidRequest, Unavailable
from app.storage.database import Database, migrate, open_database
from app.storage.postgres import migrate as postgres_migrate
from app.storage.postgres.dialect import PostgresDialect
from app.storage.schema import SchemaTooNew
from app.storage.sql.repositories.tenants import Tenants
from tests.support.postgres import TEMPLATE, PostgresServer, running_server

PASSWORD = "correct-horse"
MIGRATE = """
import sys
from pathlib import Path
from app.storage.database import migrate
migrate(Path("."), sys.argv[1])
"""


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """A migrated database."""
    with postgres.database(TEMPLATE) as url:
        yield url


@pytest.fixture
def db(url: str, tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path, url, lock_timeout_s=0.3, pool_size=1)
    yield database
    database.close()


def name_of(url: str) -> str:
    return url.rsplit("/", 1)[1]


def tenants(db: Database) -> int:
    with db.read() as session:
        return session.scalar(text("SELECT count(*) FROM tenants")) or 0


@pytest.fixture(scope="module")
def guarded(postgres: PostgresServer) -> None:
    """Users who need a password, who may own nothing, and who may connect once."""
    hba = postgres.data / "pg_hba.conf"
    hba.write_text("host all guarded 127.0.0.1/32 scram-sha-256\n" + hba.read_text())
    postgres.execute("SELECT pg_reload_conf()")
    for role in (f"guarded LOGIN PASSWORD '{PASSWORD}'", "stranger LOGIN", "single LOGIN SUPERUSER CONNECTION LIMIT 0"):
        postgres.execute(f"CREATE ROLE {role}")


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    ("user", "password", "database", "expected"),
    [
        ("guarded", "wrong-horse", "postgres", "refuses the password"),
        ("guarded", "", "postgres", "refuses the password"),
        ("nobody", "", "postgres", "refuses this user"),
        ("postgres", "", "nothing_here", "does not exist"),
        ("stranger", "", "postgres", "pgvector is missing"),
        ("stranger", "", "with_vector", "lacks a privilege"),
    ],
)
def test_what_keeps_the_service_from_starting_is_one_line_without_the_password(
    postgres: PostgresServer, tmp_path: Path, user: str, password: str, database: str, expected: str
) -> None:
    if database == "with_vector":
        postgres.execute("CREATE DATABASE with_vector")
        postgres.execute("CREATE EXTENSION vector", "with_vector")
    with pytest.raises(Unavailable, match=expected) as caught:
        migrate(tmp_path, postgres.url(database, user, password))
    assert "\n" not in caught.value.message
    assert not password or password not in str(caught.value.__cause__)


@pytest.mark.parametrize("url", ["mysql://a:s3cret@b/c", "postgres ql", "://", "loracle.db"])
def test_url_of_another_database_is_refused_without_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(InvalidRequest, match="LORACLE_DATABASE_URL") as caught:
        open_database(tmp_path, url)
    assert "s3cret" not in caught.value.message


def test_server_that_is_down_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be reached") as caught:
        migrate(tmp_path, "postgresql://a:s3cret@127.0.0.1:1/loracle")
    assert caught.value.retry_after
    assert "s3cret" not in f"{caught.value.message}{caught.value.__cause__}"


def test_old_server_and_old_pgvector_are_refused(
    db: Database, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_migrate, "OLDEST_VECTOR", (99, 0))
    with pytest.raises(Unavailable, match=r"pgvector [\d.]+ is too old"):
        migrate(tmp_path, url)
    monkeypatch.setattr(postgres_migrate, "OLDEST_SERVER", 99)
    with pytest.raises(Unavailable, match=r"PostgreSQL \d+ is too old"):
        migrate(tmp_path, url)


def test_database_of_a_newer_version_is_refused(db: Database, tmp_path: Path, url: str) -> None:
    with db.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew):
        migrate(tmp_path, url)


def test_two_processes_migrate_at_once(postgres: PostgresServer, tmp_path: Path) -> None:
    with postgres.database() as url:
        running = [subprocess.Popen([sys.executable, "-c", MIGRATE, url], cwd=tmp_path) for _ in range(2)]
        assert [process.wait(120) for process in running] == [0, 0]
        database = open_database(tmp_path, url)
        assert tenants(database) == 0
        database.close()


def test_read_only_database_is_read_and_refuses_writes(postgres: PostgresServer, db: Database, url: str) -> None:
    postgres.execute(f"ALTER DATABASE {name_of(url)} SET default_transaction_read_only = on")
    with pytest.raises(Unavailable, match="accepts no writes") as caught, db.write() as session:
        Tenants(session).create("acme")
    assert caught.value.retry_after
    with pytest.raises(Unavailable):
        db.check_writable()
    assert tenants(db) == 0


def test_upgrade_at_work_elsewhere_leaves_the_service_ready(db: Database, url: str, tmp_path: Path) -> None:
    other = open_database(tmp_path, url)
    with other.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = version_num"))
        db.check_writable()
    other.close()


@pytest.mark.usefixtures("guarded")
def test_server_without_a_free_connection(postgres: PostgresServer, tmp_path: Path, url: str) -> None:
    postgres.execute("ALTER ROLE single NOSUPERUSER")
    full = open_database(tmp_path, postgres.url(name_of(url), "single"))
    with pytest.raises(Unavailable, match="no free connection") as caught:
        tenants(full)
    assert caught.value.retry_after
    full.close()


def test_all_connections_of_the_process_in_use_is_busy(db: Database) -> None:
    with db.read() as one, db.read() as two:
        for session in (one, two):
            session.execute(text("SELECT 1"))
        with pytest.raises(Unavailable) as caught:
            tenants(db)
    assert (caught.value.code, caught.value.retry_after) == ("database_busy", 1)
    assert tenants(db) == 0


def test_writer_of_the_same_tenant_is_waited_for_and_no_other(db: Database, url: str, tmp_path: Path) -> None:
    other = open_database(tmp_path, url, lock_timeout_s=0.3)
    with db.write_tenant("a"):
        with pytest.raises(Unavailable) as caught, other.write_tenant("a"):
            pass
        assert (caught.value.code, caught.value.retry_after) == ("database_busy", 1)
        with other.write_tenant("b"), other.read_tenant("a"):
            pass
    with other.write_tenant("a"):
        pass
    other.close()


def test_statement_that_takes_too_long_is_busy(db: Database) -> None:
    with pytest.raises(Unavailable, match="busy"), db.read() as session:
        session.execute(text("SET LOCAL statement_timeout = 50"))
        session.execute(text("SELECT pg_sleep(5)"))


def test_reader_keeps_its_snapshot_and_cannot_write(db: Database) -> None:
    with db.read() as reader:
        assert reader.scalar(text("SELECT count(*) FROM tenants")) == 0
        with db.write() as session:
            Tenants(session).create("new")
        assert reader.scalar(text("SELECT count(*) FROM tenants")) == 0
    with pytest.raises(Unavailable), db.read() as session:
        Tenants(session).create("no")


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_restart_in_mid_transaction_loses_nothing_acknowledged(tmp_path: Path, mode: str) -> None:
    with running_server() as server:
        migrate(tmp_path, server.url())
        db = open_database(tmp_path, server.url())
        with db.write() as session:
            Tenants(session).create("acknowledged")
        with pytest.raises(Unavailable, match="cannot be reached") as caught, db.write() as session:
            Tenants(session).create("cut off")
            session.flush()
            server.stop(mode)
        assert caught.value.retry_after
        with pytest.raises(Unavailable, match="cannot be reached"):
            tenants(db)
        server.start()
        with db.write() as session:
            Tenants(session).create("after")
        with db.read() as session:
            assert session.scalars(text("SELECT name FROM tenants ORDER BY name")).all() == ["acknowledged", "after"]
        db.close()


def test_connections_that_broke_while_idle_are_replaced(postgres: PostgresServer, db: Database, url: str) -> None:
    assert tenants(db) == 0
    others = f"FROM pg_stat_activity WHERE datname = '{name_of(url)}'"
    postgres.execute(f"SELECT pg_terminate_backend(pid) {others}")
    assert tenants(db) == 0


def test_writers_of_one_tenant_follow_each_other(db: Database, url: str, tmp_path: Path) -> None:
    """Each reads what the one before committed."""
    other = open_database(tmp_path, url, pool_size=8)
    with other.write() as session:
        tenant_id = Tenants(session).create("acme").id
        session.execute(text("CREATE TABLE counter AS SELECT 0 AS at"))

    def add() -> None:
        for _ in range(10):
            with other.write_tenant(tenant_id) as store:
                at = store.session.scalar(text("SELECT at FROM counter"))
                store.session.execute(text("UPDATE counter SET at = :at"), {"at": at + 1})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with other.read() as session:
        assert session.scalar(text("SELECT at FROM counter")) == 40
    other.close()


def test_url_may_be_written_as_other_tools_write_it(tmp_path: Path, url: str) -> None:
    assert isinstance(open_database(tmp_path, url).dialect, PostgresDialect)
    other = open_database(tmp_path, url.replace("postgresql://", "postgresql+asyncpg://"))
    assert tenants(other) == 0
    other.close()
