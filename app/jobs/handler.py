"""What runs the jobs of a feature."""

from __future__ import annotations

from typing import Protocol

from app.domain.jobs import Job, JobStatus


class Handler(Protocol):
    """Runs the jobs of one or more kinds. Each feature with background jobs has one in its `handler.py`.

    The worker owns the job's row: it claims the job, extends the lease and records the job's status. The handler owns
    what the job is for: a document version, an evaluation, a training.
    """

    def run(self, job: Job) -> None:
        """Run the job to its end, and record its success on what it is for.

        Raises JobCancelled if a user cancelled it, JobInterrupted if the service stops, JobYielded to go on in a later
        turn, Conflict if the lease is lost.
        DocumentFailure, InvalidRequest and NotFound fail the job with their code and message. FilesUnavailable puts it
        off without an end. StorageFull, Unavailable and all others are retried until the attempts are used up.
        """

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        """Record on what the job is for that it failed, was cancelled or is queued again, and why.

        Called after `run` has raised. Raises NotFound if what the job is for is deleted.
        """

    def sweep(self) -> None:
        """Delete what no row refers to. One worker of each kind calls it when it starts and then every hour."""
