"""Response bodies of jobs and of their queue."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.domain.jobs import JobKind, JobStatus
from app.http.schemas import ResponseBody, Timestamp


class JobFailureOut(ResponseBody):
    code: str
    message: str


class JobOut(ResponseBody):
    id: str
    object: Literal["job"] = "job"
    tenant_id: str
    kind: JobKind
    subject: str | None = Field(description="Id of the document, evaluation, training or delivery that it is for.")
    status: JobStatus
    attempts: int
    cancel_requested: bool
    error: JobFailureOut | None = Field(description="Of its last attempt.")
    created_at: Timestamp
    updated_at: Timestamp


class QueueOut(ResponseBody):
    object: Literal["queue"] = "queue"
    paused: bool = Field(description="No further job starts, of any tenant.")
    counts: dict[JobStatus, int] = Field(description="Jobs of each status that there are.")
