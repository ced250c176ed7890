"""Bytes of a public answer that all callers share, so that many who ask cost no more than one."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

from anyio import CapacityLimiter
from anyio.to_thread import run_sync


class SharedBytes:
    """Made for the first who asks, in a thread apart from those of requests, and again when older than `max_age_s`."""

    def __init__(self, make: Callable[[], bytes], max_age_s: float = math.inf) -> None:
        self._make = make
        self._max_age_s = max_age_s
        self._lock = asyncio.Lock()
        self._thread = CapacityLimiter(1)
        self._made = b""
        self._made_at = -math.inf  # seconds of the event loop

    async def get(self) -> bytes:
        """Raises what `make` raises; the next who asks tries again."""
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if now - self._made_at > self._max_age_s or self._made_at == -math.inf:
                self._made = await run_sync(self._make, limiter=self._thread)
                self._made_at = now
            return self._made
