"""Tables of webhooks and their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.webhooks import DeliveryStatus
from app.storage.sql.tables.base import Base, PlainText, StateText, id_column, now, tenant_column, varchar


class WebhookRow(Base):
    """A URL that gets a tenant's events, with the secret that signs them."""

    __tablename__ = "webhooks"

    id: Mapped[str] = id_column("whk")
    tenant_id: Mapped[str] = tenant_column()
    url: Mapped[str] = mapped_column(Text)
    events: Mapped[list[str]]
    description: Mapped[str] = mapped_column(varchar(200), default="")
    secret: Mapped[str] = mapped_column(varchar(100))
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class DeliveryRow(Base):
    """An event for a webhook, delivered by a job."""

    __tablename__ = "webhook_deliveries"

    id: Mapped[str] = id_column("evt")
    tenant_id: Mapped[str] = tenant_column()
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"), index=True)
    event: Mapped[str] = mapped_column(PlainText(32))
    data: Mapped[dict[str, Any]]
    status: Mapped[DeliveryStatus] = mapped_column(StateText(DeliveryStatus), default=DeliveryStatus.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    response_status: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    finished_at: Mapped[datetime | None]
