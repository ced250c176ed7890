"""Who is let in, and whose turn it is: bounded queues, fair between tenants."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Hashable
from typing import Generic, TypeVar

from app.errors import RateLimited, Unavailable

Item = TypeVar("Item", bound=Hashable)


class FairQueue(Generic[Item]):
    """Waiting and running requests of all tenants. The least-served tenant's oldest request is next.

    Served is counted in tokens; a tenant that comes anew starts at the least-served one's count, so that
    absence earns no credit (virtual token counter, arXiv 2401.00588). Thread-safe.
    """

    def __init__(self, size: int, tenant_size: int) -> None:
        self._size = size
        self._tenant_size = tenant_size
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[Item]] = {}
        self._inside: dict[str, int] = {}  # waiting and running
        self._served: dict[str, float] = {}
        self._closed = False

    def check_room(self, tenant_id: str) -> None:
        """Raises Unavailable when closing or full, RateLimited when the tenant's own share is used up."""
        with self._changed:
            self._check(tenant_id)

    def put(self, tenant_id: str, item: Item) -> None:
        """Let a request in; raises as `check_room` does."""
        with self._changed:
            self._check(tenant_id)
            if not self._inside.get(tenant_id):
                least = min((self._served[other] for other in self._inside if self._inside[other]), default=0.0)
                self._served[tenant_id] = max(self._served.get(tenant_id, 0.0), least)
            self._inside[tenant_id] = self._inside.get(tenant_id, 0) + 1
            self._waiting.setdefault(tenant_id, deque()).append(item)
            self._changed.notify()

    def take(self) -> tuple[str, Item] | None:
        """Wait for the next request; None once the queue is closed and empty."""
        with self._changed:
            while not any(self._waiting.values()):
                if self._closed:
                    return None
                self._changed.wait()
            tenants = (tenant for tenant, items in self._waiting.items() if items)
            tenant_id = min(tenants, key=lambda tenant: (self._served[tenant], self._inside[tenant]))
            return tenant_id, self._waiting[tenant_id].popleft()

    def withdraw(self, tenant_id: str, item: Item) -> bool:
        """Take a waiting request out again. False if it is running or done already."""
        with self._changed:
            try:
                self._waiting.get(tenant_id, deque()).remove(item)
            except ValueError:
                return False
            self._leave(tenant_id)
            return True

    def done(self, tenant_id: str, tokens: float) -> None:
        """A request that was taken has ended; `tokens` is what it cost."""
        with self._changed:
            self._served[tenant_id] = self._served.get(tenant_id, 0.0) + tokens
            self._leave(tenant_id)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def depth(self) -> tuple[int, int]:
        """(waiting, waiting and running)."""
        with self._changed:
            return sum(len(items) for items in self._waiting.values()), sum(self._inside.values())

    def _check(self, tenant_id: str) -> None:
        if self._closed:
            raise Unavailable("The service is shutting down; try again shortly.", code="shutting_down", retry_after=5)
        if self._inside.get(tenant_id, 0) >= self._tenant_size:
            raise RateLimited(
                f"Your tenant has {self._tenant_size} requests under way, its limit; wait for one to end.",
                retry_after=2,
            )
        if sum(self._inside.values()) >= self._size:
            raise Unavailable("The service is at its limit; try again shortly.", code="overloaded", retry_after=5)

    def _leave(self, tenant_id: str) -> None:
        self._inside[tenant_id] -= 1
        if not self._inside[tenant_id]:
            del self._inside[tenant_id]
            if not self._inside:
                self._served.clear()
