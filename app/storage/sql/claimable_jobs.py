"""Which jobs of the queue may be claimed, and which of them is next: conditions and statements."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app.domain.jobs import JobStatus
from app.domain.tenants import TenantStatus
from app.storage.sql.dialects.clock import moment
from app.storage.sql.tables import JobRow, QueuePauseRow, TenantRow


@lru_cache(maxsize=64)
def claimable(kinds: tuple[str, ...]) -> Any:
    """The statement that finds any job that may be claimed, cached because workers run it ten times a second."""
    due = or_(
        and_(is_due(JobRow), JobRow.tenant_id.not_in(_served(kinds))),
        is_lost(JobRow),
    )
    return select(JobRow.id).where(JobRow.kind.in_(kinds), due, JobRow.tenant_id.not_in(suspended())).limit(1)


@lru_cache(maxsize=64)
def awaited(kinds: tuple[str, ...]) -> Any:
    """The statement that finds any job of another tenant than `tenant_id` that may be claimed."""
    others = JobRow.kind.in_(kinds), is_due(JobRow), JobRow.tenant_id != bindparam("tenant_id")
    blocked = _served(kinds).union_all(select(QueuePauseRow.scope), suspended())
    return select(JobRow.id).where(*others, JobRow.tenant_id.not_in(blocked)).limit(1)


@lru_cache(maxsize=64)
def next_job(kinds: tuple[str, ...]) -> Any:
    """The statement that finds the next job: the tenant first, then its oldest job, in one pass over waiting jobs."""
    other = aliased(JobRow)
    documents = select(_document(other, "none")).where(is_leased(other), other.kind.in_(kinds))
    mine = JobRow.kind.in_(kinds), is_free(JobRow), _document(JobRow, "").not_in(documents)
    running = (
        select(func.count())
        .where(other.tenant_id == TenantRow.id, is_leased(other))
        .where(other.kind.in_(kinds))  # a long training holds up no document
        .correlate(TenantRow)
        .scalar_subquery()
    )
    tenant = (
        select(TenantRow.id)
        .where(TenantRow.id.in_(select(JobRow.tenant_id).where(*mine)), running < bindparam("per_tenant"))
        .where(TenantRow.id.not_in(select(QueuePauseRow.scope)), TenantRow.status == TenantStatus.ACTIVE)
        .order_by(running, TenantRow.served_at.asc().nulls_first(), TenantRow.id)
        .limit(1)
        .scalar_subquery()
    )
    oldest = select(JobRow.id).where(*mine, JobRow.tenant_id == tenant)
    return oldest.order_by(urgency(kinds), JobRow.created_at, JobRow.id).limit(1)


def suspended() -> Select[str]:
    """The tenants whose jobs wait until they are active again."""
    return select(TenantRow.id).where(TenantRow.status != TenantStatus.ACTIVE)


def is_free(jobs: Any) -> ColumnElement[bool]:
    """Whether a job may be claimed."""
    return or_(is_due(jobs), is_lost(jobs))


def is_due(jobs: Any) -> ColumnElement[bool]:
    """Whether it waits, and need not wait longer."""
    return and_(jobs.status == JobStatus.QUEUED, jobs.run_after <= moment())


def is_leased(jobs: Any) -> ColumnElement[bool]:
    """Whether a worker has it."""
    return and_(jobs.status == JobStatus.RUNNING, jobs.lease_until >= moment())


def is_lost(jobs: Any) -> ColumnElement[bool]:
    """Whether its worker has died or lost its lease."""
    return and_(jobs.status == JobStatus.RUNNING, jobs.lease_until < moment())


def urgency(kinds: Sequence[str]) -> Any:
    """Sorts jobs by the place of their kind in `kinds`."""
    return case({kind: place for place, kind in enumerate(kinds)}, value=JobRow.kind)


def _served(kinds: tuple[str, ...]) -> Select[str]:
    """The tenants that have `per_tenant` jobs of these kinds running."""
    other = aliased(JobRow)
    return (
        select(other.tenant_id)
        .where(other.kind.in_(kinds), is_leased(other))
        .group_by(other.tenant_id)
        .having(func.count() >= bindparam("per_tenant"))
    )


def _document(jobs: Any, otherwise: str) -> Any:
    """The id of the document that a job is for; `otherwise` if it is for none."""
    return func.coalesce(jobs.payload["document_id"].as_string(), otherwise)
