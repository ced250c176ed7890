"""Whether the service is draining: it finishes what is at work before it stops."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable

from app.http.open_streams import OpenStreams

# What asks a process to stop: Ctrl+C, an orchestrator or service manager, a terminal that closes (not on Windows).
STOP_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


class Drain:
    """A flag that is set once, when the process is asked to stop. Streams and the readiness check read it."""

    def __init__(self) -> None:
        self.streams = OpenStreams()
        self._started_at: float | None = None  # monotonic seconds
        self._hurried = False
        self._callbacks: list[Callable[[], None]] = []

    def on_start(self, callback: Callable[[], None]) -> None:
        """Call `callback`, which must not block, when draining starts."""
        self._callbacks.append(callback)

    def start(self) -> None:
        """Set the flag and wake every open stream; without effect the second time."""
        if self._started_at is not None:
            return
        self._started_at = time.monotonic()
        for callback in self._callbacks:
            callback()
        self.streams.wake()

    def hurry(self) -> None:
        """Leave no time to what is still at work."""
        self._hurried = True

    def is_set(self) -> bool:
        return self._started_at is not None

    def left_s(self, total_s: float) -> float:
        """What is left of `total_s` seconds that began when draining started; all of them before."""
        if self._hurried:
            return 0.0
        passed_s = 0.0 if self._started_at is None else time.monotonic() - self._started_at
        return max(0.0, total_s - passed_s)

    def started(self) -> asyncio.Future[None]:
        """A future of the running event loop that is done when draining has started. The caller cancels it."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def tell() -> None:
            if not future.done():
                future.set_result(None)

        if self.is_set():
            tell()
        else:
            loop = asyncio.get_running_loop()

            def tell_from_any_thread() -> None:
                loop.call_soon_threadsafe(tell)

            self._callbacks.append(tell_from_any_thread)
            future.add_done_callback(lambda _: self._forget(tell_from_any_thread))
        return future

    def _forget(self, callback: Callable[[], None]) -> None:
        if not self.is_set():
            self._callbacks.remove(callback)
