"""ASGI middleware that answers HEAD as GET, without the body."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadRequests:
    """Answers HEAD wherever GET is: monitors and browsers ask so. What would stream is ended at once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        ended = False

        async def send_head(message: Message) -> None:
            nonlocal ended
            if ended:
                raise OSError("the answer to HEAD has ended")  # as if the client had left: a stream ends by it
            if message["type"] == "http.response.body":
                ended = True
                message = {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        async def receive_end() -> Message:
            return {"type": "http.disconnect"} if ended else await receive()

        scope["method"] = "GET"
        try:
            await self._app(scope, receive_end, send_head)
        except Exception:  # of any kind once the answer is cut off: it went through other middleware
            if not ended:
                raise
        finally:
            scope["method"] = "HEAD"
