"""The progress of a document's ingestion, and the check whether it is cancelled."""

from __future__ import annotations

import time

from app.domain.documents import DocumentStatus, StageProgress, StageUnit
from app.domain.jobs import Job
from app.jobs.signals import JobCancelled, JobSuspended
from app.precedence import give_way
from app.storage.database import Database
from app.storage.sql.queue import JobQueue
from app.storage.sql.repositories.jobs import Lease

STATUS_INTERVAL_S = 0.5
# Progress of the whole when a stage starts, and when it ends.
STAGE_SHARES: dict[DocumentStatus, tuple[float, float]] = {
    DocumentStatus.PARSING: (0.02, 0.3),
    DocumentStatus.CHUNKING: (0.3, 0.32),
    DocumentStatus.EMBEDDING: (0.32, 0.99),
}


class ProgressReporter:
    """Records how far a job is with its document version, and raises JobCancelled once the job is cancelled."""

    def __init__(self, db: Database, job: Job, version_id: int, *, ready: bool) -> None:
        """A version that is `ready` answers while it is made again: it stays so, and its progress is not recorded."""
        self._db = db
        self._job = job
        self._version_id = version_id
        self._ready = ready
        self._recorded_at = 0.0  # monotonic seconds
        self._stage_started_at = 0.0

    def begin(self, stage: DocumentStatus, pages: int | None = None) -> None:
        """Start a stage. Raises JobCancelled if the job was cancelled, Conflict if another worker has it.

        The start of parsing is always recorded, that of another stage at most every STATUS_INTERVAL_S.
        """
        give_way()
        self._stop_if_cancelled()
        self._stage_started_at = time.monotonic()
        if stage == DocumentStatus.PARSING or self._is_due():
            self._record(stage, STAGE_SHARES[stage][0], pages=pages)

    def on_pages(self, done: int, pages: int) -> None:
        """`done` of `pages` pages are parsed."""
        eta = self._eta_s(done / pages if pages else 0)
        self._advance(DocumentStatus.PARSING, StageProgress(StageUnit.PAGES, done, pages, eta_s=eta))

    def on_chunks(self, done: int, chunks: int, tokens: int, all_tokens: int) -> None:
        """`done` of `chunks` chunks are embedded; the remaining time follows from their tokens."""
        speed = tokens / max(time.monotonic() - self._stage_started_at, 1e-3)
        eta = self._eta_s(tokens / all_tokens if all_tokens else 1)
        progress = StageProgress(StageUnit.CHUNKS, done, chunks, round(speed, 1), eta)
        self._advance(DocumentStatus.EMBEDDING, progress)

    def _eta_s(self, share: float) -> float | None:
        """Seconds until the stage ends at its speed so far."""
        if share <= 0:
            return None
        return round((time.monotonic() - self._stage_started_at) * (1 - share) / share, 1)

    def _advance(self, status: DocumentStatus, stage: StageProgress) -> None:
        if not self._is_due():
            return
        self._stop_if_cancelled()
        start, end = STAGE_SHARES[status]
        self._record(status, start + (end - start) * stage.done / max(stage.total, 1), stage=stage)

    def _is_due(self) -> bool:
        return time.monotonic() - self._recorded_at >= STATUS_INTERVAL_S

    def _record(
        self, status: DocumentStatus, progress: float, *, stage: StageProgress | None = None, pages: int | None = None
    ) -> None:
        self._recorded_at = time.monotonic()
        if self._ready:
            return
        with self._db.write_tenant(self._job.tenant_id) as store:
            store.document_versions.set_status(
                self._version_id, status, progress, stage=stage, pages=pages, lease=lease_of(self._job)
            )

    def _stop_if_cancelled(self) -> None:
        with self._db.read() as session:
            queue = JobQueue(session)
            if queue.cancel_requested(self._job.id):
                raise JobCancelled
            if queue.is_suspended(self._job.tenant_id):
                raise JobSuspended


def lease_of(job: Job) -> Lease:
    return Lease(job.id, job.lease_token or "")
