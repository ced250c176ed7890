"""Rate limits that hold across processes: the database has the buckets, and each process takes slices of them.

A slice is what a limit gives in a second, so that a tenant with 30,000 requests a minute costs one statement for 500 of
them. At most that much of a bucket lies unused in each process; a limit of one a second or less is counted one by one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.usage import DAY_S, RateState, Resource
from app.metering.rate_limiter import Owner, refused
from app.storage.database import Database
from app.storage.postgres.rate_buckets import SliceRequest, forget_idle, lease

TRIES = 3  # to take from slices that other requests of this process empty meanwhile
SLICES_BEFORE_CLEARING = 10_000
REFUSAL_S = 1.0  # for which a refusal is repeated without a statement
SLICE_IDLE_S = 60.0  # after which a slice is forgotten, if there are many
IDLE_S = DAY_S + 3600.0  # after which a bucket is forgotten: it is full by then
Name = tuple[str, Resource]


@dataclass(slots=True)
class _Slice:
    """What this process may still use of a bucket, and what it heard of the rest."""

    limit: int
    period_s: float
    level: float  # of the bucket at `asked_at`
    asked_at: float  # monotonic seconds
    used_at: float
    left: float = 0.0  # negative: charged beyond it
    refused_until: float = 0.0

    def use(self, limit: int, now: float) -> None:
        """Go by a `limit` that may have changed. Of a lower one, no more than its own slice stays."""
        if limit < self.limit:
            self.left = min(self.left, limit / self.period_s)
        self.limit, self.used_at = limit, now

    def available(self, now: float) -> float:
        """The slice, and the bucket as it is now if no other process took from it."""
        refilled = (now - self.asked_at) * self.limit / self.period_s
        return min(float(self.limit), self.left + min(float(self.limit), self.level + refilled))

    def wait_s(self, amount: float, now: float) -> float:
        """Seconds until `amount` is there."""
        return max(0.0, (amount - self.available(now)) * self.period_s / self.limit)

    def state(self, now: float) -> RateState:
        return RateState(self.limit, max(0, int(self.available(now))), self.wait_s(self.limit, now))


class SharedRateLimiter:
    """A RateLimiter of a process among others, over PostgreSQL."""

    may_wait = True

    def __init__(self, db: Database, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock`: seconds of this process, never going back; the buckets go by the database's clock."""
        self._db = db
        self._clock = clock
        self._lock = threading.Lock()
        self._slices: dict[Name, _Slice] = {}
        self._forgot_at = clock()

    def take(self, owners: Sequence[Owner], resource: Resource, amount: int = 1) -> None:
        for _ in range(TRIES):
            self._fill(owners, resource, amount)
            if self._take(owners, resource, amount):
                return
        self.charge(owners, resource, amount)  # it was there each time

    def check(self, owners: Sequence[Owner], resource: Resource) -> None:
        self._fill(owners, resource, 1)

    def charge(self, owners: Sequence[Owner], resource: Resource, amount: int) -> None:
        with self._lock:
            for each in self._of(owners, resource):
                each.left -= amount

    def state(self, owners: Sequence[Owner], resource: Resource) -> RateState | None:
        now = self._clock()
        with self._lock:
            states = [each.state(now) for each in self._of(owners, resource)]
        return min(states, key=lambda state: (state.remaining, state.limit), default=None)

    def settle(self) -> None:
        with self._lock:
            debts = {name: 0 for name, each in self._slices.items() if each.left < 0}
        if debts:
            self._lease(debts)
        if self._clock() - self._forgot_at > IDLE_S:
            self._forgot_at = self._clock()
            with self._db.write() as session:
                forget_idle(session, IDLE_S)

    def _fill(self, owners: Sequence[Owner], resource: Resource, amount: int) -> None:
        """Have `amount` in the slice of each owner. Raises RateLimited."""
        limited = [owner for owner in owners if owner.limits.of(resource) is not None]
        with self._lock:
            slices = self._of(limited, resource)
            short = [owner for owner, each in zip(limited, slices, strict=True) if each.left < amount]
            self._raise_refused(short, resource, amount)
        if short:
            self._lease({(owner.id, resource): amount for owner in short})
            with self._lock:
                self._raise_refused(short, resource, amount)

    def _take(self, owners: Sequence[Owner], resource: Resource, amount: int) -> bool:
        """Take from all slices, or from none if one of them has less."""
        with self._lock:
            slices = self._of(owners, resource)
            if any(each.left < amount for each in slices):
                return False
            for each in slices:
                each.left -= amount
        return True

    def _raise_refused(self, owners: Sequence[Owner], resource: Resource, amount: int) -> None:
        now = self._clock()
        for owner, each in zip(owners, self._of(owners, resource), strict=True):
            if each.refused_until > now:
                raise refused(owner, resource, each.wait_s(amount, now))

    def _lease(self, amounts: Mapping[Name, int]) -> None:
        """Have so much in these slices, if the buckets have it, and pay what they owe."""
        names = sorted(amounts)
        with self._lock:
            requests = [self._request(name, amounts[name]) for name in names]
            for name, request in zip(names, requests, strict=True):
                self._slices[name].left += request.debt  # nobody else pays it
        try:
            with self._db.write() as session:
                granted = lease(session, requests)
        except BaseException:
            with self._lock:
                for name, request in zip(names, requests, strict=True):
                    self._slices[name].left -= request.debt
            raise
        now = self._clock()
        with self._lock:
            for name, request, got in zip(names, requests, granted, strict=True):
                each = self._slices[name]
                each.left, each.level, each.asked_at = each.left + got.granted, got.level, now
                wait_s = each.wait_s(amounts[name], now) if got.granted < request.least else 0.0
                each.refused_until = now + min(REFUSAL_S, wait_s)

    def _request(self, name: Name, amount: int) -> SliceRequest:
        each = self._slices[name]
        debt = max(0.0, -each.left)
        least = max(0.0, amount - max(0.0, each.left))
        wanted = max(least, each.limit / each.period_s) if amount else 0.0
        return SliceRequest(*name, each.limit, each.period_s, debt, least, wanted)

    def _of(self, owners: Sequence[Owner], resource: Resource) -> list[_Slice]:
        """The slices of the owners that have a limit."""
        now, found = self._clock(), []
        for owner in owners:
            limit = owner.limits.of(resource)
            if limit is None:
                continue
            each = self._slices.get((owner.id, resource))
            if each is None:
                self._clear(now)
                each = self._slices[owner.id, resource] = _Slice(limit, resource.period_s, float(limit), now, now)
            each.use(limit, now)
            found.append(each)
        return found

    def _clear(self, now: float) -> None:
        """Forget slices that were not used for a while if there are many."""
        if len(self._slices) < SLICES_BEFORE_CLEARING:
            return
        used = {name: each for name, each in self._slices.items() if each.left < 0 or now - each.used_at < SLICE_IDLE_S}
        self._slices = used
