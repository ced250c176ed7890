"""Background jobs: their kinds, states and records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class JobKind(StrEnum):
    INGEST = "ingest"  # makes a new document version searchable
    REINDEX = "reindex"  # reads the file of a version again and makes its chunks, when no new document waits
    REEMBED = "reembed"  # adds secondary vectors of another model to a live version
    EVALUATE = "evaluate"  # answers a tenant's own questions and scores the answers
    EVALUATE_ADAPTER = "evaluate_adapter"  # compares an adapter version with what it would replace
    TRAIN = "train"  # trains an adapter
    DELIVER = "deliver"  # sends an event to a webhook


PARSING_JOBS = (JobKind.INGEST, JobKind.REINDEX)


UPDATING_JOBS = (JobKind.REINDEX, JobKind.REEMBED)  # of live versions; their keys begin with the version's id


DOCUMENT_JOBS = (*PARSING_JOBS, JobKind.REEMBED)  # by priority: new documents come before old ones


class JobStatus(StrEnum):
    QUEUED = "queued"  # waits for a worker
    RUNNING = "running"  # a worker holds its lease
    SUCCEEDED = "succeeded"  # ended without an error
    FAILED = "failed"  # ended with an error; it is not tried again
    CANCELLED = "cancelled"  # ended on request


FINAL_JOB = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED})


UNFINISHED_JOB = frozenset(JobStatus) - FINAL_JOB


SUBJECTS = ("document_id", "evaluation_id", "training_id", "delivery_id")  # in a payload: what the job is for


@dataclass(frozen=True, slots=True)
class JobError:
    """Why the last attempt of a job failed."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Job:
    """One background job of a tenant."""

    id: str  # "job_..."
    tenant_id: str
    kind: str  # a JobKind
    payload: dict[str, Any]
    status: JobStatus
    attempts: int
    lease_token: str | None
    cancel_requested: bool
    error_code: str | None
    error_message: str | None
    created_at: datetime
    updated_at: datetime

    @property
    def subject(self) -> str | None:
        """Id of the document, evaluation, training or delivery that it is for."""
        return next((self.payload[name] for name in SUBJECTS if name in self.payload), None)

    @property
    def error(self) -> JobError | None:
        """The error of its last attempt."""
        return None if self.error_code is None else JobError(self.error_code, self.error_message or self.error_code)
