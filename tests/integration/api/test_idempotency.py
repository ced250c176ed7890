"""Idempotency keys: equal requests make one thing, streams too; kept answers belong to their caller."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.llm.fake import FakeGenerator
from app.main import create_app
from app.settings import Settings
from app.storage.sql.tables import IdempotencyRow
from tests.support.files import MUSEUM
from tests.support.service import Service

QUESTION = "When does the museum open?"
CASES = b'{"question": "When?", "answers": ["at ten"], "context": "The museum opens at ten."}'
ROWS = b'{"prompt": "When?", "completion": "At ten."}'
REPLAYED = "idempotent-replayed"
MAKES_NOTHING = {
    *("POST /api/v1/search", "POST /v1/embeddings", "POST /retrieval"),
    *("POST /auth/sign-out", "POST /auth/oidc/token"),  # the second takes a ticket that is good once
}


@dataclass(frozen=True)
class Maker:
    """A request that makes something, and the list in which it is found."""

    path: str
    request: dict[str, Any]
    listed: str
    by_operator: bool = False
    at_once: int = 8


def makers(service: Service, turn_id: str, dataset_id: str, key_id: str) -> list[Maker]:
    training = {"adapter": "trained", "dataset": dataset_id}
    return [
        Maker("/api/v1/chat", {"json": {"message": QUESTION}}, "/api/v1/conversations", at_once=50),
        Maker("/api/v1/chat", {"json": {"message": QUESTION, "stream": True}}, "/api/v1/conversations"),
        Maker("/api/v1/me/keys", {"json": {"label": "one"}}, "/api/v1/me/keys"),
        Maker(f"/api/v1/me/keys/{key_id}/rotate", {"json": {}}, "/api/v1/me/keys"),
        Maker("/api/v1/documents", {"files": {"file": ("b.txt", b"B.")}}, "/api/v1/documents"),
        Maker("/api/v1/batches", {"files": [("files", ("c.txt", b"C."))]}, "/api/v1/documents"),
        Maker("/api/v1/feedback", {"json": {"turn_id": turn_id, "rating": "up"}}, "/api/v1/feedback"),
        Maker("/api/v1/evaluations", {"files": {"cases": ("cases.jsonl", CASES)}}, "/api/v1/evaluations"),
        Maker(
            "/api/v1/training/datasets",
            {"files": {"file": ("rows.jsonl", ROWS)}, "data": {"name": "more"}},
            "/api/v1/training/datasets",
        ),
        Maker("/api/v1/training/jobs", {"json": training}, "/api/v1/training/jobs"),
        Maker("/api/v1/tenants", {"json": {"name": "library"}}, "/api/v1/tenants", by_operator=True),
        Maker("/api/v1/keys", {"json": {"tenant_id": service.acme_id}}, "/api/v1/keys", by_operator=True),
    ]


@pytest.fixture
async def museum(service: Service) -> Service:
    assert (await service.take_in(service.acme, "museum.md", MUSEUM))["status"] == "ready"
    return service


def test_every_call_that_makes_something_takes_a_key() -> None:
    paths = create_app(Settings(_env_file=None)).openapi()["paths"]
    without = {
        f"POST {path}"
        for path, methods in paths.items()
        if "post" in methods
        and "Idempotency-Key" not in {parameter["name"] for parameter in methods["post"].get("parameters", ())}
    }
    assert without <= MAKES_NOTHING


async def test_up_to_fifty_equal_requests_at_once_make_one_thing(museum: Service) -> None:
    answer = (await museum.acme.post("/api/v1/chat", json={"message": QUESTION})).json()
    rows: dict[str, Any] = {"files": {"file": ("rows.jsonl", ROWS)}, "data": {"name": "rows"}}
    dataset = (await museum.acme.post("/api/v1/training/datasets", **rows)).json()
    key = (await museum.acme.post("/api/v1/me/keys", json={"label": "old"})).json()
    for number, maker in enumerate(makers(museum, answer["id"], dataset["id"], key["id"])):
        client = museum.operator if maker.by_operator else museum.acme
        before = await ids(client, maker.listed)
        request: dict[str, Any] = {**maker.request, "headers": {"Idempotency-Key": f"burst-{number}"}}
        first = await asyncio.gather(*(client.post(maker.path, **request) for _ in range(maker.at_once)))
        later = await client.post(maker.path, **request)
        made = [response for response in [*first, later] if response.is_success]
        assert [REPLAYED in response.headers for response in made].count(False) == 1, maker
        assert later.headers[REPLAYED] == "true", maker
        assert len({without_comments(response) for response in made}) == 1, maker
        refused = [response for response in first if not response.is_success]
        assert {response.status_code for response in refused} <= {409}
        assert all(response.headers["Retry-After"] == "1" for response in refused)
        assert len(await ids(client, maker.listed) - before) == 1, maker


async def ids(client: httpx.AsyncClient, path: str) -> set[str]:
    body = (await client.get(path, params={"limit": 100})).json()
    return {item["id"] for item in body["data"]}


def without_comments(response: httpx.Response) -> str:
    return "".join(line for line in response.text.splitlines(keepends=True) if not line.startswith(":"))


async def test_repeated_stream_is_the_same_events_and_no_second_turn(museum: Service) -> None:
    request: dict[str, Any] = {"json": {"message": QUESTION, "stream": True}, "headers": {"Idempotency-Key": "stream"}}
    first = await museum.acme.post("/api/v1/chat", **request)
    again = await museum.acme.post("/api/v1/chat", **request)
    assert again.headers["content-type"] == first.headers["content-type"]
    assert without_comments(again) == without_comments(first)
    names = [line.removeprefix("event: ") for line in again.text.splitlines() if line.startswith("event: ")]
    assert (names[-1], {"retrieval", "token", "done"} <= set(names)) == ("done", True)
    done = json.loads(again.text.strip().rsplit("data: ", 1)[1])
    turns = (await museum.acme.get(f"/api/v1/conversations/{done['conversation_id']}/turns")).json()
    assert len(turns["data"]) == 1


async def test_completion_is_answered_once_whole_and_as_a_stream(museum: Service) -> None:
    for stream in (False, True):
        body = {"model": "loracle", "messages": [{"role": "user", "content": QUESTION}], "stream": stream}
        request: dict[str, Any] = {"json": body, "headers": {"Idempotency-Key": f"completion-{stream}"}}
        first = await museum.acme.post("/v1/chat/completions", **request)
        again = await museum.acme.post("/v1/chat/completions", **request)
        assert REPLAYED not in first.headers
        assert again.headers[REPLAYED] == "true"
        assert without_comments(again) == without_comments(first)


async def test_equal_request_while_the_stream_runs_is_refused_and_a_client_that_left_finds_the_answer(
    museum: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(museum.runtime.generator, "_delay_s", 0.02)
    request: dict[str, Any] = {"json": {"message": QUESTION, "stream": True}, "headers": {"Idempotency-Key": "left"}}
    running = asyncio.create_task(museum.acme.post("/api/v1/chat", **request))
    await until(lambda: keys_reserved(museum), 1)
    assert await status_of(museum.acme, request) == 409
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await until(lambda: status_of(museum.acme, request), 200)
    again = await museum.acme.post("/api/v1/chat", **request)
    assert again.headers[REPLAYED] == "true"
    assert "event: done" in again.text
    assert len(await ids(museum.acme, "/api/v1/conversations")) == 1


async def status_of(client: httpx.AsyncClient, request: dict[str, Any]) -> int:
    return (await client.post("/api/v1/chat", **request)).status_code


async def keys_reserved(service: Service) -> int:
    with service.runtime.storage.db.read() as session:
        return len(session.scalars(select(IdempotencyRow)).all())


async def until(get: Callable[[], Awaitable[int]], wanted: int) -> None:
    for _ in range(500):
        if await get() == wanted:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"never {wanted}")


async def test_another_request_under_the_key_is_refused_and_the_order_of_fields_does_not_count(
    museum: Service,
) -> None:
    headers = {"Idempotency-Key": "two", "Content-Type": "application/json"}
    first = await museum.acme.post("/api/v1/chat", content=b'{"message": "When?", "k": 2}', headers=headers)
    again = await museum.acme.post("/api/v1/chat", content=b'{"k":2,"message":"When?"}', headers=headers)
    other = await museum.acme.post("/api/v1/chat", content=b'{"message": "When?", "k": 3}', headers=headers)
    assert (first.status_code, again.json()) == (200, first.json())
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_mismatch")
    long = await museum.acme.post("/api/v1/chat", json={"message": "When?"}, headers={"Idempotency-Key": "k" * 256})
    assert (long.status_code, long.json()["error"]["param"]) == (422, "Idempotency-Key")


async def test_kept_answer_belongs_to_its_caller_and_is_not_readable_in_the_database(service: Service) -> None:
    request: dict[str, Any] = {"json": {"tenant_id": service.acme_id}, "headers": {"Idempotency-Key": "same"}}
    made = (await service.operator.post("/api/v1/keys", **request)).json()
    assert (await service.operator.post("/api/v1/keys", **request)).json()["key"] == made["key"]
    with service.runtime.storage.db.read() as session:
        kept = session.scalars(select(IdempotencyRow.body)).one()
    assert made["key"].encode() not in kept
    rows: dict[str, Any] = {
        "files": {"file": ("rows.jsonl", ROWS)},
        "data": {"name": "rows"},
        "headers": {"Idempotency-Key": "same"},
    }
    for client in (service.acme, service.client(made["key"])):  # two keys of one tenant
        response = await client.post("/api/v1/training/datasets", **rows)
        assert (response.status_code, REPLAYED in response.headers) == (201, False)


async def test_stream_that_fails_frees_its_key(museum: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    request: dict[str, Any] = {"json": {"message": QUESTION, "stream": True}, "headers": {"Idempotency-Key": "failing"}}
    with monkeypatch.context() as patch:
        patch.setattr(FakeGenerator, "stream", failing)
        assert "event: error" in (await museum.acme.post("/api/v1/chat", **request)).text
    again = await museum.acme.post("/api/v1/chat", **request)
    assert REPLAYED not in again.headers
    assert "event: done" in again.text


async def failing(*_: Any) -> Any:
    from app.errors import DeadlineExceeded

    raise DeadlineExceeded("The answer did not finish in time.")
    yield


async def test_key_is_held_while_a_long_answer_is_at_work(museum: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.sql.repositories.idempotency.LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr("app.http.idempotency.RENEW_S", 0.1)
    monkeypatch.setattr(museum.runtime.generator, "_delay_s", 0.4)
    sent = {"json": {"message": QUESTION}, "headers": {"Idempotency-Key": "long"}}
    first = asyncio.create_task(museum.acme.post("/api/v1/chat", **sent))
    await asyncio.sleep(1.2)  # twice the lease
    again = await museum.acme.post("/api/v1/chat", **sent)
    assert again.json()["error"]["code"] == "idempotency_in_progress"
    assert (await first).json()["answer"]
