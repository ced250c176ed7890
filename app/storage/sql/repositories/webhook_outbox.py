"""Queues the deliveries of an event, in the transaction that makes the event true."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.jobs import JobKind
from app.domain.webhooks import WebhookEvent
from app.storage.sql.repositories.jobs import Jobs
from app.storage.sql.tables import DeliveryRow, WebhookRow


def emit(session: Session, tenant_id: str, event: WebhookEvent, data: dict[str, Any]) -> None:
    """Queue a delivery for every enabled webhook of the tenant that asks for the event."""
    mine = WebhookRow.tenant_id == tenant_id, WebhookRow.enabled
    for webhook in session.scalars(select(WebhookRow).where(*mine)).all():
        if event in webhook.events:
            queue_delivery(session, webhook, event, data)


def queue_delivery(session: Session, webhook: WebhookRow, event: WebhookEvent, data: dict[str, Any]) -> DeliveryRow:
    """Queue one delivery to a webhook."""
    row = DeliveryRow(tenant_id=webhook.tenant_id, webhook_id=webhook.id, event=event, data=data)
    session.add(row)
    session.flush()
    Jobs(session, webhook.tenant_id).create(JobKind.DELIVER, {"delivery_id": row.id})
    return row
