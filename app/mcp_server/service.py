"""Answers requests of the Model Context Protocol; the SDK is imported when the first one comes."""

from __future__ import annotations

from anyio.to_thread import run_sync
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.mcp_server.tools import DocumentTools


class McpService:
    """The protocol over the tools of the documents, without sessions: each request stands alone."""

    def __init__(self, tools: DocumentTools, *, max_body_bytes: int) -> None:
        self._tools = tools
        self._max_body_bytes = max_body_bytes
        self._app: ASGIApp | None = None

    async def respond(self, body: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whose `body` is read already; `receive` tells whether the client goes away."""
        app = await run_sync(self._load) if self._app is None else self._app
        unread = [body]

        async def receive_again() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            return await receive()

        await app(scope, receive_again, send)

    def _load(self) -> ASGIApp:
        from app.mcp_server.protocol import mcp_app

        self._app = mcp_app(self._tools.all(), max_body_bytes=self._max_body_bytes)
        return self._app
