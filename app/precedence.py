"""Who goes first where the processor or a lock is short: requests, for which somebody waits, before jobs.

Jobs mark what they do (`in_background`), and requests what somebody waits for (`going_first`). Where a job could go on
later it gives way: between two layers of an embedding pass, between two stages of a document.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PATIENCE = 3.0  # seconds that a job waits for each that it worked: a quarter of its time is left to it
LONGEST_WAIT_S = 1.0  # at once: a job goes on, however slowly

_background: ContextVar[bool] = ContextVar("background", default=False)


class Precedence:
    """Counts what goes first, and lets others wait for it. Thread-safe."""

    def __init__(self, patience: float = PATIENCE, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self._patience = patience
        self._longest_wait_s = longest_wait_s
        self._changed = threading.Condition()
        self._first = 0
        self._waited_until = threading.local()  # monotonic seconds, of each thread

    @contextmanager
    def first(self) -> Iterator[None]:
        """Let others wait while the block runs."""
        with self._changed:
            self._first += 1
        try:
            yield
        finally:
            with self._changed:
                self._first -= 1
                if not self._first:
                    self._changed.notify_all()

    def give_way(self) -> None:
        """Wait until nothing goes first, in proportion to the time since this thread waited last."""
        if self._first:
            worked_s = time.monotonic() - getattr(self._waited_until, "at", 0.0)
            patience_s = min(self._patience * worked_s, self._longest_wait_s)
            with self._changed:
                self._changed.wait_for(lambda: not self._first, patience_s)
        self._waited_until.at = time.monotonic()


_processor = Precedence()  # which this process has one of


@contextmanager
def in_background() -> Iterator[None]:
    """What runs within, in its threads too if they take over the context, is a job's."""
    token = _background.set(True)
    try:
        yield
    finally:
        _background.reset(token)


def is_background() -> bool:
    return _background.get()


@contextmanager
def going_first() -> Iterator[None]:
    """Somebody waits for what runs within: jobs give way meanwhile. Without effect in a job."""
    if is_background():
        yield
        return
    with _processor.first():
        yield


def give_way() -> None:
    """In a job, wait while requests compute, for a bounded time. The caller holds no lock and no transaction."""
    if is_background():
        _processor.give_way()
