"""Table of the audit log. Rows are added, and old ones deleted as a setting says; triggers refuse everything else.

A version that rebuilds the table on SQLite has to make the triggers of `audit_trigger` again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.actors import ActorKind
from app.domain.audit import AuditOutcome
from app.storage.sql.tables.base import Base, PlainText, StateText, id_column, now, varchar

DELETIONS = text("action = 'audit.deleted'")


class AuditRow(Base):
    """Who did what. No foreign key: an entry outlives the tenant, key and object that it names."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_created_at", "created_at", "id"),
        Index("ix_audit_log_tenant_id", "tenant_id", "created_at", "id"),
        Index("ix_audit_log_deletions", "created_at", "id", sqlite_where=DELETIONS, postgresql_where=DELETIONS),
    )

    id: Mapped[str] = id_column("aud")
    created_at: Mapped[datetime] = mapped_column(default=now)
    tenant_id: Mapped[str | None] = mapped_column(varchar(64))
    action: Mapped[str] = mapped_column(PlainText(64))
    outcome: Mapped[AuditOutcome] = mapped_column(StateText(AuditOutcome))
    count: Mapped[int]
    target_kind: Mapped[str] = mapped_column(varchar(32))
    target_id: Mapped[str] = mapped_column(varchar(400))
    actor_kind: Mapped[ActorKind] = mapped_column(StateText(ActorKind))
    actor_tenant_id: Mapped[str] = mapped_column(varchar(64))
    key_id: Mapped[str] = mapped_column(varchar(64))
    token_id: Mapped[str] = mapped_column(varchar(64))
    user: Mapped[str] = mapped_column(varchar(200))
    address: Mapped[str] = mapped_column(varchar(64))
    request_id: Mapped[str] = mapped_column(varchar(64))
    details: Mapped[dict[str, Any]]
