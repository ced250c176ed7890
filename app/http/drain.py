"""Whether the service is draining: it finishes the answers at work before it stops."""

from __future__ import annotations


class Drain:
    """A flag that the lifespan sets once, at shutdown. Streams and the readiness check read it."""

    def __init__(self) -> None:
        self._started = False

    def start(self) -> None:
        self._started = True

    def is_set(self) -> bool:
        return self._started
