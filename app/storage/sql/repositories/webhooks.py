"""Webhooks of a tenant, and the deliveries of their events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.jobs import JobKind, JobStatus
from app.domain.pagination import Order, Page
from app.domain.webhooks import Delivery, DeliveryStatus, Webhook, WebhookEvent
from app.errors import Conflict, NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.pagination import paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.repositories.jobs import Jobs
from app.storage.sql.repositories.webhook_outbox import queue_delivery
from app.storage.sql.tables import DeliveryRow, WebhookRow, now

MOST_WEBHOOKS = 20  # of a tenant: each event is delivered to all of them


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an attempt to deliver needs."""

    delivery: Delivery
    url: str
    secret: str


class Webhooks:
    """Creates, reads, changes and deletes the webhooks of one tenant, and records their deliveries."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def create(self, url: str, events: Sequence[str], description: str, enabled: bool, secret: str) -> Webhook:
        """Raises Conflict if the tenant has as many as it may."""
        mine = select(func.count()).select_from(WebhookRow).where(WebhookRow.tenant_id == self._tenant_id)
        if (self._session.scalar(mine) or 0) >= MOST_WEBHOOKS:
            raise Conflict(f"A tenant has {MOST_WEBHOOKS} webhooks at most; delete one.", code="too_many_webhooks")
        row = WebhookRow(
            tenant_id=self._tenant_id,
            url=url,
            events=list(events),
            description=description,
            enabled=enabled,
            secret=secret,
        )
        self._session.add(row)
        self._session.flush()
        self._audit(AuditAction.WEBHOOK_CREATED, row)
        return record_from(row, Webhook)

    def get(self, webhook_id: str) -> Webhook:
        return record_from(self._row(webhook_id), Webhook)

    def page(self, *, limit: int = 20, after: str | None = None, order: Order = "desc") -> Page[Webhook]:
        return paginate(
            self._session,
            select(WebhookRow).where(WebhookRow.tenant_id == self._tenant_id),
            keys=(WebhookRow.created_at, WebhookRow.id),
            to_record=record_mapper(Webhook),
            limit=limit,
            after=after,
            order=order,
        )

    def update(
        self,
        webhook_id: str,
        *,
        url: str | None = None,
        events: Sequence[str] | None = None,
        description: str | None = None,
        enabled: bool | None = None,
    ) -> Webhook:
        """None leaves a value as it is."""
        row = self._row(webhook_id)
        row.url = row.url if url is None else url
        row.events = row.events if events is None else list(events)
        row.description = row.description if description is None else description
        row.enabled = row.enabled if enabled is None else enabled
        self._audit(AuditAction.WEBHOOK_CHANGED, row)
        return record_from(row, Webhook)

    def delete(self, webhook_id: str) -> None:
        """Delete a webhook with its deliveries; what is queued is not sent."""
        row = self._row(webhook_id)
        self._audit(AuditAction.WEBHOOK_DELETED, row)
        self._session.execute(delete(WebhookRow).where(WebhookRow.id == row.id))

    def test(self, webhook_id: str) -> Delivery:
        """Queue a delivery of the test event, also to a disabled webhook."""
        row = queue_delivery(self._session, self._row(webhook_id), WebhookEvent.TEST, {"webhook_id": webhook_id})
        return record_from(row, Delivery)

    def deliveries(
        self,
        webhook_id: str,
        *,
        status: DeliveryStatus | None = None,
        limit: int = 20,
        after: str | None = None,
        order: Order = "desc",
    ) -> Page[Delivery]:
        mine = self._deliveries().where(DeliveryRow.webhook_id == self._row(webhook_id).id)
        return paginate(
            self._session,
            mine if status is None else mine.where(DeliveryRow.status == status),
            keys=(DeliveryRow.created_at, DeliveryRow.id),
            to_record=record_mapper(Delivery),
            limit=limit,
            after=after,
            order=order,
            scope=mine,
        )

    def deliver_again(self, webhook_id: str, delivery_id: str) -> Delivery:
        """Queue a delivery that has ended once more. Raises Conflict while it is pending."""
        row = self._delivery(delivery_id)
        if row.webhook_id != self._row(webhook_id).id:
            raise _no_delivery()
        if row.status == DeliveryStatus.PENDING:
            raise Conflict("The delivery is on its way.")
        row.status, row.finished_at = DeliveryStatus.PENDING, None
        Jobs(self._session, self._tenant_id).create(JobKind.DELIVER, {"delivery_id": row.id})
        return record_from(row, Delivery)

    def attempt(self, delivery_id: str) -> Attempt:
        """What the next attempt sends. Raises NotFound if the webhook was deleted."""
        row = self._delivery(delivery_id)
        webhook = self._row(row.webhook_id)
        return Attempt(record_from(row, Delivery), webhook.url, webhook.secret)

    def record_attempt(self, delivery_id: str, response_status: int | None, error: str | None) -> None:
        """Record what came of an attempt; `error` None: it was delivered."""
        row = self._delivery(delivery_id)
        row.attempts += 1
        row.response_status, row.error = response_status, error
        if error is None:
            row.status, row.finished_at = DeliveryStatus.DELIVERED, now()

    def record_outcome(self, delivery_id: str, status: JobStatus, code: str, message: str) -> None:
        """Record that its job failed for good. A delivered one does not change."""
        del code
        row = self._delivery(delivery_id)
        if status in {JobStatus.FAILED, JobStatus.CANCELLED} and row.status == DeliveryStatus.PENDING:
            row.status, row.finished_at = DeliveryStatus.FAILED, now()
            row.error = row.error or message

    def _audit(self, action: AuditAction, row: WebhookRow) -> None:
        """Of the URL the host alone: the rest may hold a secret."""
        details: dict[str, Any] = {
            "host": urlsplit(row.url).hostname or "",
            "events": list(row.events),
            "enabled": row.enabled,
        }
        record_audit(self._session, action, "webhook", row.id, tenant_id=self._tenant_id, **details)

    def _deliveries(self) -> Select[DeliveryRow]:
        return select(DeliveryRow).where(DeliveryRow.tenant_id == self._tenant_id)

    def _delivery(self, delivery_id: str) -> DeliveryRow:
        row = self._session.scalar(self._deliveries().where(DeliveryRow.id == delivery_id))
        if row is None:
            raise _no_delivery()
        return row

    def _row(self, webhook_id: str) -> WebhookRow:
        mine = select(WebhookRow).where(WebhookRow.tenant_id == self._tenant_id)
        row = self._session.scalar(mine.where(WebhookRow.id == webhook_id))
        if row is None:
            raise NotFound("No such webhook.", param="webhook_id")
        return row


def delete_old_deliveries(session: Session, older_than: timedelta) -> None:
    """Delete deliveries of all tenants that have ended and are older than that."""
    ended = DeliveryRow.status != DeliveryStatus.PENDING, DeliveryRow.created_at < now() - older_than
    session.execute(delete(DeliveryRow).where(*ended))


def _no_delivery() -> NotFound:
    return NotFound("No such delivery.", param="delivery_id")
