"""Webhooks: where a tenant wants to be told of events, and the deliveries of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class WebhookEvent(StrEnum):
    DOCUMENT_READY = "document.ready"  # a version was read and answers now
    DOCUMENT_FAILED = "document.failed"  # a version could not be read
    TRAINING_FINISHED = "training.finished"  # succeeded, failed or cancelled
    ADAPTER_ACTIVATED = "adapter.activated"  # another adapter, or the base model, answers now
    EVALUATION_FINISHED = "evaluation.finished"  # of answers or of an adapter: succeeded, failed or cancelled
    TEST = "webhook.test"  # on request, whatever the webhook asked for


class DeliveryStatus(StrEnum):
    PENDING = "pending"  # waits for its first or next attempt
    DELIVERED = "delivered"  # the receiver answered 2xx
    FAILED = "failed"  # all attempts failed


@dataclass(frozen=True, slots=True)
class Webhook:
    id: str  # "whk_..."
    url: str
    events: tuple[str, ...]  # WebhookEvent
    description: str
    enabled: bool  # a disabled one gets no new deliveries
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CreatedWebhook(Webhook):
    secret: str  # that signs its deliveries; shown once


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one webhook."""

    id: str  # "evt_...", the same at every attempt
    webhook_id: str
    event: str  # a WebhookEvent
    data: dict[str, Any]  # what the event is about
    status: DeliveryStatus
    attempts: int
    response_status: int | None  # of the last attempt; None if no response came
    error: str | None  # of the last attempt, in plain English
    created_at: datetime
    finished_at: datetime | None
