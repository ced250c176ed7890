"""What ends, and what waits, while a tenant is suspended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.http.drain import Drain
from app.http.services import registered_services
from app.llm.base import Delta, GenerationRequest
from app.storage.sql.queue import JobQueue
from tests.support.files import MUSEUM
from tests.support.open_stream import open_stream
from tests.support.service import Service

SUSPENDED = {"status": "suspended"}


async def set_status(service: Service, status: str) -> None:
    changed = await service.operator.patch(f"/api/v1/tenants/{service.acme_id}", json={"status": status})
    assert changed.status_code == 200, changed.text


async def test_followers_end_with_the_reason_and_work_waits_until_the_tenant_is_active(service: Service) -> None:
    await service.operator.post("/api/v1/queue/pause")
    document = (await service.upload(service.acme, "museum.md", MUSEUM)).json()
    events_path = f"/api/v1/documents/{document['id']}/events"
    theirs = (await service.upload(service.other, "museum.md", MUSEUM)).json()
    async with (
        open_stream(service.app, service.acme, "GET", events_path) as mine,
        open_stream(service.app, service.other, "GET", f"/api/v1/documents/{theirs['id']}/events") as others,
    ):
        assert (await mine.event() or {})["event"] == "progress"
        await set_status(service, "suspended")
        last = (await mine.until("error"))[-1]
        assert last["data"]["error"]["code"] == "tenant_suspended"
        assert await mine.event() is None
        await service.operator.post("/api/v1/queue/resume")
        await others.until("done")
    with service.runtime.storage.db.read() as session:
        assert not JobQueue(session).has_claimable(["ingest"], per_tenant=4)  # no worker keeps asking for it
    await set_status(service, "active")
    assert (await service.ready(service.acme, document["id"]))["status"] == "ready"


async def test_a_deleted_tenant_hears_that_it_is_gone(service: Service) -> None:
    await service.operator.post("/api/v1/queue/pause")
    document = (await service.upload(service.acme, "museum.md", MUSEUM)).json()
    path = f"/api/v1/documents/{document['id']}/events"
    async with open_stream(service.app, service.acme, "GET", path) as mine:
        assert (await mine.event() or {})["event"] == "progress"
        await service.operator.delete(f"/api/v1/tenants/{service.acme_id}")
        last = (await mine.until("error"))[-1]
        assert last["data"]["error"]["code"] in {"tenant_deleted", "not_found"}  # whichever is seen first
    assert len(registered_services(service.app).get(Drain).streams) == 0


async def test_a_streamed_answer_ends_and_is_kept_as_far_as_it_was_shown(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)

    async def endless(_request: GenerationRequest) -> AsyncIterator[Delta]:
        yield Delta("The museum", 1)
        await asyncio.sleep(600)

    monkeypatch.setattr(service.runtime.generator, "_words", endless)
    question = {"message": "When does the museum open?", "stream": True}
    async with open_stream(service.app, service.acme, "POST", "/api/v1/chat", json=question) as answer:
        first = (await answer.until("retrieval"))[0]["data"]
        await set_status(service, "suspended")
        assert (await answer.until("error"))[-1]["data"]["error"]["code"] == "tenant_suspended"
    await set_status(service, "active")
    kept = (await service.acme.get(f"/api/v1/conversations/{first['conversation_id']}/turns")).json()["data"]
    assert [turn["status"] for turn in kept] == ["stopped"]


async def test_an_answer_that_is_given_whole_ends_with_the_reason(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    asked, ended = asyncio.Event(), asyncio.Event()

    async def endless(_request: GenerationRequest) -> AsyncIterator[Delta]:
        asked.set()
        try:
            yield Delta("The museum", 1)
            await asyncio.sleep(600)
        finally:
            ended.set()

    monkeypatch.setattr(service.runtime.generator, "_words", endless)
    answer = asyncio.create_task(service.acme.post("/api/v1/chat", json={"message": "When does the museum open?"}))
    await asyncio.wait_for(asked.wait(), 60)
    await set_status(service, "suspended")
    response = await asyncio.wait_for(answer, 60)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "tenant_suspended")
    await asyncio.wait_for(ended.wait(), 60)
