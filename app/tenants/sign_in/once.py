"""Values that can be had once, for a short time, in the memory of this process."""

from __future__ import annotations

import secrets
from typing import Generic, TypeVar

Value = TypeVar("Value")
RANDOM_BYTES = 32
MOST = 10_000  # older ones are dropped first


class Once(Generic[Value]):
    """Keeps values under names, each for `lifetime_s` seconds. All of its calls come from the event loop."""

    def __init__(self, lifetime_s: float, most: int = MOST) -> None:
        self._lifetime_s = lifetime_s
        self._most = most
        self._kept: dict[str, tuple[float, Value]] = {}  # the oldest first

    def put(self, value: Value, now: float) -> str:
        """Keep the value under a new random name."""
        name = secrets.token_urlsafe(RANDOM_BYTES)
        self.claim(name, value, now)
        return name

    def claim(self, name: str, value: Value, now: float) -> bool:
        """Keep the value under this name; False, and nothing is kept, if the name is taken."""
        self._drop_old(now)
        if name in self._kept:
            return False
        if len(self._kept) >= self._most:
            del self._kept[next(iter(self._kept))]
        self._kept[name] = now + self._lifetime_s, value
        return True

    def take(self, name: str, now: float) -> Value | None:
        """The value, which is then gone; None if there is none."""
        self._drop_old(now)
        _, value = self._kept.pop(name, (0.0, None))
        return value

    def _drop_old(self, now: float) -> None:
        while self._kept:
            oldest, (ends_at, _) = next(iter(self._kept.items()))
            if ends_at > now:
                return
            del self._kept[oldest]
