"""The background jobs of documents."""

from __future__ import annotations

import threading

import structlog

from app.documents.ingestion.pipeline import Ingestor
from app.documents.ingestion.reindexing import Reindexing
from app.domain.documents import DocumentStatus
from app.domain.jobs import DOCUMENT_JOBS, Job, JobKind, JobStatus
from app.errors import QuotaExceeded
from app.jobs.handler import Handler
from app.jobs.worker import Worker, WorkerTiming
from app.storage.blobs.base import BlobStore
from app.storage.blobs.orphans import sweep_orphans
from app.storage.database import Database
from app.storage.notifications.base import JobNotifications
from app.storage.sql.totals import recount_totals, wrong_totals

log = structlog.get_logger(__name__)
WORKERS = 12  # documents ingested at once
WORKERS_PER_TENANT = 8  # a tenant with many documents leaves workers for others
# Faults of the file, which nobody reads again as it is; of others the file is kept: this service, or a later version of
# it, may read it the next time.
FILE_FAULTS = frozenset(
    {
        *("empty_document", "encrypted", "truncated", "unsupported_media_type", "nested_too_deeply"),
        *("too_many_pages", "too_much_text", "too_many_cells", "too_many_members", "too_many_pixels"),
        QuotaExceeded.code,
    }
)


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
        """Record a failure or cancellation on the document version, unless it is ready.

        A file that cannot be read as it is, is not kept.
        """
        if status in {JobStatus.RUNNING, JobStatus.SUCCEEDED}:
            return
        with self._db.write_tenant(job.tenant_id) as store:
            version_id, unused = job.payload["version_id"], []
            store.document_versions.record_outcome(version_id, status, code, message)
            failed = store.document_versions.get(version_id).status == DocumentStatus.FAILED
            if failed and status == JobStatus.FAILED and code in FILE_FAULTS:
                unused = store.document_versions.drop_file(version_id)
        for blob in unused:
            self._blobs.delete(blob)

    def sweep(self) -> None:
        """Delete files without a document, run the reindexing of all tenants, and check what was counted."""
        if orphans := sweep_orphans(self._db, self._blobs):
            log.info("orphans_deleted", files=orphans)
        self._reindexing.run_all()
        self._recount()

    def _recount(self) -> None:
        """Mend totals that are not what the rows say. There should be none."""
        with self._db.read() as session:
            wrong = wrong_totals(session)
        for tenant_id, (kept, counted) in wrong.items():
            log.error("totals_were_wrong", tenant_id=tenant_id, kept=str(kept), counted=str(counted))
            with self._db.write_tenant(tenant_id) as store:
                recount_totals(store.session, tenant_id)
