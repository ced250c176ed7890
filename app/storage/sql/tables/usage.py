"""Tables of the limits of tenants, and of what they used on each day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.sql.tables.base import Base, varchar


class TenantLimitsRow(Base):
    """The limits a minute that were set for one tenant: by owner (tenant, key, token) and resource."""

    __tablename__ = "tenant_limits"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    limits: Mapped[dict[str, Any]]


class UsageDayRow(Base):
    """What a tenant's end user used on a day (UTC); the user "" stands for requests that name none."""

    __tablename__ = "usage_days"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    user: Mapped[str] = mapped_column(varchar(200), primary_key=True)
    requests: Mapped[int] = mapped_column(default=0)
    prompt_tokens: Mapped[int] = mapped_column(default=0)
    completion_tokens: Mapped[int] = mapped_column(default=0)
    uploads: Mapped[int] = mapped_column(default=0)
