"""Streamed answers that are resumed, stopped or left, and what their conversations hold afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from app.chat.streams.service import StreamService
from app.errors import DeadlineExceeded
from app.http.services import registered_services
from app.llm.base import Delta, GenerationRequest
from tests.support.fake_settings import fake_settings
from tests.support.files import MUSEUM
from tests.support.open_stream import OpenStream, open_stream
from tests.support.service import Service, open_service, service_for_new_tenants

pytestmark = pytest.mark.asyncio(loop_scope="module")
QUESTION = "When does the museum open?"
WORDS = ["The museum", " opens at", " ten in the", " morning."]


class Pacer:
    """Words of the generator: it waits before the third until it is let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.fault: Exception | None = None

    async def words(self, _request: GenerationRequest) -> AsyncIterator[Delta]:
        for count, word in enumerate(WORDS, start=1):
            if count == 3:
                await self.go.wait()
                if self.fault is not None:
                    raise self.fault
            yield Delta(word, count)
        yield Delta("", len(WORDS), "stop")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with open_service(fake_settings(tmp_path_factory.mktemp("served"))) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def museum(served: Service, request: pytest.FixtureRequest) -> Service:
    """The same service for every test, with tenants of its own."""
    fresh = service_for_new_tenants(served.app, served.runtime, f" of {request.node.name}")
    assert (await fresh.take_in(fresh.acme, "museum.md", MUSEUM))["status"] == "ready"
    return fresh


@pytest_asyncio.fixture(loop_scope="module")
async def pacer(museum: Service, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pacer]:
    made = Pacer()
    monkeypatch.setattr(museum.runtime.generator, "_words", made.words)
    yield made
    await registered_services(museum.app).get(StreamService).close()  # what a test has left at work


def asking(service: Service, client: httpx.AsyncClient | None = None, **more: Any) -> OpenStream:
    body = {"message": QUESTION, "stream": True, **more}
    return open_stream(service.app, client or service.acme, "POST", "/api/v1/chat", json=body)


def resuming(service: Service, turn_id: str, after: int | None = None) -> OpenStream:
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    return open_stream(service.app, service.acme, "GET", f"/api/v1/chat/{turn_id}/events", headers=headers)


def text_of(events: list[dict[str, Any]]) -> str:
    return "".join(event["data"]["text"] for event in events if event["event"] == "token")


async def turns(service: Service, conversation_id: str) -> list[dict[str, Any]]:
    return (await service.acme.get(f"/api/v1/conversations/{conversation_id}/turns")).json()["data"]


async def let_end(service: Service, turn_id: str) -> None:
    """Wait, without reading, until the answer has ended and is kept."""
    stream = registered_services(service.app).get(StreamService).find(service.acme_id, None, turn_id)
    assert stream is not None
    await asyncio.wait_for(stream._ended.wait(), 10)


async def test_first_event_names_the_answer_before_anything_is_generated(museum: Service, pacer: Pacer) -> None:
    async with asking(museum) as stream:
        first = await stream.event()
        assert first is not None
        said = first["data"]
        assert (first["event"], first["id"]) == ("retrieval", "1")
        assert said["request_id"] == stream.headers["x-request-id"]
        assert (said["route"], said["adapter"]) == ("question", None)
        shown = (await museum.acme.get(f"/api/v1/conversations/{said['conversation_id']}")).json()
        assert shown["title"] == QUESTION
        pacer.go.set()
        events = [first, *await stream.until("done")]
    assert [event["id"] for event in events] == [str(number + 1) for number in range(len(events))]
    done = events[-1]["data"]
    assert (done["id"], done["conversation_id"], done["status"]) == (
        said["turn_id"],
        said["conversation_id"],
        "completed",
    )
    assert [turn["id"] for turn in await turns(museum, said["conversation_id"])] == [said["turn_id"]]


async def test_lost_connection_is_taken_up_after_the_last_event(museum: Service, pacer: Pacer) -> None:
    async with asking(museum) as stream:
        before = await stream.until("token")
    turn_id, last = before[0]["data"]["turn_id"], int(before[-1]["id"])
    async with resuming(museum, turn_id, last) as stream:
        pacer.go.set()
        after = await stream.until("done")
    assert [int(event["id"]) for event in after] == list(range(last + 1, last + 1 + len(after)))
    assert text_of(before + after) == after[-1]["data"]["answer"]
    async with resuming(museum, turn_id) as stream:  # all of it again, although it has ended
        again = await stream.until("done")
    assert again == [*before, *after]


async def test_last_event_id_that_never_was_is_refused(museum: Service, pacer: Pacer) -> None:
    async with asking(museum) as stream:
        turn_id = (await stream.until("retrieval"))[0]["data"]["turn_id"]
        for wrong in ("9", "-1", "x"):
            async with open_stream(
                museum.app,
                museum.acme,
                "GET",
                f"/api/v1/chat/{turn_id}/events",
                headers={"Last-Event-ID": wrong},
            ) as refused:
                assert refused.status == 422


async def test_stream_of_another_tenant_is_as_unknown_as_one_that_never_was(museum: Service, pacer: Pacer) -> None:
    async with asking(museum) as stream:
        turn_id = (await stream.until("token"))[0]["data"]["turn_id"]
        for method, call in (("GET", "events"), ("POST", "stop")):
            answers = [
                await museum.other.request(method, f"/api/v1/chat/{one}/{call}") for one in (turn_id, "turn_none")
            ]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].json()["error"] == answers[1].json()["error"]
        pacer.go.set()
        assert (await stream.until("done"))[-1]["data"]["status"] == "completed"


async def test_stream_of_another_user_is_as_unknown_as_one_that_never_was(museum: Service, pacer: Pacer) -> None:
    tokens = {}
    for user in ("ana", "rui"):
        made = await museum.acme.post("/api/v1/tokens", json={"user": user})
        tokens[user] = {"Authorization": f"Bearer {made.json()['token']}"}
    async with asking(museum, user="ana") as stream:
        turn_id = (await stream.until("token"))[0]["data"]["turn_id"]
        for method, call in (("GET", "events"), ("POST", "stop")):
            answers = [
                await museum.nobody.request(method, f"/api/v1/chat/{one}/{call}", headers=tokens["rui"])
                for one in (turn_id, "turn_none")
            ]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].json()["error"] == answers[1].json()["error"]
        stopped = await museum.nobody.post(f"/api/v1/chat/{turn_id}/stop", headers=tokens["ana"])
    assert stopped.json()["status"] == "stopped"


async def test_stopped_answer_keeps_what_was_shown(museum: Service, pacer: Pacer) -> None:
    async with asking(museum) as stream:
        events = await stream.until("token")
        ids = events[0]["data"]
        stopped = await museum.acme.post(f"/api/v1/chat/{ids['turn_id']}/stop")
        events += await stream.until("done")
        assert await stream.event() is None
    assert stopped.status_code == 200
    assert stopped.json() == events[-1]["data"]
    assert (stopped.json()["status"], stopped.json()["finish_reason"]) == ("stopped", "stopped")
    assert stopped.json()["answer"] == text_of(events) != ""
    (turn,) = await turns(museum, ids["conversation_id"])
    assert (turn["id"], turn["status"], turn["question"]) == (ids["turn_id"], "stopped", QUESTION)
    assert turn["answer"] == stopped.json()["answer"]
    assert museum.runtime.generator.describe()["running"] == 0
    again = await museum.acme.post(f"/api/v1/chat/{ids['turn_id']}/stop")
    assert again.json() == stopped.json()
    pacer.go.set()
    next_one = await museum.acme.post(
        "/api/v1/chat", json={"message": QUESTION, "conversation_id": ids["conversation_id"]}
    )
    assert next_one.json()["status"] == "completed"


async def test_stopping_an_answer_that_has_ended_gives_it_whole(museum: Service) -> None:
    answer = (await museum.acme.post("/api/v1/chat", json={"message": QUESTION})).json()
    stopped = await museum.acme.post(f"/api/v1/chat/{answer['id']}/stop")
    assert stopped.json() == answer


async def test_answer_goes_on_while_its_client_is_away(museum: Service, pacer: Pacer) -> None:
    async with asking(museum) as stream:
        ids = (await stream.until("token"))[0]["data"]
    pacer.go.set()
    await let_end(museum, ids["turn_id"])
    (turn,) = await turns(museum, ids["conversation_id"])
    assert (turn["status"], "morning" in turn["answer"]) == ("completed", True)


async def test_answer_whose_client_stays_away_is_stopped_and_kept(
    museum: Service, pacer: Pacer, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = registered_services(museum.app).get(StreamService)
    monkeypatch.setattr(streams, "_away_s", 0.01)
    async with asking(museum) as stream:
        ids = (await stream.until("token"))[0]["data"]
    await let_end(museum, ids["turn_id"])
    (turn,) = await turns(museum, ids["conversation_id"])
    assert (turn["status"], turn["answer"]) == ("stopped", "The museum opens at")


async def test_failed_answer_keeps_what_was_shown(museum: Service, pacer: Pacer) -> None:
    async with asking(museum) as stream:
        ids = (await stream.until("token"))[0]["data"]
        pacer.fault = DeadlineExceeded("Too slow.")
        pacer.go.set()
        fault = (await stream.until("error"))[-1]["data"]
    assert fault["error"]["code"] == "deadline_exceeded"
    (turn,) = await turns(museum, ids["conversation_id"])
    assert (turn["status"], turn["answer"].startswith("The museum")) == ("failed", True)


async def test_events_that_are_forgotten_leave_the_whole_answer(
    museum: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = registered_services(museum.app).get(StreamService)
    monkeypatch.setattr(streams, "_kept_s", 0.0)
    async with asking(museum) as stream:
        done = (await stream.until("done"))[-1]["data"]
    await asyncio.sleep(0.01)
    async with resuming(museum, done["id"], 3) as stream:
        (event,) = await stream.until("done")
    assert event == {"id": "4", "event": "done", "data": done}
    async with resuming(museum, done["id"]) as stream:
        events = await stream.until("done")
    assert ([event["event"] for event in events], text_of(events)) == (["retrieval", "token", "done"], done["answer"])


async def test_answers_at_work_are_kept_when_the_service_ends(museum: Service, pacer: Pacer) -> None:
    async with asking(museum) as stream:
        ids = (await stream.until("token"))[0]["data"]
        await registered_services(museum.app).get(StreamService).close()
        assert (await stream.until("done"))[-1]["data"]["status"] == "stopped"
    assert [turn["status"] for turn in await turns(museum, ids["conversation_id"])] == ["stopped"]


async def test_streams_beyond_the_limits_are_refused_by_status_alone(
    museum: Service, pacer: Pacer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(museum.runtime.generator._admission, "_size", 12)  # type: ignore[attr-defined]
    pacer.go.set()
    clients = [museum.acme] * 100 + [museum.other] * 100
    body = {"message": QUESTION, "stream": True}
    responses = await asyncio.gather(*(client.post("/api/v1/chat", json=body) for client in clients))
    statuses = [response.status_code for response in responses]
    assert set(statuses) == {200, 429, 503}
    for response in responses:
        assert ("event: done" in response.text) == (response.status_code == 200)
        assert "event: error" not in response.text
        assert response.status_code == 200 or int(response.headers["retry-after"]) > 0
