"""Server-sent events: named events, heartbeats as comments, an end when the service drains."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

from fastapi.responses import StreamingResponse

from app.errors import AppError
from app.http.errors import error_body

HEARTBEAT_S = 10.0
# The schema is that of one event, as OpenAPI 3.2 and the tools that know server-sent events read it.
SSE_EVENT = {
    "type": "object",
    "description": "One server-sent event.",
    "properties": {
        "event": {"type": "string", "description": "The event's name."},
        "data": {"type": "string", "description": "A JSON object."},
    },
    "required": ["data"],
}
SSE_RESPONSE: dict[str, Any] = {"content": {"text/event-stream": {"schema": SSE_EVENT}}}


def sse_event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def sse_response(events: AsyncGenerator[str, None], draining: asyncio.Event) -> StreamingResponse:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_lively(events, draining), media_type="text/event-stream", headers=headers)


async def _lively(events: AsyncGenerator[str, None], draining: asyncio.Event) -> AsyncIterator[str]:
    """`events` with heartbeats in pauses; AppErrors become `error` events; says so when the service drains."""
    told = False
    async with aclosing(events):
        coming = asyncio.ensure_future(anext(events, None))
        try:
            while True:
                done, _ = await asyncio.wait({coming}, timeout=HEARTBEAT_S)
                if draining.is_set() and not told:
                    told = True
                    yield sse_event("server_shutdown", {"message": "The service is shutting down after this answer."})
                if not done:
                    yield ": heartbeat\n\n"
                    continue
                event = coming.result()
                if event is None:
                    return
                yield event
                coming = asyncio.ensure_future(anext(events, None))
        except AppError as fault:
            yield sse_event("error", error_body(fault))
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
