"""Request bodies of a tenant's own keys."""

from __future__ import annotations

from pydantic import Field

from app.domain.tenants import Scope
from app.http.schemas import Choice, RequestBody, Text


class OwnKeyIn(RequestBody):
    label: Text = Field("", max_length=200)
    scopes: list[Choice[Scope]] = Field(
        [Scope.READ, Scope.WRITE], min_length=1, max_length=4, description="Some of those of the key that asks."
    )

    model_config = {"json_schema_extra": {"examples": [{"label": "front end", "scopes": ["read"]}]}}
