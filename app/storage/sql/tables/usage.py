"""Tables of the limits of tenants, of what they used on each day, and of what they have."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.sql.tables.base import Base, varchar


class TenantLimitsRow(Base):
    """The limits that were set for one tenant: by owner (tenant, key, token) and resource; and its quotas."""

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


class TenantTotalsRow(Base):
    """What a tenant has, kept in the transactions that change it: see app/storage/sql/totals.py."""

    __tablename__ = "tenant_totals"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    documents: Mapped[int] = mapped_column(default=0)
    stored_bytes: Mapped[int] = mapped_column(default=0)
