"""Shared fixtures: a migrated database, a tenant, and the whole service over the shipped fakes."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.bootstrap.runtime import Runtime, build_runtime
from app.main import create_app
from app.observability import configure_logging
from app.settings import Settings
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from app.storage.sqlite.database import Database, open_database
from app.storage.sqlite.migrate import migrate


@pytest.fixture(autouse=True, scope="session")
def logs_as_in_production() -> None:
    """structlog's own default draws tracebacks with all local values, which takes seconds."""
    configure_logging()


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests see default settings, whatever the developer's environment and .env say."""
    for name in [name for name in os.environ if name.startswith("LORACLE_") and name != "LORACLE_MODELS_DIR"]:
        monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        generator="scripted",
        embedding_model="hashing",
        refusal_threshold=0.05,  # the fake's cosines are lower than a model's
        job_lease_s=5,
        job_heartbeat_s=1,
    )


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
    shutil.copyfile(newest_schema, settings.data_dir / "loracle.db")


@pytest.fixture
def db(settings: Settings, fresh_database: None) -> Iterator[Database]:
    database = open_database(settings.data_dir)
    yield database
    database.close()


@pytest.fixture
def tenant_id(db: Database) -> str:
    with db.write() as session:
        return Tenants(session).create("acme").id


@dataclass
class Service:
    """The service over fakes, in this process, with two tenants and an operator."""

    app: FastAPI
    runtime: Runtime
    acme: httpx.AsyncClient
    other: httpx.AsyncClient
    operator: httpx.AsyncClient
    nobody: httpx.AsyncClient
    acme_id: str
    other_id: str

    async def ready(self, client: httpx.AsyncClient, document_id: str) -> dict:
        """Wait until a document is ready, failed or cancelled."""
        for _ in range(600):
            body = (await client.get(f"/api/v1/documents/{document_id}")).json()
            if body["status"] in {"ready", "failed", "cancelled"}:
                return body
            await asyncio.sleep(0.05)
        raise AssertionError(f"not done after 30 s: {body}")

    async def upload(self, client: httpx.AsyncClient, name: str, content: bytes, **fields: str) -> httpx.Response:
        return await client.post("/api/v1/documents", files={"file": (name, content)}, data=fields)

    async def take_in(self, client: httpx.AsyncClient, name: str, content: bytes, **fields: str) -> dict:
        response = await self.upload(client, name, content, **fields)
        assert response.status_code in {200, 202}, response.text
        return await self.ready(client, response.json()["id"])


@pytest.fixture
async def service(settings: Settings, fresh_database: None) -> AsyncIterator[Service]:
    runtime = build_runtime(settings)
    keys = {}
    with runtime.storage.db.write() as session:
        for name, scopes in {"acme": ["read", "write"], "other": ["read", "write"], "operator": ["admin"]}.items():
            tenant = Tenants(session).create(name)
            keys[name] = (tenant.id, Keys(session).create(tenant.id, "test", scopes)[1])
    app = create_app(runtime=runtime)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    def client(key: str | None) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=headers, timeout=60)

    async with app.router.lifespan_context(app):
        yield Service(
            app,
            runtime,
            client(keys["acme"][1]),
            client(keys["other"][1]),
            client(keys["operator"][1]),
            client(None),
            keys["acme"][0],
            keys["other"][0],
        )
    await runtime.close()
