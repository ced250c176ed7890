"""PostgreSQL's LISTEN: workers of every process hear at once of a queued job, streams of events of a changed one."""

from __future__ import annotations

import threading
from typing import Any

import structlog
from psycopg import Connection, Error, sql
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.storage.notifications.changes import TenantChanges
from app.storage.notifications.channels import CHANGE_CHANNEL, JOB_CHANNEL

log = structlog.get_logger(__name__)
LOOK_S = 1.0  # between looks whether to stop
RECONNECT_S = 2.0


class Listening:
    """JobNotifications over a connection of its own. While that is broken, workers poll."""

    def __init__(self, engine: Engine, changes: TenantChanges) -> None:
        """`changes` are told what jobs of tenants changed."""
        self._engine = engine
        self._changes = changes
        self._stopped = threading.Event()
        self._heard = threading.Condition()
        self._count = 0
        self._seen = threading.local()
        self._thread = threading.Thread(target=self._run, name="job-notifications", daemon=True)
        self._thread.start()

    def wait(self, timeout_s: float) -> None:
        """Return at once if there was a notification since this thread's last wait."""
        with self._heard:
            seen = getattr(self._seen, "count", 0)
            self._heard.wait_for(lambda: self._count != seen, timeout_s)
            self._seen.count = self._count

    def wake(self) -> None:
        with self._heard:
            self._count += 1
            self._heard.notify_all()

    def close(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except (Error, SQLAlchemyError) as fault:
                log.warning("not_listening", error=type(fault).__name__)
                self._stopped.wait(RECONNECT_S)

    def _listen(self) -> None:
        """Pass notifications on until told to stop. Raises what the driver raises when the connection breaks."""
        pooled: Any = self._engine.raw_connection()
        connection: Connection = pooled.driver_connection
        pooled.detach()  # it never goes back into the pool
        with connection:
            connection.autocommit = True
            for channel in (JOB_CHANNEL, CHANGE_CHANNEL):
                connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            self.wake()  # of what was queued before
            while not self._stopped.is_set():
                for notification in connection.notifies(timeout=LOOK_S, stop_after=1):
                    if notification.channel == CHANGE_CHANNEL:
                        self._changes.publish(notification.payload)
                    else:
                        self.wake()
