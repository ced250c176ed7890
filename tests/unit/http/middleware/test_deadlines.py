"""The middleware that ends a request's work: it knows when the client leaves, and passes on what the client sends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from anyio.to_thread import run_sync
from starlette.types import Message, Receive, Scope, Send

from app.deadline import check_deadline, current_deadline, outliving_request
from app.errors import ClientGone, RequestTimedOut
from app.http.middleware.deadlines import Deadlines
from app.storage.database import Database
from tests.unit.storage.test_read_deadlines import ENDLESS

Work = Callable[[Scope, Receive, Send], Awaitable[None]]
LAST = {"type": "http.request", "body": b"", "more_body": False}


class Connection:
    """A client: what it sends is put into `sent`, what it gets is in `got`."""

    def __init__(self, method: str, work: Work, *, seconds: float = 600.0) -> None:
        self.sent: asyncio.Queue[Message] = asyncio.Queue()
        self.got: list[Message] = []
        self._scope: Scope = {"type": "http", "method": method, "path": "/"}
        self._app = Deadlines(work, seconds=seconds, read_seconds=600.0)

    async def serve(self) -> None:
        async def send(message: Message) -> None:
            self.got.append(message)

        await self._app(self._scope, self.sent.get, send)

    def leave(self) -> None:
        self.sent.put_nowait({"type": "http.disconnect"})


async def until_ended() -> None:
    while True:
        check_deadline()
        await asyncio.sleep(0.01)


async def test_work_of_a_call_without_body_ends_when_its_client_leaves() -> None:
    async def work(_scope: Scope, _receive: Receive, _send: Send) -> None:
        await until_ended()

    client = Connection("GET", work)
    client.sent.put_nowait(LAST)
    serving = asyncio.create_task(client.serve())
    await asyncio.sleep(0.1)
    assert not serving.done()
    client.leave()
    with pytest.raises(ClientGone):
        await asyncio.wait_for(serving, 60)


async def test_a_body_is_passed_on_as_it_comes_and_then_the_client_is_watched() -> None:
    pieces: list[bytes] = []

    async def work(_scope: Scope, receive: Receive, _send: Send) -> None:
        while True:
            message = await receive()
            pieces.append(message["body"])
            if not message["more_body"]:
                break
        await until_ended()

    client = Connection("POST", work, seconds=0.3)
    serving = asyncio.create_task(client.serve())
    client.sent.put_nowait({"type": "http.request", "body": b"one", "more_body": True})
    await asyncio.sleep(0.5)  # a slow body is not the service's time
    assert pieces == [b"one"]
    client.sent.put_nowait({"type": "http.request", "body": b"two", "more_body": False})
    with pytest.raises(RequestTimedOut):
        await asyncio.wait_for(serving, 60)
    assert pieces == [b"one", b"two"]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_application_still_hears_that_the_client_left(method: str) -> None:
    async def work(_scope: Scope, receive: Receive, _send: Send) -> None:
        assert await receive() == LAST
        both = await asyncio.gather(receive(), receive())
        assert [one["type"] for one in both] == ["http.disconnect"] * 2

    client = Connection(method, work)
    client.sent.put_nowait(LAST)
    serving = asyncio.create_task(client.serve())
    await asyncio.sleep(0.05)
    client.leave()
    await asyncio.wait_for(serving, 60)


async def test_a_client_that_has_its_answer_is_not_gone() -> None:
    async def work(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        client.leave()  # as servers say it after every answer
        await asyncio.sleep(0.05)
        check_deadline()

    client = Connection("GET", work)
    await asyncio.wait_for(client.serve(), 60)
    assert [message["type"] for message in client.got] == ["http.response.start", "http.response.body"]


async def test_a_task_that_outlives_its_request_has_no_deadline() -> None:
    outliving: list[object] = []

    async def later() -> None:
        outliving.append(current_deadline())

    async def work(_scope: Scope, _receive: Receive, _send: Send) -> None:
        assert current_deadline() is not None
        await asyncio.create_task(later(), context=outliving_request())

    await Connection("GET", work).serve()
    assert outliving == [None]
    assert current_deadline() is None


async def test_a_thread_of_a_request_ends_in_the_middle_of_its_statement(db: Database) -> None:
    def read() -> None:
        with db.read() as session:
            session.scalar(ENDLESS)

    async def work(_scope: Scope, _receive: Receive, _send: Send) -> None:
        await run_sync(read)

    client = Connection("GET", work)
    serving = asyncio.create_task(client.serve())
    await asyncio.sleep(0.3)
    assert not serving.done()
    client.leave()
    with pytest.raises(ClientGone):
        await asyncio.wait_for(serving, 60)
