"""Jobs that take in documents."""

from __future__ import annotations

import structlog

from app.ingestion.pipeline import Ingestor
from app.store.blobs import Blobs, sweep_orphans
from app.store.records import Job, JobStatus
from app.store.session import Database

log = structlog.get_logger(__name__)


class DocumentJobs:
    """Handler of `ingest` jobs."""

    def __init__(self, db: Database, blobs: Blobs, ingestor: Ingestor) -> None:
        self._db = db
        self._blobs = blobs
        self._ingestor = ingestor

    def run(self, job: Job) -> None:
        self._ingestor.ingest(job)

    def tell(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        """On the document version, unless it is ready."""
        if status == "running" or status == "succeeded":  # noqa: PLR1714 - narrows the type
            return
        with self._db.write_tenant(job.tenant_id) as store:
            version = store.documents.version(job.payload["version_id"])
            if version.status != "ready":
                store.documents.set_status(version.id, status, 0.0, error_code=code, error_message=message)

    def sweep(self) -> None:
        """Files that no document refers to."""
        if orphans := sweep_orphans(self._db, self._blobs):
            log.info("orphans_deleted", files=orphans)
