"""A service that is started again with another embedding model: what its tenants see meanwhile, and afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from app.bootstrap.runtime import build_runtime
from app.main import create_app
from app.settings import Settings
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants

TEXTS = ("The museum opens at ten and closes at six.", "The castle has a moat.", "The library lends books.")


@asynccontextmanager
async def started(settings: Settings, key: str = "", *, paused: bool = False) -> AsyncIterator[httpx.AsyncClient]:
    """The service on that folder until the block ends, and a client with `key`, or with a new tenant's."""
    runtime = build_runtime(settings)
    with runtime.storage.db.write() as session:
        if not key:
            key = Keys(session).create(Tenants(session).create("acme").id, "test", ["read", "write"])[1]
        JobQueue(session).pause() if paused else JobQueue(session).resume()
    app = create_app(runtime=runtime)
    headers = {"Authorization": f"Bearer {key}"}
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=headers, timeout=60) as client,
    ):
        yield client
    await runtime.close()


async def until_settled(client: httpx.AsyncClient) -> dict[str, Any]:
    for _ in range(600):
        body: dict[str, Any] = (await client.get("/api/v1/collections")).json()
        if body["embeddings"]["coming"] is None and not any(one["outdated"] for one in body["data"]):
            return body
        await asyncio.sleep(0.05)
    raise AssertionError(body)


async def until_found(client: httpx.AsyncClient, documents: int) -> None:
    for _ in range(600):
        if len(await found(client)) == documents:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(await found(client))


async def found(client: httpx.AsyncClient) -> list[str]:
    body = {"query": "Is there a moat around the castle?", "mode": "dense", "k": 3}
    answer = await client.post("/api/v1/search", json=body)
    return [one["filename"] for one in answer.raise_for_status().json()["data"]]


async def test_searches_go_on_by_the_former_model_until_the_new_one_is_ready(settings: Settings) -> None:
    async with started(settings) as client:
        key = client.headers["Authorization"].removeprefix("Bearer ")
        for number, text in enumerate(TEXTS):
            await client.post("/api/v1/documents", files={"file": (f"{number}.txt", text.encode())})
        await until_found(client, len(TEXTS))
        assert (await until_settled(client))["embeddings"] == {"model": "hashing", "coming": None}
        before = await found(client)
    other = settings.model_copy(update={"embedding_model": "hashing:64"})
    async with started(other, key, paused=True) as client:
        listed = (await client.get("/api/v1/collections")).json()
        assert listed["embeddings"] == {
            "model": "hashing",
            "coming": {"model": "hashing:64", "documents": 3, "ready": 0},
        }
        assert await found(client) == before
        answer = await client.post("/api/v1/chat", json={"message": "Is there a moat around the castle?"})
        assert answer.json()["citations"]
    async with started(other, key) as client:
        assert (await until_settled(client))["embeddings"] == {"model": "hashing:64", "coming": None}
        after = await found(client)
        assert (after[0], len(after)) == ("1.txt", len(TEXTS))
