"""Tables of background jobs and pauses of their queue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.jobs import JobStatus
from app.storage.sql.tables.base import Base, PlainText, StateText, id_column, now, tenant_column, varchar


def _partial_index(name: str, column: str, status: JobStatus) -> Index:
    """PostgreSQL's index of the jobs of one status: those that have ended, by far the most, are in none."""
    of_status = text(f"status = '{status.value}'")
    index = Index(name, column, postgresql_where=of_status, info={"dialect": "postgresql"})
    return index.ddl_if(dialect="postgresql")


UNFINISHED = f"status IN ('{JobStatus.QUEUED.value}', '{JobStatus.RUNNING.value}')"  # as a query must say it, too


class JobRow(Base):
    """A background job, and the lease of the worker that runs it."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("tenant_id", "kind", "idempotency_key"),
        Index("ix_jobs_claim", "status", "run_after").ddl_if(dialect="sqlite"),
        _partial_index("ix_jobs_due", "run_after", JobStatus.QUEUED),
        _partial_index("ix_jobs_lease", "lease_until", JobStatus.RUNNING),
        Index(
            "ix_jobs_unfinished",
            *("tenant_id", "kind"),
            sqlite_where=text(UNFINISHED),
            postgresql_where=text(UNFINISHED),
        ),
    )

    id: Mapped[str] = id_column("job")
    tenant_id: Mapped[str] = tenant_column()
    kind: Mapped[str] = mapped_column(PlainText(32))
    payload: Mapped[dict[str, Any]]
    idempotency_key: Mapped[str | None] = mapped_column(varchar(255))
    status: Mapped[JobStatus] = mapped_column(StateText(JobStatus), default=JobStatus.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None] = mapped_column(varchar(64))
    lease_until: Mapped[datetime | None]
    run_after: Mapped[datetime] = mapped_column(default=now)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    error_code: Mapped[str | None] = mapped_column(varchar(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class QueuePauseRow(Base):
    """While this row exists, no job starts: of one tenant, or of any."""

    __tablename__ = "queue_pauses"

    scope: Mapped[str] = mapped_column(varchar(64), primary_key=True)  # a tenant's id, or "*"
    since: Mapped[datetime] = mapped_column(default=now)
