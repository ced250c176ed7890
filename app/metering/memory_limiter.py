"""Rate limits in the memory of the one process that serves: a restart fills every bucket."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence

from app.domain.usage import RateState, Resource
from app.metering.bucket import Bucket
from app.metering.rate_limiter import Owner, refused

BUCKETS_BEFORE_CLEARING = 10_000  # full ones are then forgotten: they say nothing


class MemoryRateLimiter:
    """A RateLimiter whose buckets are objects of this process."""

    may_wait = False

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock`: seconds, never going back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, Resource], Bucket] = {}

    def take(self, owners: Sequence[Owner], resource: Resource, amount: int = 1) -> None:
        with self._lock:
            self._check(owners, resource, amount)
            for _, bucket in self._limited(owners, resource):
                bucket.take(amount)

    def check(self, owners: Sequence[Owner], resource: Resource) -> None:
        with self._lock:
            self._check(owners, resource, 1)

    def charge(self, owners: Sequence[Owner], resource: Resource, amount: int) -> None:
        with self._lock:
            for _, bucket in self._limited(owners, resource):
                bucket.take(amount)

    def state(self, owners: Sequence[Owner], resource: Resource) -> RateState | None:
        with self._lock:
            states = [bucket.state() for _, bucket in self._limited(owners, resource)]
        return min(states, key=lambda state: (state.remaining, state.limit), default=None)

    def settle(self) -> None:
        """There is no other process to tell."""

    def _check(self, owners: Sequence[Owner], resource: Resource, amount: int) -> None:
        waits = [(bucket.wait_s(amount), owner) for owner, bucket in self._limited(owners, resource)]
        longest_s, owner = max(waits, key=lambda wait: wait[0], default=(0.0, None))
        if owner is not None and longest_s > 0:
            raise refused(owner, resource, longest_s)

    def _limited(self, owners: Sequence[Owner], resource: Resource) -> Iterator[tuple[Owner, Bucket]]:
        """The owners that have a limit, with their buckets as they are now."""
        now = self._clock()
        for owner in owners:
            limit = owner.limits.of(resource)
            if limit is None:
                continue
            bucket = self._buckets.get((owner.id, resource))
            if bucket is None:
                self._clear(now)
                bucket = self._buckets[owner.id, resource] = Bucket(limit, resource.period_s, now)
            bucket.refill(limit, now)
            yield owner, bucket

    def _clear(self, now: float) -> None:
        """Forget full buckets if there are many."""
        if len(self._buckets) < BUCKETS_BEFORE_CLEARING:
            return
        self._buckets = {name: bucket for name, bucket in self._buckets.items() if not bucket.is_full_at(now)}
