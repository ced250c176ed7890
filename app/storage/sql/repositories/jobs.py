"""Jobs of a tenant, and the lease under which a worker runs one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.jobs import UNFINISHED_JOB, Job, JobStatus
from app.domain.training import TrainingStatus
from app.errors import Conflict, NotFound
from app.storage.sql.dialects.clock import moment
from app.storage.sql.records import record_from
from app.storage.sql.tables import AdapterEvaluationRow, EvaluationRow, JobRow, TrainingRow, now

LAST_CHARACTER = chr(0x10FFFF)


@dataclass(frozen=True, slots=True)
class Lease:
    """The token of a claim. It becomes invalid when another worker claims the job, which gets a new token."""

    job_id: str
    token: str


def holds_lease(session: Session, lease: Lease) -> bool:
    mine = (JobRow.id == lease.job_id, JobRow.lease_token == lease.token, JobRow.status == JobStatus.RUNNING)
    return session.scalar(select(JobRow.id).where(*mine)) is not None


def require_lease(session: Session, lease: Lease | None) -> None:
    """Raises Conflict if another worker has the job; None is work outside a job."""
    if lease is not None and not holds_lease(session, lease):
        raise Conflict("Another worker took this job over.", code="lease_lost")


def record_outcome(
    row: AdapterEvaluationRow | EvaluationRow | TrainingRow, status: JobStatus, code: str | None, message: str | None
) -> None:
    """Set the status and error of a row whose job failed, was cancelled, or (`queued`) will be tried again."""
    if isinstance(row, TrainingRow):
        row.status = TrainingStatus(status)
    else:
        row.status = status
    row.error_code, row.error_message = code, message
    row.finished_at = None if status == JobStatus.QUEUED else now()


class Jobs:
    """Creates, reads and cancels the jobs of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def create(self, kind: str, payload: dict[str, Any], idempotency_key: str | None = None) -> Job:
        """Queue a job. Returns the existing one if there is a job of this kind and key."""
        if idempotency_key is not None:
            same = (JobRow.kind == kind, JobRow.idempotency_key == idempotency_key)
            row = self._session.scalar(select(JobRow).where(JobRow.tenant_id == self._tenant_id, *same))
            if row is not None:
                return record_from(row, Job)
        row = JobRow(tenant_id=self._tenant_id, kind=kind, payload=payload, idempotency_key=idempotency_key)
        begun: Any = moment()  # an expression, whose value is read back
        row.created_at = row.run_after = begun
        self._session.add(row)
        self._session.flush()
        return record_from(row, Job)

    def create_again(self, kind: str, payload: dict[str, Any], key: str) -> bool:
        """Queue a job unless one of that key is queued, running or failed. Returns whether it was queued."""
        same = JobRow.tenant_id == self._tenant_id, JobRow.kind == kind, JobRow.idempotency_key == key
        row = self._session.scalar(select(JobRow).where(*same))
        if row is not None and row.status not in {JobStatus.SUCCEEDED, JobStatus.CANCELLED}:
            return False
        if row is not None:
            self._session.delete(row)
            self._session.flush()
        self.create(kind, payload, key)
        return True

    def failed(self, kind: str, key: str) -> bool:
        """Whether the job of that key failed."""
        same = JobRow.tenant_id == self._tenant_id, JobRow.kind == kind, JobRow.idempotency_key == key
        return self._session.scalar(select(JobRow.id).where(*same, JobRow.status == JobStatus.FAILED)) is not None

    def unfinished(self, kinds: Sequence[str]) -> int:
        """The number of queued and running jobs of those kinds."""
        mine = JobRow.tenant_id == self._tenant_id, JobRow.kind.in_(kinds), JobRow.status.in_(UNFINISHED_JOB)
        return self._session.scalar(select(func.count()).select_from(JobRow).where(*mine)) or 0

    def get(self, job_id: str) -> Job:
        return record_from(self._row(job_id), Job)

    def cancel(self, job_id: str) -> Job:
        """Cancel a queued job at once; ask a running one to stop. A finished job does not change."""
        row = self._row(job_id, lock=True)  # no worker claims it meanwhile
        if row.status in UNFINISHED_JOB:
            row.cancel_requested = True
        if row.status == JobStatus.QUEUED:
            row.status = JobStatus.CANCELLED
        return record_from(row, Job)

    def cancel_keyed(self, kinds: Sequence[str], prefix: str) -> None:
        """Cancel, as `cancel`, the unfinished jobs of these kinds whose key begins with `prefix`."""
        mine = JobRow.tenant_id == self._tenant_id, JobRow.kind.in_(kinds), JobRow.status.in_(UNFINISHED_JOB)
        keyed = JobRow.idempotency_key.between(prefix, prefix + LAST_CHARACTER)  # a range, which the index finds
        for job_id in self._session.scalars(select(JobRow.id).where(*mine, keyed)).all():
            self.cancel(job_id)

    def _row(self, job_id: str, *, lock: bool = False) -> JobRow:
        """A job of the tenant; with `lock` as it is now, and unchanged by others until the transaction ends."""
        query = select(JobRow).where(JobRow.tenant_id == self._tenant_id, JobRow.id == job_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        row = self._session.scalar(query)
        if row is None:
            raise NotFound("No such job.")
        return row
