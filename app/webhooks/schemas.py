"""Request and response bodies of webhooks."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.webhooks import DeliveryStatus
from app.http.schemas import RequestBody, ResponseBody, Text, Timestamp

Event = Literal["document.ready", "document.failed", "training.finished", "adapter.activated", "evaluation.finished"]
Url = Annotated[
    Text, Field(min_length=1, max_length=2000, description="http or https, of a public host, on port 80 or 443.")
]
Events = Annotated[list[Event], Field(min_length=1, max_length=20)]
Description = Annotated[Text, Field(max_length=200)]


class WebhookIn(RequestBody):
    url: Url
    events: Events
    description: Description = ""
    enabled: bool = True

    model_config = {
        "json_schema_extra": {
            "examples": [{"url": "https://example.org/hooks/loracle", "events": ["document.ready", "document.failed"]}]
        }
    }


class WebhookChangesIn(RequestBody):
    """At least one field. What is left out stays as it is."""

    url: Url | None = None
    events: Events | None = None
    description: Description | None = None
    enabled: bool | None = Field(None, description="false: no new deliveries.")

    model_config = {"json_schema_extra": {"examples": [{"enabled": False}]}}

    @model_validator(mode="after")
    def changes_something(self) -> Self:
        if (self.url, self.events, self.description, self.enabled) == (None, None, None, None):
            raise ValueError("send at least one of url, events, description and enabled")
        return self


class WebhookOut(ResponseBody):
    id: str
    object: Literal["webhook"] = "webhook"
    url: str
    events: list[str]
    description: str
    enabled: bool
    created_at: Timestamp


class NewWebhookOut(WebhookOut):
    secret: str = Field(description="Verifies the signatures of deliveries. It is in this answer and nowhere else.")


class DeliveryOut(ResponseBody):
    id: str = Field(description="Also in the header `webhook-id`; the same at every attempt.")
    object: Literal["webhook_delivery"] = "webhook_delivery"
    webhook_id: str
    event: str
    data: dict[str, Any] = Field(description="What is sent as `data`.")
    status: DeliveryStatus
    attempts: int
    response_status: int | None = Field(description="Of the last attempt; null if no response came.")
    error: str | None = Field(description="Why the last attempt failed.")
    created_at: Timestamp
    finished_at: Timestamp | None
