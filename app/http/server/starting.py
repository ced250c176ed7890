"""What a process answers while it starts: it is alive, and not ready yet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from app.errors import Unavailable
from app.http.errors import error_response
from app.http.middleware.security_headers import SecurityHeaders
from app.observability import new_request_id

RETRY_S = 5
TEXT = "The service is starting."


class StartingApplication:
    """Accepts requests while the lifespan of `app` still starts; then `app` answers.

    Until then /healthz says that the process lives, and everything else is refused with 503, /readyz in its own form.
    """

    def __init__(self, app: Starlette, on_failure: Callable[[], None]) -> None:
        """`on_failure` is called if the start fails; `failure` then has the reason."""
        self.failure: Exception | None = None
        self._app = app
        self._on_failure = on_failure
        self._started = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._started:
            await self._app(scope, receive, send)
        else:
            await SecurityHeaders(_answer_early(scope))(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start at once for the server; the application's own lifespan begins beside it and ends with it."""
        await receive()
        await send(_message("lifespan.startup.complete"))
        ended = asyncio.Event()
        lifespan = asyncio.create_task(self._run(ended))
        await receive()
        ended.set()
        await lifespan
        await send(_message("lifespan.shutdown.complete"))

    async def _run(self, ended: asyncio.Event) -> None:
        try:
            async with self._app.router.lifespan_context(self._app):
                self._started = True
                await ended.wait()
        except Exception as fault:
            if self._started:
                raise
            self.failure = fault
            self._on_failure()


def _answer_early(scope: Scope) -> Response:
    response = _early(scope["path"])
    response.headers["X-Request-Id"] = new_request_id(Headers(scope=scope).get("x-request-id"))
    response.headers["Cache-Control"] = "no-store"
    return response


def _early(path: str) -> Response:
    if path == "/healthz":
        return JSONResponse({"status": "ok"})
    if path == "/readyz":
        checks = {"starting": TEXT}
        return JSONResponse({"ready": False, "age_s": 0.0, "checks": checks, "warnings": []}, status_code=503)
    return error_response(Unavailable(f"{TEXT} Try again in a few seconds.", code="starting", retry_after=RETRY_S))


def _message(kind: str) -> Message:
    return {"type": kind}
