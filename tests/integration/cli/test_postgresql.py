"""The commands of a life with PostgreSQL: migrate, copy, doctor, backup and restore."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.settings import Settings
from app.storage.database import Database
from tests.support.postgres import PostgresServer
from tests.support.storage_factories import ready


def loracle(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_tenant_moves_to_postgresql_and_back(
    db: Database,
    settings: Settings,
    tenant_id: str,
    postgres: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    ready(db, tenant_id, "a.txt", ["one", "two"])
    db.close()
    data = ("--data-dir", str(settings.data_dir))
    with postgres.database() as url, postgres.database() as second:
        said = loracle("copy", "--to", url, *data)
        assert "chunks: 2 rows" in said
        assert "rows copied and compared" in said
        monkeypatch.setenv("LORACLE_DATABASE_URL", url)
        assert "PostgreSQL" in loracle("migrate", *data)
        assert "acme" in loracle("tenants", "list", *data)
        assert "acme: whole" in loracle("index", "verify", *data)
        loracle("backup", str(tmp_path / "backup"), *data)
        monkeypatch.setenv("LORACLE_DATABASE_URL", second)
        loracle("restore", str(tmp_path / "backup"), "--data-dir", str(tmp_path / "second"))
        assert "acme" in loracle("tenants", "list", "--data-dir", str(tmp_path / "second"))
    monkeypatch.delenv("LORACLE_DATABASE_URL")
    loracle("restore", str(tmp_path / "backup"), "--data-dir", str(tmp_path / "third"))
    assert "acme" in loracle("tenants", "list", "--data-dir", str(tmp_path / "third"))


def test_doctor_names_the_database(
    settings: Settings, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.database() as url:
        monkeypatch.setenv("LORACLE_DATABASE_URL", url)
        output = CliRunner().invoke(app, ["doctor", "--data-dir", str(settings.data_dir)]).output
    assert "ok   database: PostgreSQL" in output
    assert "with pgvector" in output
