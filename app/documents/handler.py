"""Jobs that take in documents."""

from __future__ import annotations

import threading

import structlog

from app.documents.ingestion.pipeline import Ingestor
from app.documents.ingestion.reindexing import Upkeep
from app.domain.jobs import DOCUMENT_JOBS, Job, JobKind, JobStatus
from app.jobs.worker import Handler, Worker, WorkerTiming
from app.storage.blobs import Blobs, sweep_orphans
from app.storage.sqlite.database import Database

log = structlog.get_logger(__name__)
AT_ONCE = 12  # documents taken in at a time
PER_TENANT = 8  # of these: a tenant with a thousand leaves places, and some are embedded while others are read or saved


class DocumentJobs:
    """Handler of `ingest`, `reindex` and `reembed` jobs."""

    def __init__(self, db: Database, blobs: Blobs, ingestor: Ingestor, upkeep: Upkeep) -> None:
        self._db = db
        self._blobs = blobs
        self._ingestor = ingestor
        self._upkeep = upkeep

    def by_kind(self) -> dict[str, Handler]:
        return dict.fromkeys(DOCUMENT_JOBS, self)

    def workers(self, timing: WorkerTiming) -> list[Worker]:
        """As many as take in documents at a time; the first one also sweeps."""
        polling = threading.Lock()
        return [
            Worker(self._db, self.by_kind(), timing, sweeps=place == 0, per_tenant=PER_TENANT, polling=polling)
            for place in range(AT_ONCE)
        ]

    def run(self, job: Job) -> None:
        if job.kind == JobKind.REEMBED:
            self._ingestor.embed_anew(job)
        else:
            self._ingestor.ingest(job)
        self._upkeep.follow(job)

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        """On the document version, unless it is ready."""
        if status in {JobStatus.RUNNING, JobStatus.SUCCEEDED}:
            return
        with self._db.write_tenant(job.tenant_id) as store:
            store.documents.end(job.payload["version_id"], status, code, message)

    def sweep(self) -> None:
        """Files that no document refers to, former versions, chunks and vectors that are outdated."""
        if orphans := sweep_orphans(self._db, self._blobs):
            log.info("orphans_deleted", files=orphans)
        self._upkeep.everything()
