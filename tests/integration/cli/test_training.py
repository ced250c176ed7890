"""`loracle train` against the service over fakes, which has no base to train on: what it asks for, and what it says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from app.bootstrap.runtime import Runtime, build_runtime
from app.cli import app as loracle
from app.main import create_app
from app.settings import Settings
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from tests.integration.api.test_training import ROWS, jsonl


@pytest.fixture
def runtime(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runtime]:
    """Behind the address that the command is given."""
    runtime = build_runtime(settings)
    with runtime.storage.db.write() as session:
        tenant = Tenants(session).create("acme")
        key = Keys(session).create(tenant.id, "test", ["read", "write"])[1]
    monkeypatch.setenv("LORACLE_API_KEY", key)
    client = TestClient(create_app(runtime=runtime), headers={"Authorization": f"Bearer {key}"})
    monkeypatch.setattr("app.cli.training.connected", lambda _url, _key: client)  # the command enters and leaves it
    yield runtime
    asyncio.run(runtime.close())


def train(tmp_path: Path, *options: str) -> Result:
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(jsonl(ROWS))
    return CliRunner().invoke(loracle, ["train", str(rows), "--adapter", "style", *options])


def test_search_options_become_a_grid_and_a_budget(runtime: Runtime, tmp_path: Path) -> None:
    told = train(
        tmp_path,
        *("--search", "learning_rate=1e-4,0.0002", "--search", "init=default,pissa", "--set", "rank=4"),
        *("--search-minutes", "10", "--search-trials", "3"),
    )
    assert told.exit_code == 1
    assert "Queued" in told.output
    with runtime.storage.db.read() as session:
        tenant = Tenants(session).page().data[0].id
    with runtime.storage.db.read_tenant(tenant) as store:
        training = store.trainings.page().data[0]
    assert training.error_code == "no_base_model"
    assert training.recipe["rank"] == 4
    assert training.search_request == {
        "grid": {"learning_rate": [1e-4, 2e-4], "init": ["default", "pissa"]},
        "budget": {"trials": 3, "minutes": 10.0, "tokens": None},
    }


def test_a_grid_that_is_refused_is_said_with_its_field(runtime: Runtime, tmp_path: Path) -> None:
    told = train(tmp_path, "--search", "seed=1,2")
    assert told.exit_code != 0
    said = told.output + (json.dumps(str(told.exception)) if told.exception else "")
    assert "seed cannot be searched over" in said
