"""Table of idempotency keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.sql.tables.base import Base, now, varchar


class IdempotencyRow(Base):
    """An idempotency key of one caller and operation, reserved or with its response."""

    __tablename__ = "idempotency_keys"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    caller: Mapped[str] = mapped_column(varchar(64), primary_key=True)
    operation: Mapped[str] = mapped_column(varchar(200), primary_key=True)
    key: Mapped[str] = mapped_column(varchar(255), primary_key=True)
    body_hash: Mapped[str] = mapped_column(varchar(64))
    status: Mapped[int]
    media_type: Mapped[str] = mapped_column(varchar(100))
    body: Mapped[bytes]
    lease_token: Mapped[str | None] = mapped_column(varchar(64))  # of the request in progress; NULL: completed
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
