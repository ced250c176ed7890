"""The queue of background jobs, over the job table.

A worker claims a job under a lease, whose token fences off workers that lost it. Failed jobs are retried with a
backoff; a job whose worker died is claimed again when the lease has run out.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.jobs import Job, JobStatus
from app.domain.tenants import TenantStatus
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.claimable_jobs import awaited, claimable, is_due, is_free, is_leased, is_lost, next_job, urgency
from app.storage.sql.dialects.clock import moment
from app.storage.sql.dialects.locks import CLAIM, lock, lock_tenant
from app.storage.sql.dialects.notify import tell_change
from app.storage.sql.dialects.upsert import insert_into
from app.storage.sql.job_outcome import record_ended
from app.storage.sql.records import record_from
from app.storage.sql.repositories.jobs import Lease
from app.storage.sql.retry_backoff import backoff_s
from app.storage.sql.tables import JobRow, QueuePauseRow, TenantRow

OUTAGE_PAUSE_S = 15.0  # before a job asks again for what was out of reach
EVERYONE = "*"  # scope of a pause


class JobQueue:
    """Claims and records the jobs of all tenants, in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, kinds: Sequence[str], *, lease_s: float, max_attempts: int, per_tenant: int = 1) -> Job | None:
        """Claim the next job of these kinds for `lease_s` seconds. None if there is none.

        The tenant with the fewest running jobs comes first and, among equals, the one served longest ago: a tenant
        with a thousand jobs and one with a single job take turns. Within a tenant the job whose kind is earliest in
        `kinds` comes first, then the oldest. Two jobs on one document never run at once. A job whose lease has run out
        can be claimed again; after `max_attempts` claims it fails as lost_worker.
        """
        lock(self._session, CLAIM)
        self._fail_lost_jobs(max_attempts)
        if not kinds or self.paused(EVERYONE):
            return None
        chosen = self._session.scalar(next_job(tuple(kinds)), {"per_tenant": per_tenant})
        if chosen is None:
            return None
        claimed = self._session.scalar(
            update(JobRow)
            .where(JobRow.id == chosen, is_free(JobRow))  # it may have been cancelled meanwhile
            .values(
                status=JobStatus.RUNNING,
                attempts=JobRow.attempts + 1,
                lease_token=secrets.token_hex(16),
                lease_until=moment(lease_s),
                updated_at=moment(),
            )
            .returning(JobRow)
            .execution_options(populate_existing=True)
        )
        if claimed is None:
            return None
        self._session.execute(update(TenantRow).where(TenantRow.id == claimed.tenant_id).values(served_at=moment()))
        tell_change(self._session, claimed.tenant_id)
        return record_from(claimed, Job)

    def has_claimable(self, kinds: Sequence[str], per_tenant: int = 1) -> bool:
        """Whether `claim` may find a job: a cheap query that needs no write lock."""
        found = self._session.scalar(claimable(tuple(kinds)), {"per_tenant": per_tenant})
        return found is not None and not self.paused(EVERYONE)

    def others_wait(self, kinds: Sequence[str], tenant_id: str, per_tenant: int = 1) -> bool:
        """Whether `claim` might find a job of another tenant than this one."""
        found = self._session.scalar(awaited(tuple(kinds)), {"per_tenant": per_tenant, "tenant_id": tenant_id})
        return found is not None and not self.paused(EVERYONE)

    def upcoming(self, kinds: Sequence[str], most: int) -> list[Job]:
        """The jobs that `claim` would return next, in order, at most `most`; they stay unclaimed."""
        if self.paused(EVERYONE):
            return []
        due = JobRow.kind.in_(kinds), is_due(JobRow)
        order = urgency(kinds), JobRow.created_at, JobRow.id
        turn = func.row_number().over(partition_by=JobRow.tenant_id, order_by=order)
        query = (
            select(JobRow)
            .join(TenantRow, TenantRow.id == JobRow.tenant_id)
            .where(*due, JobRow.tenant_id.not_in(select(QueuePauseRow.scope)))
            .where(TenantRow.status == TenantStatus.ACTIVE)
            .order_by(turn, TenantRow.served_at.asc().nulls_first(), TenantRow.id)
            .limit(most)
        )
        return [record_from(row, Job) for row in self._session.scalars(query)]

    def pause(self, scope: str = EVERYONE) -> None:
        """Let no further job start, of one tenant (by its id) or of all; running jobs continue to their end."""
        new = insert_into(self._session, QueuePauseRow.__table__).values(scope=scope)
        self._session.execute(new.on_conflict_do_nothing())
        self._audit(AuditAction.QUEUE_PAUSED, scope)

    def resume(self, scope: str = EVERYONE) -> None:
        """End a pause of the same scope."""
        self._session.execute(delete(QueuePauseRow).where(QueuePauseRow.scope == scope))
        self._audit(AuditAction.QUEUE_RESUMED, scope)

    def paused(self, scope: str) -> bool:
        return self._session.get(QueuePauseRow, scope) is not None

    def running(self, scope: str = EVERYONE) -> int:
        """The number of jobs under a lease that has not run out."""
        query = select(func.count()).select_from(JobRow).where(is_leased(JobRow))
        if scope != EVERYONE:
            query = query.where(JobRow.tenant_id == scope)
        return self._session.scalar(query) or 0

    def heartbeat(self, lease: Lease, lease_s: float) -> bool:
        """Extend the lease to `lease_s` seconds from now. False if another worker has the job or it has ended."""
        return self._update_leased(lease, lease_until=moment(lease_s))

    def record_progress(self, lease: Lease) -> bool:
        """Reset the attempts: the job has saved progress from which a retry would continue."""
        return self._update_leased(lease, attempts=1)

    def finish(self, lease: Lease) -> bool:
        """Record success. False if the lease is lost."""
        return self._update_leased(lease, status=JobStatus.SUCCEEDED, lease_token=None)

    def record_cancelled(self, lease: Lease) -> bool:
        """Record that the worker stopped on a cancel request. False if the lease is lost."""
        return self._update_leased(lease, status=JobStatus.CANCELLED, lease_token=None)

    def fail(self, lease: Lease, code: str, message: str, *, retry: bool, max_attempts: int) -> JobStatus | None:
        """Record a failure; with `retry` and attempts left, queue the job again after a backoff.

        Returns the job's status now, QUEUED or FAILED; None, and nothing is recorded, if the lease is lost.
        """
        attempts = self._session.scalar(select(JobRow.attempts).where(JobRow.id == lease.job_id)) or 0
        again = retry and attempts < max_attempts
        status = JobStatus.QUEUED if again else JobStatus.FAILED
        later = {"run_after": moment(backoff_s(attempts))} if again else {}
        held = self._update_leased(
            lease, status=status, error_code=code, error_message=message, lease_token=None, **later
        )
        return status if held else None

    def release(self, lease: Lease) -> bool:
        """Queue the job again because the worker stops; the attempt does not count. False if the lease is lost."""
        return self._update_leased(
            lease, status=JobStatus.QUEUED, lease_token=None, lease_until=None, attempts=JobRow.attempts - 1
        )

    def put_off(self, lease: Lease, code: str, message: str) -> bool:
        """Queue the job again after a pause, as what it needs is out of reach; the attempt does not count.

        False if the lease is lost.
        """
        return self._update_leased(
            lease,
            status=JobStatus.QUEUED,
            lease_token=None,
            lease_until=None,
            attempts=JobRow.attempts - 1,
            run_after=moment(OUTAGE_PAUSE_S),
            error_code=code,
            error_message=message,
        )

    def cancel_requested(self, job_id: str) -> bool:
        return bool(self._session.scalar(select(JobRow.cancel_requested).where(JobRow.id == job_id)))

    def is_suspended(self, tenant_id: str) -> bool:
        """Whether the tenant's work waits until it is active again."""
        suspended = TenantRow.id == tenant_id, TenantRow.status != TenantStatus.ACTIVE
        return self._session.scalar(select(TenantRow.id).where(*suspended)) is not None

    def counts(self) -> dict[JobStatus, int]:
        """The number of jobs of each status."""
        rows = self._session.execute(select(JobRow.status, func.count()).group_by(JobRow.status))
        return {row[0]: row[1] for row in rows}

    def _audit(self, action: AuditAction, scope: str) -> None:
        tenant_id = None if scope == EVERYONE else scope
        record_audit(self._session, action, "queue", scope, tenant_id=tenant_id)

    def _fail_lost_jobs(self, max_attempts: int) -> None:
        """Fail the jobs whose workers died `max_attempts` times, and record it on what they were for."""
        code = "lost_worker"
        message = f"The worker died {max_attempts} times on this; it is set aside. Ask again to retry."
        dead = is_lost(JobRow), JobRow.attempts >= max_attempts
        tenants = self._session.scalars(
            select(JobRow.tenant_id).where(*dead).distinct().order_by(JobRow.tenant_id)
        ).all()
        if not tenants:
            return
        for tenant_id in tenants:
            lock_tenant(self._session, tenant_id)
        lost = self._session.scalars(
            update(JobRow)
            .where(*dead)
            .values(status=JobStatus.FAILED, lease_token=None, error_code=code, error_message=message)
            .returning(JobRow)
            .execution_options(populate_existing=True)
        ).all()
        for row in lost:
            record_ended(self._session, record_from(row, Job), JobStatus.FAILED, code, message)

    def _update_leased(self, lease: Lease, **values: Any) -> bool:
        """Update the running job under this lease. False if the lease is lost."""
        mine = (JobRow.id == lease.job_id, JobRow.lease_token == lease.token, JobRow.status == JobStatus.RUNNING)
        changed = self._session.scalar(
            update(JobRow).where(*mine).values(updated_at=moment(), **values).returning(JobRow.tenant_id)
        )
        if changed is not None and "status" in values:
            tell_change(self._session, changed)
        return changed is not None
