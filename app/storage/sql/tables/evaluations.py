"""Tables of evaluations, of a tenant's questions and of adapter versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.evaluations import EvaluationSide, GateVerdict
from app.domain.jobs import JobStatus
from app.storage.sql.tables.base import Base, StateText, id_column, now, tenant_column, varchar


class EvaluationRow(Base):
    """An evaluation of a tenant's own questions over its documents."""

    __tablename__ = "evaluations"

    id: Mapped[str] = id_column("ev")
    tenant_id: Mapped[str] = tenant_column()
    name: Mapped[str] = mapped_column(varchar(200))
    adapter: Mapped[str | None] = mapped_column(varchar(140))  # "name@version"; NULL: the base model
    status: Mapped[JobStatus] = mapped_column(StateText(JobStatus), default=JobStatus.QUEUED)
    cases: Mapped[str] = mapped_column(Text)  # as submitted
    progress: Mapped[float] = mapped_column(default=0.0)
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error_code: Mapped[str | None] = mapped_column(varchar(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    job_id: Mapped[str | None] = mapped_column(varchar(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class EvaluationResultRow(Base):
    """The result of one case in one part of an evaluation."""

    __tablename__ = "evaluation_results"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    evaluation_id: Mapped[str] = mapped_column(ForeignKey("evaluations.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(varchar(300))
    case_id: Mapped[str] = mapped_column(Text)
    figures: Mapped[dict[str, Any]]


class AdapterEvaluationRow(Base):
    """An evaluation of an adapter version against the version it would replace."""

    __tablename__ = "adapter_evaluations"

    id: Mapped[str] = id_column("aev")
    tenant_id: Mapped[str] = tenant_column()
    adapter_version_id: Mapped[int] = mapped_column(ForeignKey("adapter_versions.id", ondelete="CASCADE"), index=True)
    against: Mapped[str] = mapped_column(varchar(140))  # "base" or "name@version"
    status: Mapped[JobStatus] = mapped_column(StateText(JobStatus), default=JobStatus.QUEUED)
    base_fingerprint: Mapped[str] = mapped_column(varchar(64), default="")  # of the base that answered; "": not begun
    cases: Mapped[str] = mapped_column(Text)  # as submitted
    progress: Mapped[float] = mapped_column(default=0.0)
    verdict: Mapped[GateVerdict | None] = mapped_column(StateText(GateVerdict))
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error_code: Mapped[str | None] = mapped_column(varchar(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    job_id: Mapped[str | None] = mapped_column(varchar(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class AdapterObservationRow(Base):
    """How one side of an adapter evaluation answered one case. Deleted when the evaluation ends."""

    __tablename__ = "adapter_observations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    evaluation_id: Mapped[str] = mapped_column(ForeignKey("adapter_evaluations.id", ondelete="CASCADE"), index=True)
    side: Mapped[EvaluationSide] = mapped_column(StateText(EvaluationSide))
    case_id: Mapped[str] = mapped_column(Text)
    prompt_sha256: Mapped[str] = mapped_column(varchar(64))  # of the prompt
    figures: Mapped[dict[str, Any]]
