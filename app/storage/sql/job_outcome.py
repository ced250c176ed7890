"""Records how a job ended on the object it was for, through the repository of that object.

The queue calls this for jobs whose workers died too often, and the operator's list for those it cancels: they have no
handler at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

from sqlalchemy.orm import Session

from app.domain.jobs import Job, JobKind, JobStatus
from app.errors import NotFound
from app.storage.sql.repositories.adapter_evaluations import AdapterEvaluations
from app.storage.sql.repositories.document_versions import DocumentVersions
from app.storage.sql.repositories.evaluations import Evaluations
from app.storage.sql.repositories.trainings import Trainings
from app.storage.sql.repositories.webhooks import Webhooks


class RecordsOutcome(Protocol):
    """A repository whose objects have a job."""

    def record_outcome(self, object_id: Any, status: JobStatus, code: str, message: str, /) -> None: ...


# By kind of job: its repository, made from (session, tenant id), and the field of the payload with the object's id.
OBJECTS: Mapping[str, tuple[Callable[[Session, str], RecordsOutcome], str]] = {
    JobKind.INGEST: (DocumentVersions, "version_id"),
    JobKind.REINDEX: (DocumentVersions, "version_id"),
    JobKind.REEMBED: (DocumentVersions, "version_id"),
    JobKind.EVALUATE: (Evaluations, "evaluation_id"),
    JobKind.EVALUATE_ADAPTER: (AdapterEvaluations, "evaluation_id"),
    JobKind.TRAIN: (Trainings, "training_id"),
    JobKind.DELIVER: (Webhooks, "delivery_id"),
}


def record_ended(session: Session, job: Job, status: JobStatus, code: str, message: str) -> None:
    """Record on the object of the job how the job ended. Does nothing if the object is gone or the kind has none."""
    if job.kind in OBJECTS:
        repository, field = OBJECTS[job.kind]
        with suppress(NotFound):
            repository(session, job.tenant_id).record_outcome(job.payload[field], status, code, message)
