"""The worker loop: claim, keep the lease alive, run, record the end. Never dies of a job."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

import structlog

from app.domain.jobs import Job, JobStatus
from app.errors import AppError, Conflict, DocumentFailure, InvalidRequest, NotFound, StorageFull, Unavailable
from app.jobs.signals import JobCancelled, JobInterrupted
from app.numerics.memory import trim
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease
from app.storage.sqlite.database import Database

log = structlog.get_logger(__name__)
IDLE_S = 0.1
SWEEP_EVERY_S = 3600.0


@dataclass(frozen=True, slots=True)
class WorkerTiming:
    lease_s: float = 60.0
    heartbeat_s: float = 10.0
    max_attempts: int = 3


class Handler(Protocol):
    """What one kind of job needs: DocumentJobs, EvaluationJobs, TrainingJobs."""

    def run(self, job: Job) -> None:
        """Run the job.

        Raises JobCancelled, JobInterrupted, Conflict (lease lost), DocumentFailure or AppError with the reason.
        """

    def tell(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        """Record an end other than success on what the job is for. Raises NotFound if that is gone."""

    def sweep(self) -> None:
        """Called at the start and every hour: clear away what nothing refers to."""


class Worker:
    """Runs jobs of all tenants, one at a time, fairly. A thread inside `serve` or a process of its own."""

    def __init__(
        self,
        db: Database,
        handlers: Mapping[str, Handler],
        timing: WorkerTiming,
        *,
        sweeps: bool = True,
        per_tenant: int = 1,
        watch: threading.Lock | None = None,
    ) -> None:
        """`handlers` by the kind of job; jobs of other kinds are left to other workers, as sweeping may be.

        No job is begun of a tenant who has `per_tenant` running. Of workers that share a `watch` one looks for the next
        job, and another from when that one has found it.
        """
        self._db = db
        self._handlers = handlers
        self._kinds = list(handlers)
        self._timing = timing
        self._sweeps = sweeps
        self._per_tenant = per_tenant
        self._watch = watch or threading.Lock()
        self._swept_at = -SWEEP_EVERY_S  # monotonic seconds
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Take no new job; wait for the running one as long as said. What is left over is run again later."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def run(self) -> None:
        """Until `stop`."""
        while not self._stop.is_set():
            try:
                self._sweep()
                job = self._next()
                if job is not None:
                    self._take(job)
            except Exception:  # the store may be busy or full: the worker waits and goes on
                log.exception("worker_fault")
                self._stop.wait(IDLE_S)

    def run_once(self) -> bool:
        """Run the next job, if there is one. Returns whether there was."""
        job = self._claimed()
        if job is not None:
            self._take(job)
        return job is not None

    def _next(self) -> Job | None:
        """The next job, looked for once when it is this worker's turn to look."""
        if not self._watch.acquire(timeout=IDLE_S):
            return None
        try:
            job = self._claimed()
            if job is None:
                self._stop.wait(IDLE_S)
            return job
        finally:
            self._watch.release()

    def _claimed(self) -> Job | None:
        with self._db.read() as session:
            if not JobQueue(session).waiting(self._kinds, self._per_tenant):
                return None
        with self._db.write() as session:
            return JobQueue(session).claim(
                self._kinds,
                lease_s=self._timing.lease_s,
                max_attempts=self._timing.max_attempts,
                per_tenant=self._per_tenant,
            )

    def _take(self, job: Job) -> None:
        lease = Lease(job.id, job.lease_token or "")
        with self._heartbeat(lease):
            self._run(job, lease)
        trim()

    def _sweep(self) -> None:
        """At the start and every hour."""
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
            self._end(job, lambda queue: queue.cancelled(lease))
        except JobInterrupted:
            with self._db.write() as session:
                JobQueue(session).release(lease)
            reason = "The service was stopped; the job goes on when it runs again."
            self._tell(job, JobStatus.QUEUED, "service_stopped", reason)
        except Conflict:
            context.info("lease_lost")
        except DocumentFailure as failure:
            context.info("document_failed", code=failure.code)
            self._fail(job, lease, failure.code, failure.message, retry=failure.retry)
        except (StorageFull, Unavailable) as fault:
            context.warning("job_put_off", code=fault.code)
            self._fail(job, lease, fault.code, fault.message, retry=True)
        except (InvalidRequest, NotFound) as fault:  # no second try would help
            context.info("job_refused", code=fault.code)
            self._fail(job, lease, fault.code, fault.message, retry=False)
        except Exception as fault:  # noqa: BLE001 - anything else is tried again, then set aside with a reason
            context.exception("job_failed")
            reason = fault.code if isinstance(fault, AppError) else "internal_error"
            message = "Something went wrong inside the service; it is in the log."
            self._fail(job, lease, reason, message, retry=True)
        else:
            self._end(job, lambda queue: queue.finish(lease))
            context.info("job_done")

    def _fail(self, job: Job, lease: Lease, code: str, message: str, *, retry: bool) -> None:
        with self._db.write() as session:
            queue = JobQueue(session)
            again = queue.fail(lease, code, message, retry=retry, max_attempts=self._timing.max_attempts)
        self._tell(job, JobStatus.QUEUED if again else JobStatus.FAILED, code, message)

    def _end(self, job: Job, settle: Callable[[JobQueue], bool]) -> None:
        with self._db.write() as session:
            queue = JobQueue(session)
            cancelled = queue.cancel_requested(job.id)
            settle(queue)
        if cancelled:
            self._tell(job, JobStatus.CANCELLED, "cancelled", "Cancelled on request.")

    def _tell(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        with suppress(NotFound):
            self._handlers[job.kind].tell(job, status, code, message)

    @contextmanager
    def _heartbeat(self, lease: Lease) -> Iterator[None]:
        """Prolong the lease in the background for the length of the block."""
        ended = threading.Event()

        def beat() -> None:
            while not ended.wait(self._timing.heartbeat_s):
                try:
                    with self._db.write() as session:
                        if not JobQueue(session).heartbeat(lease, self._timing.lease_s):
                            return
                except Unavailable:
                    continue

        thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
