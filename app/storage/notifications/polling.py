"""For databases that tell nobody: workers look themselves, ten times a second."""

from __future__ import annotations

import threading

POLL_S = 0.1


class Polling:
    """JobNotifications by the clock alone."""

    def __init__(self, poll_s: float = POLL_S) -> None:
        """`poll_s`: the longest wait."""
        self._poll_s = poll_s
        self._woken = threading.Condition()

    def wait(self, timeout_s: float) -> None:
        with self._woken:
            self._woken.wait(min(timeout_s, self._poll_s))

    def wake(self) -> None:
        with self._woken:
            self._woken.notify_all()

    def close(self) -> None:
        """There is nothing to give up."""
