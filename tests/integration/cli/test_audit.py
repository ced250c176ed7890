"""`loracle audit`: what the operator did at the command line, and what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.settings import Settings
from app.storage.acting import acting, current_actor
from app.storage.database import Database


@pytest.fixture(autouse=True)
def _as_before() -> object:
    """Commands of one process make it the operator's for good."""
    with acting(current_actor()):
        yield


def run(data_dir: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--data-dir", str(data_dir)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_the_operator_is_named_by_its_account(
    db: Database, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ops\x1b[2J")
    run(settings.data_dir, "tenants", "create", "library")
    run(settings.data_dir, "tenants", "suspend", "library")
    run(settings.data_dir, "queue", "pause")
    run(settings.data_dir, "backup", str(tmp_path / "saved"))
    lines = run(settings.data_dir, "audit").splitlines()
    assert [line.split("  ")[1] for line in lines] == [
        "tenant.created",
        "key.created",
        "tenant.suspended",
        "queue.paused",
        "backup.made",
    ]
    assert all("by  operator  ops?[2J" in line for line in lines)
    assert "saved" in lines[-1]
    assert ["in library" in line.split("  ") for line in lines] == [True, True, True, False, False]
    chosen = run(settings.data_dir, "audit", "--tenant", "library", "--action", "tenant.suspended")
    assert chosen.splitlines() == lines[2:3]
    exported = [json.loads(line) for line in run(settings.data_dir, "audit", "--export").splitlines()]
    assert [entry["action"] for entry in exported][:2] == ["tenant.created", "key.created"]
    assert "tenant.suspended" not in run(settings.data_dir, "audit", "--until", "2000-01-01")
