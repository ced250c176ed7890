"""Records the failure of a job on the object it was for, through the repository of that object.

The queue calls this for jobs whose workers died too often: it has no handler at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from sqlalchemy.orm import Session

from app.domain.jobs import Job, JobKind, JobStatus
from app.errors import NotFound
from app.storage.sql.repositories.adapter_evaluations import AdapterEvaluations
from app.storage.sql.repositories.document_versions import DocumentVersions
from app.storage.sql.repositories.evaluations import Evaluations
from app.storage.sql.repositories.trainings import Trainings

RecordOutcome = Callable[[Session, Job, JobStatus, str, str], None]  # (session, job, status, error code, error message)


def record_lost(session: Session, job: Job, code: str, message: str) -> None:
    """Record on the object of the job that the job failed. Does nothing if the object is gone or the kind has none."""
    record = RECORDERS.get(job.kind)
    if record is not None:
        with suppress(NotFound):
            record(session, job, JobStatus.FAILED, code, message)


def _on_document(session: Session, job: Job, status: JobStatus, code: str, message: str) -> None:
    DocumentVersions(session, job.tenant_id).record_outcome(job.payload["version_id"], status, code, message)


def _on_evaluation(session: Session, job: Job, status: JobStatus, code: str, message: str) -> None:
    Evaluations(session, job.tenant_id).record_outcome(job.payload["evaluation_id"], status, code, message)


def _on_adapter_evaluation(session: Session, job: Job, status: JobStatus, code: str, message: str) -> None:
    AdapterEvaluations(session, job.tenant_id).record_outcome(job.payload["evaluation_id"], status, code, message)


def _on_training(session: Session, job: Job, status: JobStatus, code: str, message: str) -> None:
    Trainings(session, job.tenant_id).record_outcome(job.payload["training_id"], status, code, message)


RECORDERS: Mapping[str, RecordOutcome] = {
    JobKind.INGEST: _on_document,
    JobKind.REINDEX: _on_document,
    JobKind.REEMBED: _on_document,
    JobKind.EVALUATE: _on_evaluation,
    JobKind.EVALUATE_ADAPTER: _on_adapter_evaluation,
    JobKind.TRAIN: _on_training,
}
