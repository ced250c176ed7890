"""What one tenant has at work at once: others get places and answers, and a refusal says when to ask again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import pytest
from starlette.types import Message

from app.domain.passages import Passage
from app.http.middleware.concurrency import ConcurrencyLimits, Work
from app.http.middleware.concurrency_limit import ConcurrencyLimit
from app.operations.service import OperationsService
from app.search.service import SearchService
from app.settings import Settings
from tests.support.fake_settings import fake_settings
from tests.support.service import Service, open_service

PLACES, WAITING = 2, 4  # of each tenant, searches
QUERY = {"query": "museum"}


@pytest.fixture
def limited(tmp_path: Path, database_url: str) -> Settings:
    return fake_settings(
        tmp_path,
        database_url=database_url,
        concurrent_searches=2 * PLACES,
        concurrent_reads=2,
        key_share=1.0,
        tenant_waiting_requests=WAITING,
        event_streams=4,
    )


@pytest.fixture
async def service(limited: Settings) -> AsyncIterator[Service]:
    async with open_service(limited) as running:
        yield running


@contextmanager
def hanging_searches(service: Service) -> Iterator[threading.Event]:
    """Searches of acme hang until the event is set."""
    searches, go_on = service.app.state.services.get(SearchService), threading.Event()
    search = searches.search

    def hang(tenant_id: str, *args: object, **options: object) -> list[Passage]:
        if tenant_id == service.acme_id:
            assert go_on.wait(30)
        found: list[Passage] = search(tenant_id, *args, **options)
        return found

    searches.search = hang
    try:
        yield go_on
    finally:
        go_on.set()
        searches.search = search


async def until_waiting(limit: ConcurrencyLimit, count: int) -> None:
    for _ in range(3000):
        if limit.waiting >= count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"only {limit.waiting} wait")


async def test_one_tenants_searches_leave_places_for_others_and_go_on_in_turn(service: Service) -> None:
    searches = service.app.state.services.get(ConcurrencyLimits).limit(Work.SEARCH)
    with hanging_searches(service) as go_on:
        many = [asyncio.create_task(service.acme.post("/api/v1/search", json=QUERY)) for _ in range(PLACES + WAITING)]
        await until_waiting(searches, WAITING)
        refused = await service.acme.post("/api/v1/search", json=QUERY)
        assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many_at_once")
        assert int(refused.headers["retry-after"]) >= 1
        assert "x-ratelimit-remaining-requests" in refused.headers
        assert (await service.other.post("/api/v1/search", json=QUERY)).status_code == 200
        assert (await service.acme.get("/api/v1/documents")).status_code == 200  # other work of its own
        assert (await service.nobody.get("/healthz")).status_code == 200
        go_on.set()
        assert {response.status_code for response in await asyncio.gather(*many)} == {200}


async def test_a_slow_upload_holds_no_place(service: Service) -> None:
    limit = service.app.state.services.get(ConcurrencyLimits).limit(Work.WRITE)
    sent = asyncio.Event()
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\n# Museum\r\n--b--\r\n'

    async def slowly() -> AsyncIterator[bytes]:
        yield body[:80]
        sent.set()
        await asyncio.sleep(0.2)
        assert limit.at_work == 0
        yield body[80:]

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response = await service.acme.post("/api/v1/documents", content=slowly(), headers=headers)
    assert sent.is_set()
    assert response.status_code == 202, response.text
    assert limit.at_work == 0


async def test_a_body_is_read_whole_before_a_place_is_taken(service: Service) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b'{"query": '
        yield b'"museum"}'

    headers = {"Content-Type": "application/json"}
    response = await service.acme.post("/api/v1/search", content=parts(), headers=headers)
    assert response.status_code == 200, response.text
    unread = await service.acme.post("/api/v1/documents/doc_none/cancel", content=parts(), headers=headers)
    assert unread.status_code == 404


async def test_streams_above_a_tenants_share_are_refused_at_once(service: Service) -> None:
    document = (await service.upload(service.acme, "a.md", b"# Museum")).json()
    url = f"/api/v1/documents/{document['id']}/events"
    streams = service.app.state.services.get(ConcurrencyLimits).limit(Work.STREAM)
    async with streams.place(service.acme_id, "first key"), streams.place(service.acme_id, "second key"):
        refused = await service.acme.get(url)
        assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many_at_once")
        assert "2 event streams" in refused.json()["error"]["message"]
    followed = await service.acme.get(url)
    assert followed.status_code == 200
    assert followed.text.rstrip().rpartition("event: ")[2].startswith("done")


async def test_the_metrics_say_how_many_requests_of_each_kind_wait(service: Service) -> None:
    searches = service.app.state.services.get(ConcurrencyLimits).limit(Work.SEARCH)
    with hanging_searches(service) as go_on:
        many = [asyncio.create_task(service.acme.post("/api/v1/search", json=QUERY)) for _ in range(PLACES + 1)]
        await until_waiting(searches, 1)
        told = service.app.state.services.get(OperationsService).render_metrics().decode()
        go_on.set()
        await asyncio.gather(*many)
    assert f'loracle_requests_at_work{{work="searches"}} {PLACES}.0' in told
    assert 'loracle_requests_waiting{work="searches"} 1.0' in told
    assert 'loracle_requests_waiting{work="reads"} 0.0' in told


@pytest.mark.parametrize("upload", [False, True])
async def test_a_waiting_request_is_dropped_as_its_client_leaves(service: Service, upload: bool) -> None:
    work = Work.WRITE if upload else Work.SEARCH
    limit = service.app.state.services.get(ConcurrencyLimits).limit(work)
    path = "/api/v1/documents" if upload else "/api/v1/search"
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\n# A\r\n--b--\r\n'
    kind = b"multipart/form-data; boundary=b" if upload else b"application/json"
    async with AsyncExitStack() as places:
        for _ in range(limit._bounds.tenant):
            await places.enter_async_context(limit.place(service.acme_id, f"key {limit.at_work}"))
        leaves, sent = asyncio.Event(), list[Message]()
        messages: list[Message] = [{"type": "http.request", "body": body if upload else b'{"query": "x"}'}]

        async def receive() -> Message:
            if messages:
                return messages.pop()
            await leaves.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        key = service.acme.headers["authorization"].encode()
        headers = [
            (b"authorization", key),
            (b"content-type", kind),
            (b"content-length", b"%d" % len(messages[0]["body"])),
        ]
        scope = {
            "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "headers": headers,
            "query_string": b"", "client": ("127.0.0.1", 1), "server": ("t", 80), "scheme": "http", "root_path": "",
            "http_version": "1.1", "app": service.app,
        }  # fmt: skip
        asked = asyncio.create_task(service.app(scope, receive, send))
        await until_waiting(limit, 1)
        leaves.set()
        await asyncio.wait_for(asked, 60)
        assert limit.waiting == 0
    assert sent[0]["status"] == 499
    assert limit.at_work == 0
