"""The rules about webhooks: which URLs they may have, and what becomes of their deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from app.documents.url_fetch import Resolve, checked_url, public_address
from app.domain.pagination import Order, Page
from app.domain.webhooks import CreatedWebhook, Delivery, DeliveryStatus, Webhook
from app.errors import Forbidden
from app.storage.database import Database
from app.webhooks.signature import new_secret


@dataclass(frozen=True, slots=True)
class WebhookChanges:
    """New values; None leaves the value as it is."""

    url: str | None = None
    events: Sequence[str] | None = None
    description: str | None = None
    enabled: bool | None = None


class WebhookService:
    """Webhooks of all tenants; every call names its tenant. Resolves hosts, so it may block for seconds."""

    def __init__(self, db: Database, resolve: Resolve, *, allowed: bool) -> None:
        """`allowed`: whether the operator lets tenants have webhooks."""
        self._db = db
        self._resolve = resolve
        self._allowed = allowed

    def create(
        self, tenant_id: str, url: str, events: Sequence[str], description: str, enabled: bool
    ) -> CreatedWebhook:
        """Raises Forbidden if the operator allows none, InvalidRequest for a URL that is not public, and Conflict."""
        if not self._allowed:
            raise Forbidden(
                "This service sends no webhooks; ask the operator to set LORACLE_WEBHOOKS=true.",
                code="webhooks_disabled",
            )
        self._check(url)
        secret = new_secret()
        with self._db.write_tenant(tenant_id) as store:
            made = store.webhooks.create(url, tuple(dict.fromkeys(events)), description, enabled, secret)
        return CreatedWebhook(**asdict(made), secret=secret)

    def list(self, tenant_id: str, *, limit: int, after: str | None = None, order: Order = "desc") -> Page[Webhook]:
        with self._db.read_tenant(tenant_id) as store:
            return store.webhooks.page(limit=limit, after=after, order=order)

    def get(self, tenant_id: str, webhook_id: str) -> Webhook:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.webhooks.get(webhook_id)

    def update(self, tenant_id: str, webhook_id: str, changes: WebhookChanges) -> Webhook:
        """Raises NotFound, and InvalidRequest if the URL is not public."""
        self.get(tenant_id, webhook_id)
        if changes.url is not None:
            self._check(changes.url)
        with self._db.write_tenant(tenant_id) as store:
            return store.webhooks.update(webhook_id, **asdict(changes))

    def delete(self, tenant_id: str, webhook_id: str) -> None:
        """Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            store.webhooks.delete(webhook_id)

    def test(self, tenant_id: str, webhook_id: str) -> Delivery:
        """Queue a delivery of the test event. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            return store.webhooks.test(webhook_id)

    def deliveries(
        self,
        tenant_id: str,
        webhook_id: str,
        *,
        status: DeliveryStatus | None = None,
        limit: int,
        after: str | None = None,
        order: Order = "desc",
    ) -> Page[Delivery]:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.webhooks.deliveries(webhook_id, status=status, limit=limit, after=after, order=order)

    def deliver_again(self, tenant_id: str, webhook_id: str, delivery_id: str) -> Delivery:
        """Raises NotFound, and Conflict while the delivery is pending."""
        with self._db.write_tenant(tenant_id) as store:
            return store.webhooks.deliver_again(webhook_id, delivery_id)

    def _check(self, url: str) -> None:
        public_address(checked_url(url), self._resolve)
