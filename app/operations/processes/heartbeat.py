"""The sign of life that every process of the service gives."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import structlog

from app import __version__
from app.domain.processes import ProcessKind
from app.errors import AppError
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.sql.processes import Processes

log = structlog.get_logger(__name__)
INTERVAL_S = 10.0
MISSED = 3  # intervals without a heartbeat, after which a process is not healthy


class Heartbeat:
    """Records every INTERVAL_S seconds that this process lives, as a context manager.

    While the database cannot be reached it keeps trying; meanwhile the process shows as lost.
    """

    def __init__(self, db: Database, kind: ProcessKind, node: str = "", *, interval_s: float = INTERVAL_S) -> None:
        """`node`: the name of this machine; empty means its host name."""
        self.process_id = new_id("proc")
        self._db = db
        self._kind = kind
        self._node = node or socket.gethostname()
        self._interval_s = interval_s
        self._started_at = datetime.now(UTC)
        self._draining = False
        self._closing = False
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="process-heartbeat", daemon=True)
        self._beat_at = time.monotonic()

    @property
    def is_healthy(self) -> bool:
        """Whether the database took a heartbeat lately."""
        return time.monotonic() - self._beat_at <= MISSED * self._interval_s

    @property
    def is_draining(self) -> bool:
        return self._draining

    def drain(self) -> None:
        """Show from now on that the process finishes what is at work."""
        self._draining = True
        self._wake.set()

    def __enter__(self) -> Self:
        """Raises Unavailable if the database cannot be reached now."""
        with self._db.write() as session:
            self._beat(Processes(session))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing:
            self._wake.wait(self._interval_s)
            self._wake.clear()
            self._try(self._beat)
        self._try(lambda processes: processes.remove(self.process_id))

    def _beat(self, processes: Processes) -> None:
        processes.record(
            self.process_id,
            self._kind,
            node=self._node,
            pid=os.getpid(),
            version=__version__,
            started_at=self._started_at,
            draining=self._draining,
        )

    def _try(self, act: Callable[[Processes], None]) -> None:
        try:
            with self._db.write() as session:
                act(Processes(session))
        except AppError as fault:
            log.warning("heartbeat_not_written", code=fault.code, message=fault.message)
        else:
            self._beat_at = time.monotonic()
