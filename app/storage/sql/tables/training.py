"""Tables of datasets and trainings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.training import DatasetOrigin, TrainingStatus
from app.storage.sql.tables.base import Base, PlainText, StateText, id_column, now, tenant_column, varchar


class DatasetRow(Base):
    """One version of a tenant's training rows. The rows themselves are a JSONL blob."""

    __tablename__ = "datasets"
    __table_args__ = (UniqueConstraint("tenant_id", "name", "version"),)

    id: Mapped[str] = id_column("ds")
    tenant_id: Mapped[str] = tenant_column()
    name: Mapped[str] = mapped_column(varchar(64))
    version: Mapped[int]
    origin: Mapped[DatasetOrigin] = mapped_column(StateText(DatasetOrigin))
    blob: Mapped[str] = mapped_column(varchar(200), index=True)
    sha256: Mapped[str] = mapped_column(varchar(64))
    size_bytes: Mapped[int]
    report: Mapped[dict[str, Any]]  # of the validation
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # sources, and how it was made
    base_fingerprint: Mapped[str] = mapped_column(
        varchar(64)
    )  # of the base model whose chat template it was validated with
    created_at: Mapped[datetime] = mapped_column(default=now)


class TrainingRow(Base):
    """A training. It remains when its dataset is deleted."""

    __tablename__ = "trainings"

    id: Mapped[str] = id_column("ftjob")
    tenant_id: Mapped[str] = tenant_column()
    adapter: Mapped[str] = mapped_column("adapter_name", varchar(64))
    dataset_id: Mapped[str] = mapped_column(varchar(64), index=True)  # no foreign key
    dataset_label: Mapped[str] = mapped_column(varchar(80))
    status: Mapped[TrainingStatus] = mapped_column(StateText(TrainingStatus, 20), default=TrainingStatus.QUEUED)
    recipe: Mapped[dict[str, Any]]
    evaluation_share: Mapped[float]
    search_request: Mapped[dict[str, Any] | None] = mapped_column("search_asked")  # grid and budget
    search_state: Mapped[dict[str, Any] | None] = mapped_column("search")  # trials, and the chosen one
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of the newest step
    eta_s: Mapped[float | None]
    trained_adapter: Mapped[str | None] = mapped_column("adapter", varchar(140))  # "name@version"
    evaluation_id: Mapped[str | None] = mapped_column(varchar(64))
    error_code: Mapped[str | None] = mapped_column(varchar(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    job_id: Mapped[str | None] = mapped_column(varchar(64))
    pausing: Mapped[bool] = mapped_column(default=False)  # its job was cancelled to pause it
    client: Mapped[dict[str, Any]] = mapped_column(default=dict)  # fields that a client of OpenAI gets back
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class TrainingEventRow(Base):
    """One event of a training."""

    __tablename__ = "training_events"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    training_id: Mapped[str] = mapped_column(ForeignKey("trainings.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(PlainText(32))
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)


class TrainingPointRow(Base):
    """One step of the loss curve."""

    __tablename__ = "training_points"

    training_id: Mapped[str] = mapped_column(ForeignKey("trainings.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tenant_id: Mapped[str] = tenant_column()
    figures: Mapped[dict[str, Any]]
