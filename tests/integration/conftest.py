"""The service over fakes, reached over HTTP without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from app.bootstrap.runtime import build_runtime
from app.main import create_app
from app.settings import Settings
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from tests.support.service import Service


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
