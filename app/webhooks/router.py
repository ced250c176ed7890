"""HTTP operations on webhooks, for keys with the scope `write`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.pagination import Page
from app.domain.webhooks import CreatedWebhook, Delivery, DeliveryStatus, Webhook
from app.http.dependencies import After, KeyWriter, Limit, Ordered
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.schemas import Deleted, Listing
from app.http.services import provide
from app.webhooks.schemas import DeliveryOut, NewWebhookOut, WebhookChangesIn, WebhookIn, WebhookOut
from app.webhooks.service import WebhookChanges, WebhookService

router = APIRouter(prefix="/api/v1/webhooks", tags=["webhooks"], route_class=IdempotentRoute)
Webhooks = Annotated[WebhookService, provide(WebhookService)]


@router.post(
    "",
    status_code=201,
    response_model=NewWebhookOut,
    summary="Create a webhook",
    responses=responses(400, 409, 413, 507),
)
def create_webhook(principal: KeyWriter, webhooks: Webhooks, body: WebhookIn) -> CreatedWebhook:
    """Events are sent to the URL as JSON, signed by the secret in the answer, by the Standard Webhooks specification.

    A receiver answers 2xx; anything else is tried again with growing pauses, eight times in all. 403 if the operator
    has turned webhooks off.
    """
    return webhooks.create(principal.tenant_id, body.url, body.events, body.description, body.enabled)


@router.get("", response_model=Listing[WebhookOut], summary="List webhooks", responses=responses())
def list_webhooks(
    principal: KeyWriter, webhooks: Webhooks, limit: Limit = 20, after: After = None, order: Ordered = "desc"
) -> Page[Webhook]:
    """Without their secrets, newest first."""
    return webhooks.list(principal.tenant_id, limit=limit, after=after, order=order)


@router.get("/{webhook_id}", response_model=WebhookOut, summary="Get a webhook", responses=responses(404))
def get_webhook(principal: KeyWriter, webhooks: Webhooks, webhook_id: str) -> Webhook:
    """One webhook, without its secret."""
    return webhooks.get(principal.tenant_id, webhook_id)


@router.patch("/{webhook_id}", response_model=WebhookOut, summary="Change a webhook", responses=responses(400, 404))
def update_webhook(principal: KeyWriter, webhooks: Webhooks, webhook_id: str, body: WebhookChangesIn) -> Webhook:
    """Another URL or other events, from the next event on. The secret stays."""
    return webhooks.update(principal.tenant_id, webhook_id, WebhookChanges(**body.model_dump()))


@router.delete("/{webhook_id}", response_model=Deleted, summary="Delete a webhook", responses=responses(404))
def delete_webhook(principal: KeyWriter, webhooks: Webhooks, webhook_id: str) -> Deleted:
    """With its deliveries; what waits is not sent."""
    webhooks.delete(principal.tenant_id, webhook_id)
    return Deleted(id=webhook_id, object="webhook")


@router.post(
    "/{webhook_id}/test",
    status_code=202,
    response_model=DeliveryOut,
    summary="Send a test event",
    responses=responses(404, 507),
)
def test_webhook(principal: KeyWriter, webhooks: Webhooks, webhook_id: str) -> Delivery:
    """Queues the event `webhook.test`, also if the webhook is disabled."""
    return webhooks.test(principal.tenant_id, webhook_id)


@router.get(
    "/{webhook_id}/deliveries",
    response_model=Listing[DeliveryOut],
    summary="List deliveries",
    responses=responses(404),
)
def list_deliveries(
    principal: KeyWriter,
    webhooks: Webhooks,
    webhook_id: str,
    status: Annotated[DeliveryStatus | None, Query(description="Only with this status.")] = None,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
) -> Page[Delivery]:
    """What was sent and what became of it, newest first. Deliveries are kept for 30 days."""
    return webhooks.deliveries(principal.tenant_id, webhook_id, status=status, limit=limit, after=after, order=order)


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/retry",
    status_code=202,
    response_model=DeliveryOut,
    summary="Deliver again",
    responses=responses(404, 409, 507),
)
def retry_delivery(principal: KeyWriter, webhooks: Webhooks, webhook_id: str, delivery_id: str) -> Delivery:
    """Sends a delivery that has ended once more, with the same id. 409 while it is pending."""
    return webhooks.deliver_again(principal.tenant_id, webhook_id, delivery_id)
