"""Server-sent events of a document or batch: `progress` whenever it changed, then `done`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Protocol

from anyio.to_thread import run_sync
from fastapi.responses import StreamingResponse

from app.http.drain import Drain
from app.http.schemas import ResponseBody
from app.http.sse import sse_event, sse_response

POLL_INTERVAL_S = 0.25


class Finishable(Protocol):
    """A record that changes until it is finished."""

    @property
    def finished(self) -> bool: ...


async def follow(get: Callable[[], Finishable], body: type[ResponseBody], drain: Drain) -> StreamingResponse:
    """A stream of the record that `get` returns, as `body`, until it is finished. Raises NotFound before it starts."""
    await run_sync(get)
    return sse_response(_progress_events(get, body), drain, follows=True)


async def _progress_events(get: Callable[[], Finishable], body: type[ResponseBody]) -> AsyncGenerator[str, None]:
    last = None
    while True:
        record = await run_sync(get)
        data = body.model_validate(record).model_dump(mode="json")
        if record.finished:
            yield sse_event("done", data)
            return
        if record != last:
            yield sse_event("progress", data)
        last = record
        await asyncio.sleep(POLL_INTERVAL_S)
