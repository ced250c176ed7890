"""Whether the service is draining: it finishes what is at work before it stops."""

from __future__ import annotations

from collections.abc import Callable


class Drain:
    """A flag that is set once, when the process is asked to stop. Streams and the readiness check read it."""

    def __init__(self) -> None:
        self._started = False
        self._callbacks: list[Callable[[], None]] = []

    def on_start(self, callback: Callable[[], None]) -> None:
        """Call `callback`, which must not block, when draining starts."""
        self._callbacks.append(callback)

    def start(self) -> None:
        """Set the flag; without effect the second time."""
        if self._started:
            return
        self._started = True
        for callback in self._callbacks:
            callback()

    def is_set(self) -> bool:
        return self._started
