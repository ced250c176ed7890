"""Whether the service is draining: it finishes what is at work before it stops."""

from __future__ import annotations

import time
from collections.abc import Callable


class Drain:
    """A flag that is set once, when the process is asked to stop. Streams and the readiness check read it."""

    def __init__(self) -> None:
        self._started_at: float | None = None  # monotonic seconds
        self._callbacks: list[Callable[[], None]] = []

    def on_start(self, callback: Callable[[], None]) -> None:
        """Call `callback`, which must not block, when draining starts."""
        self._callbacks.append(callback)

    def start(self) -> None:
        """Set the flag; without effect the second time."""
        if self._started_at is not None:
            return
        self._started_at = time.monotonic()
        for callback in self._callbacks:
            callback()

    def is_set(self) -> bool:
        return self._started_at is not None

    def left_s(self, total_s: float) -> float:
        """What is left of `total_s` seconds that began when draining started; all of them before."""
        passed_s = 0.0 if self._started_at is None else time.monotonic() - self._started_at
        return max(0.0, total_s - passed_s)
