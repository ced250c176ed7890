"""A limit for each minute as a bucket: it is full at first, what is used is taken out, and it refills in a minute."""

from __future__ import annotations

import math

from app.domain.usage import RateState

PERIOD_S = 60.0


class Bucket:
    """One limit of one caller. Moments are seconds of any clock that does not go back. Not thread-safe."""

    __slots__ = ("_at", "_level", "_limit")

    def __init__(self, limit: int, now: float) -> None:
        self._limit = limit
        self._level = float(limit)
        self._at = now

    def refill(self, limit: int, now: float) -> None:
        """Bring the bucket to this moment and to a `limit` that may have changed."""
        self._level = min(self._level + (now - self._at) * limit / PERIOD_S, float(limit))
        self._limit = limit
        self._at = now

    def take(self, amount: int) -> None:
        """Take out `amount`, also what is not there: tokens are counted when they are used already."""
        self._level -= amount

    def wait_s(self, amount: int) -> float:
        """Seconds until `amount` is there; 0 if it is now."""
        missing = amount - self._level
        return max(0.0, missing * PERIOD_S / self._limit)

    def is_full_at(self, now: float) -> bool:
        return self._level + (now - self._at) * self._limit / PERIOD_S >= self._limit

    def state(self) -> RateState:
        reset_s = (self._limit - self._level) * PERIOD_S / self._limit
        return RateState(self._limit, max(0, math.floor(self._level)), reset_s)
