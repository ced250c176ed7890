"""Limits of requests, tokens and uploads a minute: of each tenant, each of its keys and each of its tokens."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.usage import RateLimits, RateState, Resource
from app.errors import RateLimited
from app.metering.bucket import Bucket

BUCKETS_BEFORE_CLEARING = 10_000  # full ones are then forgotten: they say nothing
VERBS = {Resource.REQUESTS: "make", Resource.TOKENS: "use", Resource.UPLOADS: "make"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a limit: a request has several owners, and all of their limits hold for it."""

    kind: str  # "tenant", "key" or "token"
    id: str
    limits: RateLimits


class RateLimiter:
    """Holds a bucket for each owner and resource, in memory: a restart fills them all. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock`: seconds, never going back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, Resource], Bucket] = {}

    def take(self, owners: Sequence[Owner], resource: Resource, amount: int = 1) -> None:
        """Take out `amount` for every owner, or nothing at all. Raises RateLimited if one of them has less."""
        with self._lock:
            self._check(owners, resource, amount)
            for _, bucket in self._limited(owners, resource):
                bucket.take(amount)

    def check(self, owners: Sequence[Owner], resource: Resource) -> None:
        """Raises RateLimited if one of the owners has nothing left."""
        with self._lock:
            self._check(owners, resource, 1)

    def charge(self, owners: Sequence[Owner], resource: Resource, amount: int) -> None:
        """Take out what is used already, whether it is there or not."""
        with self._lock:
            for _, bucket in self._limited(owners, resource):
                bucket.take(amount)

    def state(self, owners: Sequence[Owner], resource: Resource) -> RateState | None:
        """What is left to the owner with the least; None if no limit holds."""
        with self._lock:
            states = [bucket.state() for _, bucket in self._limited(owners, resource)]
        return min(states, key=lambda state: (state.remaining, state.limit), default=None)

    def _check(self, owners: Sequence[Owner], resource: Resource, amount: int) -> None:
        waits = [(bucket.wait_s(amount), owner) for owner, bucket in self._limited(owners, resource)]
        longest_s, owner = max(waits, key=lambda wait: wait[0], default=(0.0, None))
        if owner is None or longest_s <= 0:
            return
        seconds = max(1, math.ceil(longest_s))
        raise RateLimited(
            f"Your {owner.kind} may {VERBS[resource]} {owner.limits.of(resource):,} {resource} a minute; "
            f"try again in {seconds} s.",
            retry_after=seconds,
        )

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
                bucket = self._buckets[owner.id, resource] = Bucket(limit, now)
            bucket.refill(limit, now)
            yield owner, bucket

    def _clear(self, now: float) -> None:
        """Forget full buckets if there are many."""
        if len(self._buckets) < BUCKETS_BEFORE_CLEARING:
            return
        self._buckets = {name: bucket for name, bucket in self._buckets.items() if not bucket.is_full_at(now)}
