"""Streams of events that are passed on and kept: they go on when their client leaves, so that it can ask again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from typing import Any

import structlog
from fastapi.sse import KEEPALIVE_COMMENT

from app.deadline import outliving_request

log = structlog.get_logger(__name__)
MOST_SECONDS = 300.0  # of a stream, with or without its client
NOT_KEPT = (KEEPALIVE_COMMENT, b"event: server_shutdown\n")
FAULTS = frozenset({"error", "response.failed"})  # events with which a stream ends that did not succeed


class KeptStreams:
    """The streams at work whose text is kept."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def relay(
        self,
        chunks: AsyncIterable[Any],
        during: AbstractAsyncContextManager[Any],
        keep: Callable[[bytes], Awaitable[None]],
    ) -> AsyncGenerator[bytes, None]:
        """`chunks` as they come. At a good end `keep` gets all of them, without comments; `during` spans the work."""
        passed: asyncio.Queue[bytes | None] = asyncio.Queue()
        task = asyncio.create_task(_run(chunks, passed, during, keep), context=outliving_request())
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return _read(passed, task)

    async def close(self) -> None:
        """Cancel the streams at work and wait for them."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            log.warning("kept_stream_failed", error=type(fault).__name__, message=str(fault))


async def _run(
    chunks: AsyncIterable[Any],
    passed: asyncio.Queue[bytes | None],
    during: AbstractAsyncContextManager[Any],
    keep: Callable[[bytes], Awaitable[None]],
) -> None:
    """Puts each chunk into `passed`, then None, however the stream ends."""
    kept: list[bytes] = []
    try:
        async with during, _closing(chunks), asyncio.timeout(MOST_SECONDS):
            async for chunk in chunks:
                content = chunk.encode() if isinstance(chunk, str) else bytes(chunk)
                passed.put_nowait(content)
                if not content.startswith(NOT_KEPT):
                    kept.append(content)
            if kept and ended_well(kept[-1]):
                await keep(b"".join(kept))
    finally:
        passed.put_nowait(None)


def _closing(chunks: AsyncIterable[Any]) -> AbstractAsyncContextManager[Any]:
    return aclosing(chunks) if isinstance(chunks, AsyncGenerator) else nullcontext()


async def _read(passed: asyncio.Queue[bytes | None], task: asyncio.Task[None]) -> AsyncGenerator[bytes, None]:
    """The chunks, then what `task` raised, if it did."""
    while (content := await passed.get()) is not None:
        yield content
    await task


def ended_well(last: bytes) -> bool:
    """Whether the last event of a stream is no fault: neither by its name nor by an `error` in its data."""
    fields = dict(line.split(": ", 1) for line in last.decode().splitlines() if ": " in line)
    if fields.get("event") in FAULTS:
        return False
    try:
        data = json.loads(fields.get("data", ""))
    except ValueError:
        return True  # such as `[DONE]`
    return not (isinstance(data, dict) and data.get("error"))
