"""ASGI middleware that answers a crash within the other middleware, so that the answer has all of their headers."""

from __future__ import annotations

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.errors import crash_response

log = structlog.get_logger(__name__)


class CrashGuard:
    """Turns an exception that nothing else handles into a 500 with the envelope, and logs it.

    Starlette's own handler of crashes stands outside all middleware: browsers could not read its answer. A crash in the
    middle of an answer is raised on, for the server to cut the connection.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_watched)
        except Exception as fault:
            if started:
                raise
            log.exception("request_crashed", error=type(fault).__name__)
            await crash_response()(scope, receive, send)
