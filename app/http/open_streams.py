"""The event streams that are open in this process: woken when it drains, ended when their tenant is suspended."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from app.errors import AppError


class OpenStream:
    """One stream, as its response sees it. Belongs to the event loop in which it is made."""

    def __init__(self, tenant_id: str) -> None:
        self.tenant_id = tenant_id
        self.fault: AppError | None = None  # why it ends before its end
        self._loop = asyncio.get_running_loop()
        self._noticed = asyncio.Event()

    async def notice(self) -> None:
        """Return when there is news: the service drains, or `fault` is set. Each news is told once."""
        await self._noticed.wait()
        self._noticed.clear()

    def wake(self) -> None:
        """Tell it that there is news, from any thread."""
        self._loop.call_soon_threadsafe(self._noticed.set)


class OpenStreams:
    """All of one process. Thread-safe."""

    def __init__(self) -> None:
        self._open: set[OpenStream] = set()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._open)

    @contextmanager
    def opened(self, tenant_id: str) -> Iterator[OpenStream]:
        """Register a stream of the tenant while the block runs."""
        stream = OpenStream(tenant_id)
        with self._lock:
            self._open.add(stream)
        try:
            yield stream
        finally:
            with self._lock:
                self._open.discard(stream)

    def tenants(self) -> set[str]:
        """The tenants that have open streams."""
        return {stream.tenant_id for stream in self._all()}

    def wake(self) -> None:
        """Tell all that there is news."""
        for stream in self._all():
            stream.wake()

    def end(self, tenant_ids: Collection[str], fault: AppError) -> int:
        """Let the streams of these tenants end with an error event. Returns how many there are."""
        ending = [stream for stream in self._all() if stream.tenant_id in tenant_ids]
        for stream in ending:
            stream.fault = fault
            stream.wake()
        return len(ending)

    def _all(self) -> list[OpenStream]:
        with self._lock:
            return list(self._open)
