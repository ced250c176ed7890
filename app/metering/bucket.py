"""A limit of a minute or a day as a bucket: full at first, what is used is taken out, and it refills in that time."""

from __future__ import annotations

import math

from app.domain.usage import RateState


class Bucket:
    """One limit of one caller. Moments are seconds of any clock that does not go back. Not thread-safe."""

    __slots__ = ("_at", "_level", "_limit", "_period_s")

    def __init__(self, limit: int, period_s: float, now: float) -> None:
        """`limit`: for `period_s` seconds, in which it refills."""
        self._limit = limit
        self._period_s = period_s
        self._level = float(limit)
        self._at = now

    def refill(self, limit: int, now: float) -> None:
        """Bring the bucket to this moment and to a `limit` that may have changed."""
        self._level = min(self._level + (now - self._at) * limit / self._period_s, float(limit))
        self._limit = limit
        self._at = now

    def take(self, amount: int) -> None:
        """Take out `amount`, also what is not there: tokens are counted when they are used already."""
        self._level -= amount

    def wait_s(self, amount: int) -> float:
        """Seconds until `amount` is there; 0 if it is now."""
        missing = amount - self._level
        return max(0.0, missing * self._period_s / self._limit)

    def is_full_at(self, now: float) -> bool:
        return self._level + (now - self._at) * self._limit / self._period_s >= self._limit

    def state(self) -> RateState:
        reset_s = (self._limit - self._level) * self._period_s / self._limit
        return RateState(self._limit, max(0, math.floor(self._level)), reset_s)
