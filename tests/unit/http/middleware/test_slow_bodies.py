"""Bodies that arrive while the service stops."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.errors import Unavailable
from app.http.drain import Drain
from app.http.middleware import slow_bodies
from app.http.middleware.slow_bodies import SlowBodies
from app.http.services import Services


class Upload:
    """A request whose body comes in the parts that are put into `parts`, and the application that reads it."""

    def __init__(self, drain: Drain) -> None:
        self.parts: asyncio.Queue[Message] = asyncio.Queue()
        self.body = b""
        app = SimpleNamespace(state=SimpleNamespace(services=Services([drain])))
        self._scope: Scope = {"type": "http", "app": app}

    async def run(self) -> None:
        async def send(_: Message) -> None:
            raise AssertionError

        await SlowBodies(self._read)(self._scope, self.parts.get, send)

    async def _read(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        more = True
        while more:
            message = await receive()
            self.body, more = self.body + message["body"], message["more_body"]
        assert await receive() == {"type": "http.disconnect"}


def part(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_body_that_does_not_arrive_is_refused_once_the_service_drains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_bodies, "ARRIVAL_S", 0.05)
    drain = Drain()
    upload = Upload(drain)
    upload.parts.put_nowait(part(b"a", more=True))
    reading = asyncio.create_task(upload.run())
    await asyncio.sleep(0.1)
    assert not reading.done()  # as slow as it likes before
    drain.start()
    with pytest.raises(Unavailable) as refused:
        await reading
    assert (refused.value.code, refused.value.retry_after) == ("shutting_down", slow_bodies.RETRY_S)


async def test_body_that_arrives_in_time_is_taken_and_its_disconnect_is_not_timed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slow_bodies, "ARRIVAL_S", 5.0)
    drain = Drain()
    drain.start()
    upload = Upload(drain)
    reading = asyncio.create_task(upload.run())
    for message in (part(b"a", more=True), part(b"b", more=False)):
        upload.parts.put_nowait(message)
    monkeypatch.setattr(slow_bodies, "ARRIVAL_S", 0.01)
    await asyncio.sleep(0.1)
    assert not reading.done()
    upload.parts.put_nowait({"type": "http.disconnect"})
    await reading
    assert upload.body == b"ab"


async def test_requests_leave_nothing_at_the_drain() -> None:
    drain = Drain()
    future = drain.started()
    future.cancel()
    await asyncio.sleep(0)
    assert drain._callbacks == []
