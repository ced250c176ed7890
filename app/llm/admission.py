"""Admission control: a limit of concurrent requests for the service and for each tenant, checked before any work."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import RateLimited, Unavailable


class Admission:
    """Counts active requests, waiting or running. The engine schedules them. Thread-safe."""

    def __init__(self, size: int, tenant_size: int) -> None:
        self._size = size
        self._tenant_size = tenant_size
        self._lock = threading.Lock()
        self._active: Counter[str] = Counter()
        self._closed = False

    def check_capacity(self, tenant_id: str) -> None:
        """Raises Unavailable when closing or full, RateLimited when the tenant has reached its own limit."""
        with self._lock:
            self._check_limits(tenant_id)

    def acquire(self, tenant_id: str) -> None:
        """Admit a request; raises the errors of `check_capacity`. Each call must be followed by one `release`."""
        with self._lock:
            self._check_limits(tenant_id)
            self._active[tenant_id] += 1

    def release(self, tenant_id: str) -> None:
        with self._lock:
            self._active[tenant_id] -= 1
            if not self._active[tenant_id]:
                del self._active[tenant_id]

    @contextmanager
    def place(self, tenant_id: str, *, reserved: bool = False) -> Iterator[None]:
        """Hold a place meanwhile; nothing is taken if it is `reserved` already. Raises as `check_capacity` does."""
        if reserved:
            yield
            return
        self.acquire(tenant_id)
        try:
            yield
        finally:
            self.release(tenant_id)

    def close(self) -> None:
        with self._lock:
            self._closed = True

    def active(self) -> int:
        with self._lock:
            return self._active.total()

    def _check_limits(self, tenant_id: str) -> None:
        if self._closed:
            raise Unavailable("The service is shutting down; try again shortly.", code="shutting_down", retry_after=5)
        if self._active[tenant_id] >= self._tenant_size:
            raise RateLimited(
                f"Your tenant has {self._tenant_size} requests under way, its limit; wait for one to end.",
                retry_after=2,
            )
        if self._active.total() >= self._size:
            raise Unavailable("The service is at its limit; try again shortly.", code="overloaded", retry_after=5)
