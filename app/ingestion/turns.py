"""Who embeds next: tenants whose documents are taken in at the same time share the embedder."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

REMEMBERED = 64  # turns
PASSED_OVER = 4  # times in a row, after which one has a turn whoever else waits


class Turns:
    """One turn at a time. Of those who wait, the one who had the fewest of the last turns is next.

    So a single document is through soon beside a tenant with a thousand, whose progress never stands still for long.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[_Waiting] = []
        self._past: deque[str] = deque(maxlen=REMEMBERED)
        self._busy = False

    @contextmanager
    def turn(self, who: str) -> Iterator[None]:
        """Wait for a turn and have it for the length of the block."""
        mine = _Waiting(who)
        with self._changed:
            self._waiting.append(mine)
            self._changed.wait_for(lambda: not self._busy and self._next() is mine)
            self._waiting.remove(mine)
            for other in self._waiting:
                other.passed_over += 1
            self._past.append(who)
            self._busy = True
        try:
            yield
        finally:
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _next(self) -> _Waiting:
        longest = max(self._waiting, key=lambda one: one.passed_over)
        if longest.passed_over >= PASSED_OVER:
            return longest
        return min(self._waiting, key=lambda one: self._past.count(one.who))


@dataclass(eq=False)
class _Waiting:
    who: str
    passed_over: int = 0
