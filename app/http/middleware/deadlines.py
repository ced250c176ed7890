"""ASGI middleware that gives each request its deadline, and tells the deadline when the client is gone."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.deadline import Deadline, limited_by
from app.errors import AppError

WITHOUT_BODY = frozenset({"GET", "HEAD"})
GONE: Message = {"type": "http.disconnect"}


class Deadlines:
    """Ends the reads and the long loops of a request when its time is over or its client is gone.

    The time runs from the end of the request's body to the beginning of the answer.
    """

    def __init__(self, app: ASGIApp, *, seconds: float, read_seconds: float) -> None:
        """`seconds`: of a request. `read_seconds`: of any one read of the database."""
        self._app = app
        self._seconds = seconds
        self._read_seconds = read_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        deadline = Deadline(self._seconds, self._read_seconds)
        client = Client(receive, deadline)
        if scope["method"] in WITHOUT_BODY:
            client.watch({"type": "http.request", "body": b"", "more_body": False})

        async def send_watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                deadline.answer_begun()
            elif not message.get("more_body"):
                client.answered = True
            await send(message)

        try:
            with limited_by(deadline):
                await self._app(scope, client.receive, send_watched)
        finally:
            client.forget()


class Client:
    """Passes on the messages of a client; from the end of the body on it waits for the client to leave."""

    def __init__(self, receive: Receive, deadline: Deadline) -> None:
        self.answered = False  # servers say "disconnect" then, too
        self._receive = receive
        self._deadline = deadline
        self._kept: Message | None = None  # for the first call of `receive`
        self._leaving: asyncio.Future[Message] | None = None

    def watch(self, kept: Message | None = None) -> None:
        """The request is here as a whole. `kept`: what the application gets if it asks for the body."""
        self._kept = kept
        self._deadline.begin()
        self._leaving = asyncio.ensure_future(self._left())

    async def receive(self) -> Message:
        if self._kept is not None:
            message, self._kept = self._kept, None
            return message
        if self._leaving is not None:
            return await asyncio.shield(self._leaving)
        message = await self._receive()
        if message["type"] == GONE["type"]:
            self._deadline.client_gone()
        elif not message.get("more_body"):
            self.watch()
        return message

    def forget(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()

    async def _left(self) -> Message:
        with suppress(AppError):  # a body of a request that has none is not read
            while (await self._receive())["type"] != GONE["type"]:
                pass
        if not self.answered:
            self._deadline.client_gone()
        return GONE
