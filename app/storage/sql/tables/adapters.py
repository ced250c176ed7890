"""Tables of adapter versions, the documents they learned from, deployments and canaries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.adapters import AdapterOrigin
from app.storage.sql.tables.base import Base, StateText, now, tenant_column, varchar


class AdapterVersionRow(Base):
    """An immutable adapter version; its files lie in the adapters folder."""

    __tablename__ = "adapter_versions"
    __table_args__ = (UniqueConstraint("tenant_id", "name", "version"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    name: Mapped[str] = mapped_column(varchar(64))
    version: Mapped[str] = mapped_column(varchar(64))
    path: Mapped[str] = mapped_column(varchar(500))
    rank: Mapped[int]
    alpha: Mapped[float]
    target_modules: Mapped[list[str]]
    size_bytes: Mapped[int]
    base_fingerprint: Mapped[str] = mapped_column(varchar(64))
    origin: Mapped[AdapterOrigin] = mapped_column(StateText(AdapterOrigin), default=AdapterOrigin.UPLOAD)
    parents: Mapped[list[str]] = mapped_column(
        default=list
    )  # "name@version" of the adapters that were merged or compressed
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the recipe, or the compression figures
    created_at: Mapped[datetime] = mapped_column(default=now)


class AdapterSourceRow(Base):
    """A document that an adapter version was trained on. It outlives the document, and so shows a stale version."""

    __tablename__ = "adapter_sources"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    adapter_version_id: Mapped[int] = mapped_column(ForeignKey("adapter_versions.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[str] = mapped_column(varchar(64), index=True)  # no foreign key
    filename: Mapped[str] = mapped_column(varchar(1000))


class DeploymentRow(Base):
    """History of the tenant's active adapter; the newest row is in force. NULL: the base model."""

    __tablename__ = "adapter_activations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    adapter_version_id: Mapped[int | None] = mapped_column(ForeignKey("adapter_versions.id", ondelete="CASCADE"))
    previous_id: Mapped[int | None]  # the deployment that a rollback of this one returns to
    evaluation_id: Mapped[str | None] = mapped_column(varchar(64))  # the evaluation whose verdict allowed it
    override_reason: Mapped[str | None] = mapped_column(Text)  # the reason to activate it without such a verdict
    actor: Mapped[str | None] = mapped_column(varchar(64))  # id of the API key
    created_at: Mapped[datetime] = mapped_column(default=now)


class AdapterCanaryRow(Base):
    """The version that answers a share of a tenant's requests."""

    __tablename__ = "adapter_canaries"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    adapter_version_id: Mapped[int] = mapped_column(ForeignKey("adapter_versions.id", ondelete="CASCADE"))
    share: Mapped[float]  # 0 to 1
    created_at: Mapped[datetime] = mapped_column(default=now)
