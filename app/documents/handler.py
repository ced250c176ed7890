"""The background jobs of documents."""

from __future__ import annotations

import threading

import structlog

from app.documents.ingestion.pipeline import Ingestor
from app.documents.ingestion.reindexing import Reindexing
from app.domain.jobs import DOCUMENT_JOBS, Job, JobKind, JobStatus
from app.jobs.handler import Handler
from app.jobs.worker import Worker, WorkerTiming
from app.storage.blobs.base import BlobStore
from app.storage.blobs.orphans import sweep_orphans
from app.storage.database import Database
from app.storage.notifications.base import JobNotifications

log = structlog.get_logger(__name__)
WORKERS = 12  # documents ingested at once
WORKERS_PER_TENANT = 8  # a tenant with many documents leaves workers for others


class DocumentJobs:
    """Runs the jobs `ingest`, `reindex` and `reembed`."""

    def __init__(self, db: Database, blobs: BlobStore, ingestor: Ingestor, reindexing: Reindexing) -> None:
        self._db = db
        self._blobs = blobs
        self._ingestor = ingestor
        self._reindexing = reindexing

    def by_kind(self) -> dict[str, Handler]:
        return dict.fromkeys(DOCUMENT_JOBS, self)

    def workers(self, timing: WorkerTiming, notifications: JobNotifications | None = None) -> list[Worker]:
        """The workers of one process. They share one poll of the queue, and the first one sweeps."""
        polling = threading.Lock()
        return [
            Worker(
                self._db,
                self.by_kind(),
                timing,
                sweeps=place == 0,
                per_tenant=WORKERS_PER_TENANT,
                polling=polling,
                notifications=notifications,
            )
            for place in range(WORKERS)
        ]

    def run(self, job: Job) -> None:
        if job.kind == JobKind.REEMBED:
            self._ingestor.reembed(job)
        else:
            self._ingestor.ingest(job)
        self._reindexing.on_ingested(job)

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        """Record a failure or cancellation on the document version, unless it is ready."""
        if status in {JobStatus.RUNNING, JobStatus.SUCCEEDED}:
            return
        with self._db.write_tenant(job.tenant_id) as store:
            store.document_versions.record_outcome(job.payload["version_id"], status, code, message)

    def sweep(self) -> None:
        """Delete files without a document, then run the reindexing of all tenants."""
        if orphans := sweep_orphans(self._db, self._blobs):
            log.info("orphans_deleted", files=orphans)
        self._reindexing.run_all()
