"""Tables of tenants and their API keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.tenants import TenantStatus
from app.storage.sql.tables.base import Base, StateText, id_column, now, tenant_column, varchar


class TenantRow(Base):
    """A tenant, with its active embedding model."""

    __tablename__ = "tenants"

    id: Mapped[str] = id_column("ten")
    name: Mapped[str] = mapped_column(varchar(200), unique=True)
    status: Mapped[TenantStatus] = mapped_column(StateText(TenantStatus), default=TenantStatus.ACTIVE)
    served_at: Mapped[datetime | None]  # when a worker last claimed one of its jobs; the longest ago is next
    embeddings: Mapped[str | None] = mapped_column(varchar(64))  # fingerprint of the active embedding model
    created_at: Mapped[datetime] = mapped_column(default=now)


class ApiKeyRow(Base):
    """An API key of a tenant; only the hash of its secret is stored."""

    __tablename__ = "api_keys"

    id: Mapped[str] = id_column("key")
    tenant_id: Mapped[str] = tenant_column()
    label: Mapped[str] = mapped_column(varchar(200), default="")
    prefix: Mapped[str] = mapped_column(varchar(16), index=True)
    secret_hash: Mapped[str] = mapped_column(varchar(64), unique=True)
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class LinkKeyRow(Base):
    """The key by which a tenant's links are signed."""

    __tablename__ = "link_keys"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
