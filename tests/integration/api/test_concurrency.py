"""What one tenant has at work at once: others get places and answers, and a refusal says when to ask again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.passages import Passage
from app.http.middleware.concurrency import ConcurrencyLimits, Work
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


async def until_waiting(service: Service, count: int) -> None:
    limit = service.app.state.services.get(ConcurrencyLimits).limit(Work.SEARCH)
    for _ in range(3000):
        if limit.waiting >= count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"only {limit.waiting} wait")


async def test_one_tenants_searches_leave_places_for_others_and_go_on_in_turn(service: Service) -> None:
    with hanging_searches(service) as go_on:
        many = [asyncio.create_task(service.acme.post("/api/v1/search", json=QUERY)) for _ in range(PLACES + WAITING)]
        await until_waiting(service, WAITING)
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
