"""Table of the tokens of end users."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.sql.tables.base import SEARCHED_JSON, Base, id_column, now, varchar


class TokenRow(Base):
    """A short-lived token that an API key made for an end user; only the hash of its secret is stored."""

    __tablename__ = "tokens"
    __table_args__ = (Index("ix_tokens_tenant_id_expires_at", "tenant_id", "expires_at"),)

    id: Mapped[str] = id_column("tok")
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"))
    key_id: Mapped[str] = mapped_column(ForeignKey("api_keys.id", ondelete="CASCADE"), index=True)
    user: Mapped[str] = mapped_column(varchar(200))
    prefix: Mapped[str] = mapped_column(varchar(16), index=True)
    secret_hash: Mapped[str] = mapped_column(varchar(64), unique=True)
    scopes: Mapped[list[str]]
    groups: Mapped[list[str]]
    collections: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # NULL: all
    adapter: Mapped[str | None] = mapped_column(varchar(200))
    origins: Mapped[list[str]] = mapped_column(SEARCHED_JSON)
    max_requests: Mapped[int]
    requests: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]
