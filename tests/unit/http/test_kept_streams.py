"""Streams that are kept: passed on as they come, finished without their client, kept only if they end well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext

import pytest
from fastapi.sse import KEEPALIVE_COMMENT

from app.http.kept_streams import KeptStreams, ended_well

DONE = b'event: done\ndata: {"answer": "At ten.", "error": null}\n\n'


async def chunks(*content: bytes, wait: asyncio.Event | None = None) -> AsyncIterator[bytes]:
    for one in content:
        yield one
        if wait is not None:
            await wait.wait()


async def test_client_gets_every_chunk_and_the_events_are_kept_without_comments() -> None:
    kept: list[bytes] = []

    async def keep(body: bytes) -> None:
        kept.append(body)

    shutdown = b"event: server_shutdown\ndata: {}\n\n"
    sent = (KEEPALIVE_COMMENT, b"event: token\ndata: {}\n\n", shutdown, DONE)
    relayed = KeptStreams().relay(chunks(*sent), nullcontext(), keep)
    assert [chunk async for chunk in relayed] == list(sent)
    assert kept == [sent[1] + DONE]


async def test_stream_goes_on_when_its_client_leaves() -> None:
    kept = asyncio.Event()

    async def keep(_body: bytes) -> None:
        kept.set()

    left = asyncio.Event()
    relayed = KeptStreams().relay(chunks(b"event: token\ndata: {}\n\n", DONE, wait=left), nullcontext(), keep)
    assert await anext(relayed)
    await relayed.aclose()
    left.set()
    await asyncio.wait_for(kept.wait(), 5)


async def test_fault_reaches_the_client_and_nothing_is_kept() -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield DONE
        raise RuntimeError("a disk on fire")

    async def keep(_body: bytes) -> None:
        raise AssertionError("kept")

    relayed = KeptStreams().relay(broken(), nullcontext(), keep)
    assert await anext(relayed) == DONE
    with pytest.raises(RuntimeError, match="fire"):
        await anext(relayed)


async def test_closing_ends_the_streams_at_work() -> None:
    async def keep(_body: bytes) -> None:
        raise AssertionError("kept")

    streams = KeptStreams()
    relayed = streams.relay(chunks(b"1", DONE, wait=asyncio.Event()), nullcontext(), keep)
    assert await anext(relayed) == b"1"
    await asyncio.wait_for(streams.close(), 5)


@pytest.mark.parametrize(
    ("last", "well"),
    [
        (DONE, True),
        (b"data: [DONE]\n\n", True),
        (b'event: error\ndata: {"error": {"code": "x"}}\n\n', False),
        (b'data: {"error": {"code": "x"}}\n\n', False),
        (b"event: response.failed\ndata: {}\n\n", False),
        (b'id: 7\nevent: done\ndata: {"answer": "an error: none"}\n\n', True),
    ],
)
def test_stream_that_ends_with_a_fault_did_not_end_well(last: bytes, well: bool) -> None:
    assert ended_well(last) is well
