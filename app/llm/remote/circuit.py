"""A circuit breaker: keeps requests from a server that failed several times in a row."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

FAULTS = 3  # in a row, after which the circuit opens
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0  # the pause doubles with every trial that fails

CircuitState = Literal["closed", "open", "half-open"]


class Circuit:
    """Closed: requests pass. Open: none does, for a pause. Half-open: one request tries, and its end decides.

    M. Nygard, Release It! (2007), "Circuit Breaker". For one thread.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._faults = 0
        self._pause_s = FIRST_PAUSE_S
        self._opened_at: float | None = None
        self._trying = False

    @property
    def state(self) -> CircuitState:
        if self._opened_at is None:
            return "closed"
        return "open" if self._clock() - self._opened_at < self._pause_s else "half-open"

    def allows(self) -> bool:
        """Whether a request may be sent now."""
        return self.state == "closed" or (self.state == "half-open" and not self._trying)

    @contextmanager
    def request(self) -> Iterator[None]:
        """A request is under way meanwhile: while half-open, no second one is sent until it has ended.

        One that neither succeeds nor fails tells nothing about the server: cancelled, or refused for what it asks.
        """
        self._trying = self.state == "half-open"
        try:
            yield
        finally:
            self._trying = False

    def succeed(self) -> None:
        self._faults, self._pause_s, self._opened_at, self._trying = 0, FIRST_PAUSE_S, None, False

    def fail(self) -> None:
        self._faults += 1
        if self._trying:
            self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        if self._trying or self._faults >= FAULTS:
            self._opened_at = self._clock()
        self._trying = False
