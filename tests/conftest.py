"""Fixtures of all tiers: settings with the shipped fakes, a migrated database, a tenant."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from app.numerics.threads import limit_openmp
from app.observability import configure_logging
from app.settings import Settings
from app.storage.database import Database, migrate, open_database
from app.storage.sql.repositories.tenants import Tenants
from tests.support.fake_settings import fake_settings
from tests.support.postgres import TEMPLATE, PostgresServer, running_server

if TYPE_CHECKING:
    from tests.support.s3 import S3Server

pytest_plugins = ["tests.support.alone"]
FAST_BASE = "smollm2-135m-instruct"  # a seventh of the default base's work
os.environ["LORACLE_BASE_MODEL"] = FAST_BASE
if "PYTEST_XDIST_WORKER" in os.environ:
    limit_openmp(1)  # more threads would only wait for those of the other process
DATABASES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=DATABASES, default="sqlite", help="what the `db` fixtures run on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both_databases` runs on each, whatever --database says."""
    if "database_kind" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database_kind", DATABASES)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are named by their length: an archive holds the time, and processes must agree on the names of tests."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("only_on")
        if marker and marker.args[0] != config.getoption("--database"):
            item.add_marker(pytest.mark.skip(reason=f"{marker.args[0]} only: {marker.args[1]}"))


@pytest.fixture(autouse=True, scope="session")
def logs_as_in_production() -> None:
    """structlog's own default draws tracebacks with all local values, which takes seconds."""
    configure_logging()


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests see default settings, whatever the developer's environment and .env say, but for the base model."""
    kept = {"LORACLE_MODELS_DIR", "LORACLE_BASE_MODEL"}
    for name in [name for name in os.environ if name.startswith("LORACLE_") and name not in kept]:
        monkeypatch.delenv(name)


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server; its database `TEMPLATE` is empty and has the newest schema."""
    with running_server() as server:
        server.execute(f"CREATE DATABASE {TEMPLATE}")
        with TemporaryDirectory() as folder:
            migrate(Path(folder), server.url(TEMPLATE))
        yield server


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of this test's database; empty: SQLite in the data folder."""
    if database_kind == "sqlite":
        yield ""
        return
    with request.getfixturevalue("postgres").database(TEMPLATE) as url:
        yield url


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return fake_settings(tmp_path / "data").model_copy(update={"database_url": database_url})


@pytest.fixture(scope="session")
def newest_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest schema, to be copied: making one takes a quarter of a second."""
    made = Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("schema"))
    migrate(made.data_dir)
    database = made.data_dir / "loracle.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database


@pytest.fixture
def fresh_database(settings: Settings, newest_schema: Path) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if not settings.database_url:
        shutil.copyfile(newest_schema, settings.data_dir / "loracle.db")


@pytest.fixture
def db(settings: Settings, fresh_database: None) -> Iterator[Database]:
    database = open_database(settings.data_dir, settings.database_url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    from tests.support.s3 import s3_server  # takes a second to import

    with s3_server() as server:
        yield server


@pytest.fixture
def tenant_id(db: Database) -> str:
    with db.write() as session:
        return Tenants(session).create("acme").id
