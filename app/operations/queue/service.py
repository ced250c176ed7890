"""Shows, pauses, drains and resumes the queue of background jobs, and cancels and retries single ones."""

from __future__ import annotations

import time
from dataclasses import dataclass

from app.domain.jobs import Job, JobKind, JobStatus
from app.domain.pagination import Order, Page
from app.errors import Conflict
from app.storage.database import Database
from app.storage.sql.all_jobs import AllJobs
from app.storage.sql.queue import EVERYONE, JobQueue

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

    def list(
        self,
        *,
        tenant_id: str | None = None,
        kind: JobKind | None = None,
        status: JobStatus | None = None,
        limit: int,
        after: str | None = None,
        order: Order = "desc",
    ) -> Page[Job]:
        """Jobs by the time they were made: those of the tenant, kind and status that are given, else all."""
        with self._db.read() as session:
            return AllJobs(session).page(
                tenant_id=tenant_id, kind=kind, status=status, limit=limit, after=after, order=order
            )

    def cancel(self, job_id: str) -> Job:
        """Cancel a queued job at once; ask a running one to stop. Raises NotFound, and Conflict if it has ended."""
        with self._db.write() as session:
            return AllJobs(session).cancel(job_id)

    def retry(self, job_id: str) -> Job:
        """Queue a job that failed or was cancelled once more. Raises NotFound, and Conflict for any other."""
        with self._db.write() as session:
            return AllJobs(session).retry(job_id)

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
