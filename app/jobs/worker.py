"""The worker loop: claim a job, extend its lease while it runs, record its outcome.

No exception of a job ends the loop.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import structlog

from app.domain.jobs import Job, JobStatus
from app.errors import (
    AppError,
    Conflict,
    DocumentFailure,
    FilesUnavailable,
    InvalidRequest,
    NotFound,
    StorageFull,
    Unavailable,
)
from app.jobs.handler import Handler
from app.jobs.lease import kept_lease
from app.jobs.signals import JobCancelled, JobInterrupted, JobYielded
from app.numerics.memory import trim
from app.precedence import give_way, in_background
from app.storage.database import Database
from app.storage.notifications.base import JobNotifications
from app.storage.notifications.polling import Polling
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease

log = structlog.get_logger(__name__)
IDLE_S = 0.1  # of a worker while another one of its process looks for a job
POLL_S = 2.0  # for jobs that no notification tells of: retries, and jobs whose worker died
SWEEP_EVERY_S = 3600.0


@dataclass(frozen=True, slots=True)
class WorkerTiming:
    """How long a job stays claimed, how often its lease is extended, and how often it is tried."""

    lease_s: float = 60.0
    heartbeat_s: float = 10.0
    max_attempts: int = 3


class Worker:
    """Runs the jobs of all tenants, one at a time, in turns. A thread of `serve` or a process of its own."""

    def __init__(
        self,
        db: Database,
        handlers: Mapping[str, Handler],
        timing: WorkerTiming,
        *,
        sweeps: bool = True,
        per_tenant: int = 1,
        polling: threading.Lock | None = None,
        notifications: JobNotifications | None = None,
        poll_s: float = POLL_S,
    ) -> None:
        """`handlers` maps each kind of job to its handler; the worker ignores jobs of other kinds.

        `sweeps` says whether this worker calls the handlers' `sweep`. The worker starts no job of a tenant that has
        `per_tenant` jobs running. Workers of one process share the lock `polling`, so that only one of them at a time
        polls the database for the next job; it frees the lock when it has a job to run. When it has found none, it
        waits for one of the `notifications` (None: it polls ten times a second), for `poll_s` seconds at most.
        """
        self._db = db
        self._handlers = handlers
        self._kinds = list(handlers)
        self._timing = timing
        self._sweeps = sweeps
        self._per_tenant = per_tenant
        self._polling = polling or threading.Lock()
        self._notifications: JobNotifications = notifications or Polling()
        self._poll_s = poll_s
        self._swept_at = -SWEEP_EVERY_S  # monotonic seconds
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._running: Lease | None = None  # of the job at work

    @property
    def is_busy(self) -> bool:
        """Whether it runs a job."""
        return self._running is not None

    def start(self) -> None:
        """Call `run` in a thread."""
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Start no further job, and wait up to `timeout_s` seconds for the running one.

        A job that still runs then is claimed again by another worker when its lease has run out, at once after
        `release`.
        """
        self._stop.set()
        self._notifications.wake()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def release(self) -> None:
        """Queue the job that still runs again, for other workers. What this one still writes for it is refused.

        If the database is away, the job waits until its lease has run out.
        """
        lease = self._running
        if lease is None:
            return
        try:
            with self._db.write() as session:
                JobQueue(session).release(lease)
        except AppError as fault:
            log.warning("job_not_released", job_id=lease.job_id, code=fault.code)

    def run(self) -> None:
        """Run jobs until `stop` is called."""
        with in_background():
            while not self._stop.is_set():
                try:
                    self._sweep()
                    job = self._wait_for_job()
                    if job is not None:
                        self._run_leased(job)
                except Exception:  # the database may be busy or full: the worker waits and continues
                    log.exception("worker_fault")
                    self._stop.wait(IDLE_S)

    def run_once(self) -> bool:
        """Run the next job, if there is one. Returns whether there was."""
        with in_background():
            job = self._claim()
            if job is not None:
                self._run_leased(job)
            return job is not None

    def _wait_for_job(self) -> Job | None:
        """Claim the next job, or wait for one. None if there is none or another worker polls."""
        if not self._polling.acquire(timeout=IDLE_S):
            return None
        try:
            job = self._claim()
            if job is None:
                self._notifications.wait(self._poll_s)
            return job
        finally:
            self._polling.release()

    def _claim(self) -> Job | None:
        give_way()
        with self._db.read() as session:
            if not JobQueue(session).has_claimable(self._kinds, self._per_tenant):
                return None
        with self._db.write() as session:
            return JobQueue(session).claim(
                self._kinds,
                lease_s=self._timing.lease_s,
                max_attempts=self._timing.max_attempts,
                per_tenant=self._per_tenant,
            )

    def _run_leased(self, job: Job) -> None:
        lease = self._running = Lease(job.id, job.lease_token or "")
        try:
            with kept_lease(self._db, lease, self._timing.lease_s, self._timing.heartbeat_s):
                self._run(job, lease)
        finally:
            self._running = None
        trim()

    def _sweep(self) -> None:
        """Call each handler's `sweep`, unless that was less than an hour ago."""
        if not self._sweeps or time.monotonic() - self._swept_at < SWEEP_EVERY_S:
            return
        self._swept_at = time.monotonic()
        for handler in dict.fromkeys(self._handlers.values()):
            handler.sweep()

    def _run(self, job: Job, lease: Lease) -> None:
        context = log.bind(job_id=job.id, tenant_id=job.tenant_id, attempt=job.attempts)
        try:
            self._handlers[job.kind].run(job)
        except JobCancelled:
            self._end(job, lambda queue: queue.record_cancelled(lease))
        except (JobInterrupted, JobYielded) as signal:
            self._put_back(job, lease, signal)
        except Conflict:
            context.info("lease_lost")
        except DocumentFailure as failure:
            context.info("document_failed", code=failure.code)
            self._fail(job, lease, failure.code, failure.message, retry=failure.retry)
        except FilesUnavailable as fault:  # an outage, however long: no fault of the job
            context.warning("job_put_off", code=fault.code)
            self._put_off(job, lease, fault)
        except (StorageFull, Unavailable) as fault:
            context.warning("job_put_off", code=fault.code)
            self._fail(job, lease, fault.code, fault.message, retry=True)
        except (InvalidRequest, NotFound) as fault:  # a retry would fail in the same way
            context.info("job_refused", code=fault.code)
            self._fail(job, lease, fault.code, fault.message, retry=False)
        except Exception as fault:  # noqa: BLE001 - any other fault is retried, and fails the job in the end
            self._crashed(job, lease, fault)
        else:
            self._end(job, lambda queue: queue.finish(lease))
            context.info("job_done")

    def _put_back(self, job: Job, lease: Lease, signal: JobInterrupted | JobYielded) -> None:
        with self._db.write() as session:
            held = JobQueue(session).release(lease)
        if held and isinstance(signal, JobInterrupted):
            self._record_outcome(job, JobStatus.QUEUED, signal.code, signal.message)

    def _crashed(self, job: Job, lease: Lease, fault: Exception) -> None:
        reason = fault.code if isinstance(fault, AppError) else "internal_error"
        message = "Something went wrong inside the service; it is in the log."
        if self._fail(job, lease, reason, message, retry=True):
            log.error("job_failed", job_id=job.id, tenant_id=job.tenant_id, attempt=job.attempts, exc_info=fault)

    def _put_off(self, job: Job, lease: Lease, fault: FilesUnavailable) -> None:
        with self._db.write() as session:
            held = JobQueue(session).put_off(lease, fault.code, fault.message)
        if held:
            self._record_outcome(job, JobStatus.QUEUED, fault.code, fault.message)

    def _fail(self, job: Job, lease: Lease, code: str, message: str, *, retry: bool) -> bool:
        """Record a failure. False, and nothing is recorded, if the lease is lost: how the job ends is for others."""
        with self._db.write() as session:
            queue = JobQueue(session)
            status = queue.fail(lease, code, message, retry=retry, max_attempts=self._timing.max_attempts)
        if status is None:
            log.info("lease_lost", job_id=job.id, tenant_id=job.tenant_id, code=code)
            return False
        self._record_outcome(job, status, code, message)
        return True

    def _end(self, job: Job, record: Callable[[JobQueue], bool]) -> None:
        with self._db.write() as session:
            queue = JobQueue(session)
            cancelled = queue.cancel_requested(job.id)
            held = record(queue)
        if held and cancelled:
            self._record_outcome(job, JobStatus.CANCELLED, "cancelled", "Cancelled on request.")

    def _record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        with suppress(NotFound):
            self._handlers[job.kind].record_outcome(job, status, code, message)
