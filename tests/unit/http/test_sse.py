"""Server-sent events on the wire."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator

import pytest

from app.domain.actors import Actor, ActorKind
from app.errors import DeadlineExceeded, Forbidden
from app.http import sse
from app.http.drain import Drain
from app.http.sse import sse_event, sse_response
from app.storage.acting import acting


async def stream(events: AsyncGenerator[str, None], drain: Drain | None = None) -> list[str]:
    """What a client reads, in the pieces that are sent."""
    response = sse_response(events, drain or Drain())
    assert (response.media_type, response.headers["Cache-Control"]) == ("text/event-stream", "no-store")
    return [str(piece) async for piece in response.body_iterator]


async def paused(seconds: float) -> AsyncGenerator[str, None]:
    yield sse_event("token", {"text": "a"})
    await asyncio.sleep(seconds)
    yield sse_event("done", {})


def test_event_is_a_name_and_a_line_of_json() -> None:
    assert sse_event("token", {"text": "à\n"}) == 'event: token\ndata: {"text": "à\\n"}\n\n'


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_character_of_a_text_breaks_the_line(line_break: str) -> None:
    text = f"one{line_break}two"
    lines = sse_event("token", {"text": text}).splitlines()
    assert len(lines) == 3
    assert json.loads(lines[1].removeprefix("data: ")) == {"text": text}


async def test_pauses_are_filled_with_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "KEEPALIVE_S", 0.05)
    first, *comments, last = await stream(paused(0.3))
    assert (first, last) == (sse_event("token", {"text": "a"}), sse_event("done", {}))
    assert comments
    assert all(comment.startswith(":") and comment.endswith("\n\n") for comment in comments)


async def test_error_in_mid_stream_is_the_last_event() -> None:
    async def failing() -> AsyncGenerator[str, None]:
        yield sse_event("token", {"text": "a"})
        raise DeadlineExceeded("Too slow.")

    _, last = await stream(failing())
    name, data = last.splitlines()[:2]
    assert name == "event: error"
    assert json.loads(data.removeprefix("data: "))["error"]["code"] == "deadline_exceeded"


async def test_drain_is_announced_once_and_the_stream_goes_on() -> None:
    drain = Drain()
    drain.start()
    pieces = await stream(paused(0), drain)
    assert [piece.splitlines()[0] for piece in pieces] == ["event: server_shutdown", "event: token", "event: done"]


async def test_client_that_goes_away_ends_the_events() -> None:
    closed = asyncio.Event()

    async def endless() -> AsyncGenerator[str, None]:
        try:
            while True:
                yield sse_event("token", {"text": "a"})
        finally:
            closed.set()

    pieces = sse_response(endless(), Drain()).body_iterator
    async for _ in pieces:
        break
    await pieces.aclose()  # type: ignore[attr-defined]
    assert closed.is_set()


async def test_a_stream_that_follows_ends_at_once_when_the_service_drains() -> None:
    drain = Drain()
    pieces = asyncio.create_task(_pieces(paused(60), drain, follows=True))
    await asyncio.sleep(0.05)
    drain.start()
    first, last = await asyncio.wait_for(pieces, 5)
    assert (first.splitlines()[0], last.splitlines()[0]) == ("event: token", "event: server_shutdown")


@pytest.mark.parametrize("named", [True, False])
async def test_a_stream_of_a_suspended_tenant_ends_with_the_reason(named: bool) -> None:
    drain, fault = Drain(), Forbidden("This tenant is suspended; ask the operator.", code="tenant_suspended")
    streams = []
    for tenant_id in ("ten_a", "ten_b"):
        with acting(Actor(ActorKind.KEY, tenant_id)):
            streams.append(asyncio.create_task(_pieces(paused(0.5), drain, named=named)))
    await asyncio.sleep(0.05)
    assert drain.streams.tenants() == {"ten_a", "ten_b"}
    assert drain.streams.end({"ten_a"}, fault) == 1
    ended, other = await asyncio.gather(*streams)
    assert '"code": "tenant_suspended"' in ended[-1]
    assert ended[-1].startswith("event: error\n") is named
    assert "event: done" in other[-1]
    assert len(drain.streams) == 0


async def _pieces(events: AsyncGenerator[str, None], drain: Drain, **how: bool) -> list[str]:
    return [str(piece) async for piece in sse_response(events, drain, **how).body_iterator]
