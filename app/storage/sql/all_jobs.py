"""The jobs of all tenants, for the operator: listed, cancelled, tried again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.jobs import FINAL_JOB, Job, JobKind, JobStatus
from app.domain.pagination import Order, Page
from app.errors import Conflict, NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.dialects.clock import moment
from app.storage.sql.dialects.locks import lock_tenant
from app.storage.sql.job_outcome import OBJECTS, record_ended
from app.storage.sql.pagination import paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.repositories.jobs import Jobs
from app.storage.sql.repositories.trainings import Trainings
from app.storage.sql.tables import JobRow

CANCELLED = "Cancelled by the operator."


class AllJobs:
    """Reads, cancels and retries jobs, whatever their tenant."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(
        self,
        *,
        tenant_id: str | None = None,
        kind: JobKind | None = None,
        status: JobStatus | None = None,
        limit: int = 20,
        after: str | None = None,
        order: Order = "desc",
    ) -> Page[Job]:
        """Jobs of one tenant, kind and status, or of all where None is given; by the time they were made."""
        wanted = {JobRow.tenant_id: tenant_id, JobRow.kind: kind, JobRow.status: status}
        query = select(JobRow).where(*(column == value for column, value in wanted.items() if value is not None))
        return paginate(
            self._session,
            query,
            keys=(JobRow.created_at, JobRow.id),
            to_record=record_mapper(Job),
            limit=limit,
            after=after,
            order=order,
            scope=select(JobRow),
        )

    def cancel(self, job_id: str) -> Job:
        """Cancel a queued job at once, with what it is for; ask a running one to stop.

        Raises NotFound, and Conflict if it has ended.
        """
        row = self._row(job_id)
        if row.status in FINAL_JOB:
            raise Conflict(f"The job has {row.status}: there is nothing to cancel.")
        self._audit(AuditAction.JOB_CANCELLED, row)
        job = Jobs(self._session, row.tenant_id).cancel(job_id)
        if job.status is JobStatus.CANCELLED:
            record_ended(self._session, job, JobStatus.CANCELLED, "cancelled", CANCELLED)
        return job

    def retry(self, job_id: str) -> Job:
        """Queue a job that failed or was cancelled once more. A training goes on from its checkpoint in a new job.

        Raises NotFound, and Conflict if it has not ended so, or if what it was for is gone.
        """
        row = self._row(job_id)
        if row.status not in {JobStatus.FAILED, JobStatus.CANCELLED}:
            raise Conflict(f"The job is {row.status}: only one that failed or was cancelled is tried again.")
        if row.kind == JobKind.DELIVER:
            raise Conflict("A delivery is sent again by its tenant: POST /api/v1/webhooks/{id}/deliveries/{id}/retry.")
        self._audit(AuditAction.JOB_RETRIED, row)
        try:
            return self._retry_training(row) if row.kind == JobKind.TRAIN else self._requeue(row)
        except NotFound:
            raise Conflict("What the job was for is gone.") from None

    def _retry_training(self, row: JobRow) -> Job:
        resumed = Trainings(self._session, row.tenant_id).resume(row.payload["training_id"])
        if resumed.job_id is None:
            raise NotFound("No such job.")
        return record_from(self._row(resumed.job_id), Job)

    def _requeue(self, row: JobRow) -> Job:
        repository, field = OBJECTS[row.kind]
        objects = repository(self._session, row.tenant_id)
        objects.record_outcome(row.payload[field], JobStatus.QUEUED, "queued_again", "Queued again by the operator.")
        row.status, row.attempts, row.run_after = JobStatus.QUEUED, 0, moment()
        row.cancel_requested, row.error_code, row.error_message = False, None, None
        self._session.flush()
        return record_from(row, Job)

    def _audit(self, action: AuditAction, row: JobRow) -> None:
        record_audit(self._session, action, "job", row.id, tenant_id=row.tenant_id, kind=row.kind)

    def _row(self, job_id: str) -> JobRow:
        """The job as it is now; others change neither it nor what it is for until the transaction ends."""
        tenant_id = self._session.scalar(select(JobRow.tenant_id).where(JobRow.id == job_id))
        if tenant_id is not None:
            lock_tenant(self._session, tenant_id)
        row = self._session.get(JobRow, job_id, with_for_update=True)
        if row is None:
            raise NotFound("No such job.", param="job_id")
        return row
