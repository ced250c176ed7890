"""Pauses, drains and resumes the queue of background jobs, beside a running service."""

from __future__ import annotations

import time
from dataclasses import dataclass

from app.domain.jobs import JobStatus
from app.errors import Conflict
from app.storage.sql.queue import EVERYONE, JobQueue
from app.storage.sqlite.database import Database

POLL_S = 0.2


@dataclass(frozen=True, slots=True)
class QueueState:
    paused: bool  # for all tenants
    counts: dict[JobStatus, int]


class QueueService:
    """Every `tenant_id` may be None, which means the jobs of all tenants."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def state(self) -> QueueState:
        with self._db.read() as session:
            queue = JobQueue(session)
            return QueueState(queue.paused(EVERYONE), queue.counts())

    def pause(self, tenant_id: str | None = None) -> None:
        """Let no further job start. Uploads are still accepted, and their jobs wait."""
        with self._db.write() as session:
            JobQueue(session).pause(tenant_id or EVERYONE)

    def resume(self, tenant_id: str | None = None) -> None:
        """Let jobs start again."""
        with self._db.write() as session:
            JobQueue(session).resume(tenant_id or EVERYONE)

    def drain(self, tenant_id: str | None = None, *, timeout_s: float) -> None:
        """Pause, and wait until the running jobs have ended.

        Raises Conflict if jobs still run after `timeout_s`; the queue stays paused.
        """
        self.pause(tenant_id)
        deadline = time.monotonic() + timeout_s
        while running := self._running(tenant_id):
            if time.monotonic() > deadline:
                raise Conflict(f"{running} jobs still run after {timeout_s:.0f} s; the queue stays paused")
            time.sleep(POLL_S)

    def _running(self, tenant_id: str | None) -> int:
        with self._db.read() as session:
            return JobQueue(session).running(tenant_id or EVERYONE)
