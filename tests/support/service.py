"""The whole service in this process, over the shipped fakes, with clients for two tenants and an operator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from app.bootstrap.runtime import Runtime, build_runtime
from app.main import create_app
from app.settings import Settings
from app.storage.database import migrate
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants


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
    reader: httpx.AsyncClient  # of acme too, with the scope `read` alone

    def client(self, secret: str | None) -> httpx.AsyncClient:
        """A client with this key or token."""
        return client_of(self.app, secret)

    async def token(self, key: httpx.AsyncClient, **body: Any) -> httpx.AsyncClient:
        """A client with a token that the key makes."""
        response = await key.post("/api/v1/tokens", json=body)
        assert response.status_code == 201, response.text
        return self.client(response.json()["token"])

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


def client_of(app: FastAPI, secret: str | None) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=headers, timeout=60)


@asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[Service]:
    """The running service; its database is migrated if it is not."""
    migrate(settings.data_dir, settings.database_url)
    runtime = build_runtime(settings)
    app = create_app(runtime=runtime)
    async with app.router.lifespan_context(app):
        yield service_for_new_tenants(app, runtime)
    await runtime.close()


def service_for_new_tenants(app: FastAPI, runtime: Runtime, suffix: str = "") -> Service:
    """The running service as two new tenants and an operator see it. `suffix`: of their names."""
    owner = ["read", "write", "keys"]
    wanted = {"acme": owner, "other": owner, "operator": ["admin"]}
    keys, ids = {}, {}
    with runtime.storage.db.write() as session:
        for name, scopes in wanted.items():
            ids[name] = Tenants(session).create(f"{name}{suffix}").id
            keys[name] = Keys(session).create(ids[name], "test", scopes)[1]
        keys["reader"] = Keys(session).create(ids["acme"], "reader", ["read"])[1]
    clients = {name: client_of(app, keys[name]) for name in ("acme", "other", "operator", "reader")}
    return Service(app, runtime, **clients, nobody=client_of(app, None), acme_id=ids["acme"], other_id=ids["other"])
