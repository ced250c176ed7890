"""Event streams of evaluations: like those of documents and trainings."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.http import watch
from app.http.drain import Drain
from app.http.services import registered_services
from tests.support.files import MUSEUM, adapter_upload
from tests.support.open_stream import open_stream
from tests.support.service import Service

CASES = b"".join(
    b'{"id": "q%d", "question": "When does the museum open?", "answers": ["at ten"]}\n' % number for number in range(3)
)


async def queued_evaluation(service: Service) -> str:
    """The path of an evaluation that waits."""
    await service.operator.post("/api/v1/queue/pause")
    made = await service.acme.post("/api/v1/evaluations", files={"cases": ("mine.jsonl", CASES)})
    assert made.status_code == 202, made.text
    return f"/api/v1/evaluations/{made.json()['id']}"


async def test_evaluation_is_followed_to_its_end_by_commits_alone(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "POLL_S", 3600.0)
    await service.take_in(service.acme, "museum.md", MUSEUM)
    path = await queued_evaluation(service)
    async with open_stream(service.app, service.acme, "GET", f"{path}/events") as stream:
        first = await stream.event() or {}
        assert (first["event"], first["data"]["status"]) == ("progress", "queued")
        await service.operator.post("/api/v1/queue/resume")
        last = (await stream.until("done"))[-1]["data"]
        assert (last["status"], last["progress"]) == ("succeeded", 1.0)
        assert last == (await service.acme.get(path)).json()
        assert await stream.event() is None
    async with open_stream(service.app, service.acme, "GET", f"{path}/events") as ended:
        assert (await ended.event() or {})["event"] == "done"


async def test_evaluation_of_an_adapter_is_followed(service: Service, tmp_path: Path) -> None:
    await service.take_in(service.acme, "museum.md", MUSEUM)
    await service.acme.post("/api/v1/adapters", files=adapter_upload(tmp_path), data={"name": "style"})
    await service.operator.post("/api/v1/queue/pause")
    made = await service.acme.post("/api/v1/adapters/style/evaluations", files={"cases": ("mine.jsonl", CASES)})
    path = f"/api/v1/adapters/style/evaluations/{made.json()['id']}"
    async with open_stream(service.app, service.acme, "GET", f"{path}/events") as stream:
        assert (await stream.event() or {})["event"] == "progress"
        await service.acme.post(f"{path}/cancel")
        assert (await stream.until("done"))[-1]["data"]["status"] == "cancelled"
    for wrong in (f"{path}x/events", path.replace("style", "other") + "/events"):
        assert (await service.acme.get(wrong)).status_code == 404
    assert (await service.other.get(f"{path}/events")).status_code == 404


async def test_stream_ends_when_the_tenant_is_suspended_or_the_service_drains(service: Service) -> None:
    path = f"{await queued_evaluation(service)}/events"
    async with open_stream(service.app, service.acme, "GET", path) as stream:
        assert (await stream.event() or {})["event"] == "progress"
        await service.operator.patch(f"/api/v1/tenants/{service.acme_id}", json={"status": "suspended"})
        assert (await stream.until("error"))[-1]["data"]["error"]["code"] == "tenant_suspended"
    await service.operator.patch(f"/api/v1/tenants/{service.acme_id}", json={"status": "active"})
    async with open_stream(service.app, service.acme, "GET", path) as stream:
        assert (await stream.event() or {})["event"] == "progress"
        registered_services(service.app).get(Drain).start()
        async with asyncio.timeout(10):
            assert (await stream.until("server_shutdown"))[-1]["event"] == "server_shutdown"
            assert await stream.event() is None


async def test_deleted_evaluation_ends_its_stream(service: Service) -> None:
    path = await queued_evaluation(service)
    async with open_stream(service.app, service.acme, "GET", f"{path}/events") as stream:
        assert (await stream.event() or {})["event"] == "progress"
        assert (await service.acme.delete(path)).status_code == 200
        assert (await stream.until("error"))[-1]["data"]["error"]["code"] == "not_found"
