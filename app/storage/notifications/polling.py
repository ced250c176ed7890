"""For databases that tell nobody: workers look themselves, ten times a second."""

from __future__ import annotations

import threading

POLL_S = 0.1


class Polling:
    """JobNotifications by the clock alone."""

    def __init__(self, poll_s: float = POLL_S) -> None:
        """`poll_s`: the longest wait."""
        self._poll_s = poll_s
        self._stopped = threading.Event()

    def wait(self, timeout_s: float) -> None:
        self._stopped.wait(min(timeout_s, self._poll_s))

    def wake(self) -> None:
        self._stopped.set()

    def close(self) -> None:
        self.wake()
