"""Streamed answers that are read and stopped at another process than the one that generates them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from sqlalchemy import update

from app.bootstrap.runtime import build_runtime
from app.domain.processes import LOST_AFTER
from app.main import create_app
from app.settings import Settings
from app.storage.sql.tables import ProcessRow
from tests.integration.api.test_chat_streams import Pacer, asking, resuming, text_of, turns
from tests.support.files import MUSEUM
from tests.support.service import Service, client_of, open_service


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@pytest_asyncio.fixture
async def home(settings: Settings, fresh_database: None) -> AsyncIterator[Service]:
    async with open_service(settings) as opened:
        assert (await opened.take_in(opened.acme, "museum.md", MUSEUM))["status"] == "ready"
        yield opened


@pytest_asyncio.fixture
async def elsewhere(home: Service, settings: Settings) -> AsyncIterator[Service]:
    """The same service and clients at another process."""
    runtime = build_runtime(settings)
    app = create_app(runtime=runtime)
    async with app.router.lifespan_context(app):
        acme, other = (client_of(app, key.headers["Authorization"].split()[1]) for key in (home.acme, home.other))
        yield replace(home, app=app, runtime=runtime, acme=acme, other=other)
    await runtime.close()


@pytest.fixture
def pacer(home: Service, monkeypatch: pytest.MonkeyPatch) -> Pacer:
    made = Pacer()
    monkeypatch.setattr(home.runtime.generator, "_words", made.words)
    return made


async def test_answer_at_work_elsewhere_is_waited_for_and_comes_whole(
    home: Service, elsewhere: Service, pacer: Pacer
) -> None:
    async with asking(home) as stream:
        turn_id = (await stream.until("token"))[0]["data"]["turn_id"]
    async with resuming(elsewhere, turn_id) as waiting, resuming(elsewhere, turn_id, 2) as later:
        pacer.go.set()
        events, rest = await waiting.until("done"), await later.until("done")
    assert [event["event"] for event in events] == ["retrieval", "token", "done"]
    assert text_of(events) == events[-1]["data"]["answer"] == "The museum opens at ten in the morning."
    assert [event["event"] for event in rest] == ["done"]


async def test_reader_elsewhere_keeps_an_answer_going(
    home: Service, elsewhere: Service, pacer: Pacer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.chat.streams.answers_elsewhere.READ_S", 0.1)
    from app.chat.streams.service import StreamService
    from app.http.services import registered_services

    streams = registered_services(home.app).get(StreamService)
    monkeypatch.setattr(streams, "_away_s", 1.5)
    async with asking(home) as stream:
        turn_id = (await stream.until("token"))[0]["data"]["turn_id"]
    async with resuming(elsewhere, turn_id) as waiting:
        await asyncio.sleep(3)  # twice as long as an answer goes on that nobody reads
        pacer.go.set()
        events = await waiting.until("done")
    assert events[-1]["data"]["status"] == "completed"


async def test_answer_is_stopped_from_another_process(home: Service, elsewhere: Service, pacer: Pacer) -> None:
    async with asking(home) as stream:
        said = (await stream.until("token"))[0]["data"]
        refused = await elsewhere.other.post(f"/api/v1/chat/{said['turn_id']}/stop")
        assert refused.status_code == 404
        stopped = await elsewhere.acme.post(f"/api/v1/chat/{said['turn_id']}/stop")
        assert (stopped.status_code, stopped.json()["status"]) == (200, "stopped")
        assert (await stream.until("done"))[-1]["data"]["answer"] == stopped.json()["answer"]
    assert [turn["id"] for turn in await turns(home, said["conversation_id"])] == [said["turn_id"]]


async def test_answer_whose_process_is_gone_is_said_to_be_lost(home: Service, elsewhere: Service, pacer: Pacer) -> None:
    async with asking(home) as stream:
        turn_id = (await stream.until("token"))[0]["data"]["turn_id"]
        with home.runtime.storage.db.write() as session:
            session.execute(update(ProcessRow).values(seen_at=datetime.now(UTC) - 2 * LOST_AFTER))
        for answer in (
            await elsewhere.acme.get(f"/api/v1/chat/{turn_id}/events"),
            await elsewhere.acme.post(f"/api/v1/chat/{turn_id}/stop"),
        ):
            assert (answer.status_code, answer.json()["error"]["code"]) == (409, "answer_lost")
        pacer.go.set()
        await stream.until("done")
