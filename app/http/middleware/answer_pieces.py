"""ASGI middleware that sends a large answer in pieces, each when the client has taken those before it."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PIECE_BYTES = 64 * 1024  # as much as a connection keeps before it waits for its client


class AnswerPieces:
    """Keeps a connection whose client does not read from holding a copy of its whole answer.

    Stands around all else. An answer that many clients get, such as the OpenAPI document, is in memory once.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_pieces(message: Message) -> None:
            body = message.get("body", b"")
            if len(body) <= PIECE_BYTES:
                await send(message)
                return
            for start in range(0, len(body), PIECE_BYTES):
                end = start + PIECE_BYTES
                more = end < len(body) or message.get("more_body", False)
                await send({"type": message["type"], "body": body[start:end], "more_body": more})

        await self._app(scope, receive, send_pieces)
