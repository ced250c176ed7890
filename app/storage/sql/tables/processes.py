"""Tables of what the processes of one service tell each other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Double, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.processes import ProcessKind
from app.storage.sql.tables.base import Base, StateText, id_column, now, tenant_column, varchar


class ProcessRow(Base):
    """A process of the service, and its last sign of life."""

    __tablename__ = "processes"

    id: Mapped[str] = id_column("proc")
    kind: Mapped[ProcessKind] = mapped_column(StateText(ProcessKind))
    node: Mapped[str] = mapped_column(varchar(200))
    pid: Mapped[int]
    version: Mapped[str] = mapped_column(varchar(64))
    draining: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)


class LiveAnswerRow(Base):
    """A streamed answer at work in one process, and what readers at other processes ask of it."""

    __tablename__ = "live_answers"

    turn_id: Mapped[str] = mapped_column(varchar(64), primary_key=True)
    tenant_id: Mapped[str] = tenant_column()
    user: Mapped[str | None] = mapped_column(varchar(200))
    process_id: Mapped[str] = mapped_column(ForeignKey("processes.id", ondelete="CASCADE"), index=True)
    stop_requested: Mapped[bool] = mapped_column(default=False)
    read_at: Mapped[datetime | None]  # by a reader at another process, last


class RateBucketRow(Base):
    """What is left of one limit a minute, for all processes."""

    __tablename__ = "rate_buckets"

    owner_id: Mapped[str] = mapped_column(varchar(64), primary_key=True)  # of a tenant, a key or a token
    resource: Mapped[str] = mapped_column(varchar(16), primary_key=True)
    level: Mapped[float] = mapped_column(Double)  # negative: more was used than was there
    granted: Mapped[float] = mapped_column(Double)  # to the process that asked last
    filled_at: Mapped[float] = mapped_column(Double)  # moment of `level`, in seconds since 1970 of the database's clock


class OneTimeValueRow(Base):
    """A value that can be had once, for a short time. Its name is hashed: who reads the table cannot use it."""

    __tablename__ = "one_time_values"

    name_hash: Mapped[str] = mapped_column(varchar(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    ends_at: Mapped[datetime] = mapped_column(index=True)


class ServiceSecretRow(Base):
    """A secret that all processes share, made by the first one that needs it."""

    __tablename__ = "service_secrets"

    name: Mapped[str] = mapped_column(varchar(64), primary_key=True)
    secret: Mapped[str] = mapped_column(varchar(64))
