"""Who is let in: a bounded number of requests, for the service and for each tenant, before any work is done."""

from __future__ import annotations

import threading
from collections import Counter

from app.errors import RateLimited, Unavailable


class Admission:
    """Counts the requests inside, waiting or running. Whose turn it is, is the engine's matter. Thread-safe."""

    def __init__(self, size: int, tenant_size: int) -> None:
        self._size = size
        self._tenant_size = tenant_size
        self._lock = threading.Lock()
        self._inside: Counter[str] = Counter()
        self._closed = False

    def check_room(self, tenant_id: str) -> None:
        """Raises Unavailable when closing or full, RateLimited when the tenant's own share is used up."""
        with self._lock:
            self._check(tenant_id)

    def enter(self, tenant_id: str) -> None:
        """Let a request in; raises as `check_room` does. Every one that entered must `leave`."""
        with self._lock:
            self._check(tenant_id)
            self._inside[tenant_id] += 1

    def leave(self, tenant_id: str) -> None:
        with self._lock:
            self._inside[tenant_id] -= 1
            if not self._inside[tenant_id]:
                del self._inside[tenant_id]

    def close(self) -> None:
        with self._lock:
            self._closed = True

    def inside(self) -> int:
        with self._lock:
            return self._inside.total()

    def _check(self, tenant_id: str) -> None:
        if self._closed:
            raise Unavailable("The service is shutting down; try again shortly.", code="shutting_down", retry_after=5)
        if self._inside[tenant_id] >= self._tenant_size:
            raise RateLimited(
                f"Your tenant has {self._tenant_size} requests under way, its limit; wait for one to end.",
                retry_after=2,
            )
        if self._inside.total() >= self._size:
            raise Unavailable("The service is at its limit; try again shortly.", code="overloaded", retry_after=5)
