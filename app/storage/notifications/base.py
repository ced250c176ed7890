"""The seam between those who wait for a change of the database and how they hear of it."""

from __future__ import annotations

from typing import Protocol


class JobNotifications(Protocol):
    """Tells workers that a job may be due. Thread-safe. It may miss one: who waits polls, too."""

    def wait(self, timeout_s: float) -> None:
        """Return when a job was queued, when `wake` is called, or after `timeout_s` seconds at most."""

    def wake(self) -> None:
        """Let every wait of this process return."""

    def close(self) -> None:
        """Give up what it listens with."""
