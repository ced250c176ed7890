"""How long a request may work: it ends when its time is over or its client is gone.

It belongs to the context, as the request id does: the database, which ends the reads of a request, and loops that take
long ask for it. Jobs and the command line run without one and are never ended by it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context

from app.errors import AppError, ClientGone, RequestTimedOut

RETRY_S = 5


class Deadline:
    """When the work of one request ends. Thread-safe: threads ask, the event loop tells.

    A request that has begun to write is carried through: what follows from what it wrote is done, too.
    """

    def __init__(self, seconds: float, read_seconds: float) -> None:
        """`seconds`: from `begin` until the answer begins. `read_seconds`: of any one read of the database."""
        self._seconds = seconds
        self._read_seconds = read_seconds
        self._until = math.inf  # monotonic seconds
        self._gone = False
        self._spared = False

    def begin(self) -> None:
        """The request is here as a whole: its time runs."""
        self._until = time.monotonic() + self._seconds

    def answer_begun(self) -> None:
        """A stream may last; its single reads stay limited."""
        self._until = math.inf

    def client_gone(self) -> None:
        self._gone = True

    def spare(self) -> None:
        """Let the request work to its end."""
        self._spared = True

    def end_of_read(self) -> float:
        """Until when a read that begins now may last, in monotonic seconds."""
        return time.monotonic() + self._read_seconds

    def fault(self, read_until: float = math.inf) -> AppError | None:
        """Why the work ends; None: it goes on. `read_until`: of a read at work."""
        if self._spared:
            return None
        if self._gone:
            return ClientGone("The client closed its connection before the answer.")
        now = time.monotonic()
        if now < self._until and now < read_until:
            return None
        seconds = self._seconds if now >= self._until else self._read_seconds
        return RequestTimedOut(
            f"The request was not done within {seconds:g} seconds, and its work has ended. Ask for less, or try again.",
            retry_after=RETRY_S,
        )

    def check(self) -> None:
        """Raises RequestTimedOut or ClientGone if the work ends."""
        fault = self.fault()
        if fault is not None:
            raise fault


_deadline: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def current_deadline() -> Deadline | None:
    return _deadline.get()


def check_deadline() -> None:
    """For loops that take long. Raises RequestTimedOut or ClientGone if the request at work ends."""
    deadline = _deadline.get()
    if deadline is not None:
        deadline.check()


@contextmanager
def limited_by(deadline: Deadline) -> Iterator[None]:
    """The deadline of all that this context, its tasks and its threads do."""
    token = _deadline.set(deadline)
    try:
        yield
    finally:
        _deadline.reset(token)


def outliving_request() -> Context:
    """A copy of this context for a task that goes on after its request: `asyncio.create_task(work, context=...)`."""
    context = copy_context()
    context.run(_deadline.set, None)
    return context
