"""ASGI middleware that ends uploads which do not arrive while the service stops."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Unavailable
from app.http.drain import Drain
from app.http.services import registered_services

ARRIVAL_S = 5.0  # of a body, from the moment that the service is asked to stop
RETRY_S = 5


class SlowBodies:
    """Refuses a body that has not arrived some seconds after the service was asked to stop, with 503.

    Until then it arrives as ever: what is nearly there is kept.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        drain = registered_services(scope["app"]).get(Drain)
        draining, arrived = drain.started(), False

        async def receive_in_time() -> Message:
            nonlocal arrived
            if arrived:
                return await receive()
            message = await _received(receive, draining)
            arrived = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        try:
            await self._app(scope, receive_in_time, send)
        finally:
            draining.cancel()


async def _received(receive: Receive, draining: asyncio.Future[None]) -> Message:
    """The next message. Raises Unavailable if it does not come in time once the service drains."""
    pending: asyncio.Future[Message] = asyncio.ensure_future(receive())
    try:
        await asyncio.wait((pending, draining), return_when=asyncio.FIRST_COMPLETED)
        if not pending.done():
            await asyncio.wait({pending}, timeout=ARRIVAL_S)
        if not pending.done():
            message = "The service is shutting down and the body has not arrived; send it again."
            raise Unavailable(message, code="shutting_down", retry_after=RETRY_S)
        return pending.result()
    finally:
        pending.cancel()
