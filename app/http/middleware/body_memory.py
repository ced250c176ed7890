"""How much memory the bodies of requests take that have come and are not answered yet."""

from __future__ import annotations

from collections import Counter

from app.errors import RateLimited, Unavailable

RETRY_S = 1
OF_TENANT = 8  # of the largest bodies
OF_ALL = 64


class BodyMemory:
    """Counts bytes of bodies, of each tenant and in all. Used by the event loop's thread alone."""

    def __init__(self, largest_bytes: int) -> None:
        """`largest_bytes`: what one body may have."""
        self._most_of_tenant = OF_TENANT * largest_bytes
        self._most = OF_ALL * largest_bytes
        self._held: Counter[str] = Counter()  # bytes by tenant

    @property
    def held_bytes(self) -> int:
        return self._held.total()

    def take(self, tenant_id: str, count: int) -> None:
        """Count bytes that have come. Raises RateLimited and Unavailable, and counts nothing."""
        if self._held[tenant_id] + count > self._most_of_tenant:
            message = "Your tenant is sending too many large bodies at once; wait for answers, and try again."
            raise RateLimited(message, code="too_many_bodies", retry_after=RETRY_S)
        if self.held_bytes + count > self._most:
            raise Unavailable("The service holds too many large bodies; try again.", retry_after=RETRY_S)
        self._held[tenant_id] += count

    def give_back(self, tenant_id: str, count: int) -> None:
        self._held[tenant_id] -= count
        if self._held[tenant_id] <= 0:
            del self._held[tenant_id]
