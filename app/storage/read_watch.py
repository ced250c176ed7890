"""Ends the reads of requests whose time is over or whose client is gone, from a thread of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread

from sqlalchemy.exc import DBAPIError

from app.deadline import Deadline
from app.errors import AppError

POLL_S = 0.1
IDLE_S = 5.0  # without a read, after which the thread ends


class WatchedRead:
    """A read transaction at work."""

    def __init__(self, deadline: Deadline, interrupt: Callable[[], None]) -> None:
        self.fault: AppError | None = None  # why it was ended
        self._deadline = deadline
        self._until = deadline.end_of_read()
        self._interrupt = interrupt
        self._lock = Lock()  # held while interrupting: the connection is of this read alone
        self._done = False

    def end_if_over(self) -> None:
        """Interrupt the statement at work if the deadline is over. One that begins later is ended by the next call."""
        with self._lock:
            if self._done:
                return
            self.fault = self._deadline.fault(self._until)
            if self.fault is not None:
                with suppress(Exception):  # the connection is lost: so is the statement
                    self._interrupt()

    def done(self) -> None:
        """No interrupt begins or goes on after this call."""
        with self._lock:
            self._done = True


class ReadWatch:
    """The reads at work. Its thread runs only while there are any, and a little longer."""

    def __init__(self) -> None:
        self._reads: set[WatchedRead] = set()
        self._lock = Lock()
        self._running = False

    @contextmanager
    def ended_by(self, deadline: Deadline, interrupt: Callable[[], None]) -> Iterator[None]:
        """Call `interrupt` from another thread, again and again, when the deadline of this read is over.

        Raises RequestTimedOut or ClientGone in place of the error of an interrupted statement.
        """
        read = WatchedRead(deadline, interrupt)
        with self._lock:
            self._reads.add(read)
            if not self._running:
                self._running = True
                Thread(target=self._run, name="read-watch", daemon=True).start()
        try:
            yield
        except DBAPIError as fault:
            read.done()
            if read.fault is not None:
                raise read.fault from fault
            raise
        finally:
            read.done()
            with self._lock:
                self._reads.discard(read)

    def _run(self) -> None:
        busy_at = time.monotonic()
        while True:
            time.sleep(POLL_S)
            with self._lock:
                reads = list(self._reads)
                if reads:
                    busy_at = time.monotonic()
                elif time.monotonic() - busy_at > IDLE_S:
                    self._running = False
                    return
            for read in reads:
                read.end_if_over()
