"""A thread with an event loop that owns all connections to other servers.

Requests come from the event loop of the service and from those of background jobs; a connection belongs to one loop.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")


class ConnectionThread:
    """Runs coroutines on an event loop of its own. State that only these coroutines touch needs no locks."""

    def __init__(self, name: str, disconnect: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """`disconnect` closes the connections. It is the last that runs."""
        self._loop = asyncio.new_event_loop()
        self._disconnect = disconnect
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def start(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        """Run `work` on the thread. Cancelling the future cancels it. Any thread may call it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def run(self, work: Coroutine[Any, Any, Result], timeout_s: float) -> Result:
        """Run `work` and wait for its result. Raises what it raises, or TimeoutError. Not for the event loop."""
        future = self.start(work)
        try:
            return future.result(timeout_s)
        except TimeoutError:
            future.cancel()
            raise

    def close(self, timeout_s: float = 5.0) -> None:
        """Cancel what still runs, close the connections, and end the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout_s)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            running = asyncio.all_tasks(self._loop)
            for task in running:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*running, return_exceptions=True))
            self._loop.run_until_complete(self._disconnect())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._loop.close()
