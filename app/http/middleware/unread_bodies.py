"""ASGI middleware by which a refused request does not cost its connection.

A server that closes a connection with unread bytes resets it, and the client may lose the answer that it was sent.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.middleware.body_limit import declared_bytes, has_body

LINGER_S = 2.0  # for a client to read an answer and close, as it was told to
LINGER_BYTES = 64 * 1024  # that are read of it meanwhile


class UnreadBodies:
    """Throws away what an answer left unread of its request.

    Up to `most_bytes` are waited for, and the connection goes on; of a body of unknown length, LINGER_BYTES. Of more,
    or of one that a client holds back until it is told to go on, the answer says `Connection: close`, and the client
    has LINGER_S to do so.
    """

    def __init__(self, app: ASGIApp, *, most_bytes: int, timeout_s: float) -> None:
        """`timeout_s`: for the rest of a body to come; after it the server closes."""
        self._app = app
        self._most_bytes = most_bytes
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not has_body(scope):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        seen, ended, closing = 0, False, False

        async def receive_seen() -> Message:
            nonlocal seen, ended
            message = await receive()
            seen += len(message.get("body", b""))
            ended = not message.get("more_body", False)
            return message

        async def receive_rest() -> None:
            most = seen + (self._most_bytes if declared_bytes(headers) and not closing else LINGER_BYTES)
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER_S if closing else self._timeout_s):
                    while not ended and seen <= most:
                        await receive_seen()

        async def send_and_end(message: Message) -> None:
            nonlocal closing
            if message["type"] == "http.response.start" and not ended:
                answer = MutableHeaders(scope=message)
                closing = answer.get("connection") == "close" or self._must_close(headers, seen)
                if closing:
                    answer["Connection"] = "close"
            if message["type"] == "http.response.body" and not message.get("more_body", False) and not ended:
                await send({**message, "more_body": True})  # the client has its answer while the rest comes in
                await receive_rest()
                message = {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        await self._app(scope, receive_seen, send_and_end)

    def _must_close(self, headers: Headers, seen: int) -> bool:
        declared = declared_bytes(headers)
        if not declared:  # in chunks, of which nobody knows how many come
            return seen > LINGER_BYTES
        held_back = headers.get("expect", "").lower() == "100-continue" and not seen
        return held_back or declared - seen > self._most_bytes
