"""Passes the outputs of a request from the thread that produces them to the event loop that asked."""

from __future__ import annotations

import asyncio
import time
from typing import Generic, TypeVar

from app.errors import DeadlineExceeded

Result = TypeVar("Result")


class RequestHandle(Generic[Result]):
    """Passes the outputs of one request from the thread that produces them to the event loop."""

    def __init__(self, timeout_s: float) -> None:
        self.timeout_s = timeout_s
        self.deadline = time.monotonic() + timeout_s
        self._loop = asyncio.get_running_loop()
        self._out: asyncio.Queue[Result | Exception] = asyncio.Queue()

    def send(self, item: Result | Exception) -> None:
        """Queue an output. Called on the producing thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._out.put_nowait, item)

    async def receive(self) -> Result:
        """Wait for the next output, in the event loop. Raises the exception that was sent, or DeadlineExceeded."""
        try:
            async with asyncio.timeout(max(0.0, self.deadline - time.monotonic())):
                item = await self._out.get()
        except TimeoutError:
            raise deadline_exceeded(self.timeout_s) from None
        if isinstance(item, DeadlineExceeded):
            raise deadline_exceeded(self.timeout_s)
        if isinstance(item, Exception):
            raise item
        return item


def deadline_exceeded(timeout_s: float) -> DeadlineExceeded:
    return DeadlineExceeded(
        f"The answer did not finish within {timeout_s:.0f} s. Ask for fewer tokens, or try again when it is quieter."
    )
