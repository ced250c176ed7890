"""Request and response bodies of tenants and keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from app.domain.tenants import Scope, TenantStatus
from app.http.schemas import Choice, RequestBody, ResponseBody, ShownName, Text, Timestamp
from app.tenants.service import LONGEST_OVERLAP, OVERLAP, TENANT_SCOPES


class TenantIn(RequestBody):
    name: ShownName = Field(description="Unique; for people.")

    model_config = {"json_schema_extra": {"examples": [{"name": "city-library"}]}}


class TenantPatch(RequestBody):
    status: Choice[TenantStatus] = Field(description="A suspended tenant's keys fail everywhere.")

    model_config = {"json_schema_extra": {"examples": [{"status": TenantStatus.SUSPENDED}]}}


class TenantOut(ResponseBody):
    id: str
    object: Literal["tenant"] = "tenant"
    name: str
    status: TenantStatus
    created_at: Timestamp


class NewTenantOut(TenantOut):
    key: str = Field(description="The tenant's first key, with the scopes read, write and keys. It is not shown again.")


class KeyIn(RequestBody):
    tenant_id: str = Field(max_length=64)
    label: Text = Field("", max_length=200)
    scopes: list[Choice[Scope]] = Field(list(TENANT_SCOPES), min_length=1, max_length=4)

    model_config = {"json_schema_extra": {"examples": [{"tenant_id": "ten_...", "label": "front end"}]}}


class KeyOut(ResponseBody):
    id: str
    object: Literal["key"] = "key"
    tenant_id: str
    label: str
    prefix: str = Field(description="How the key begins.")
    scopes: Annotated[list[str], BeforeValidator(sorted)]
    created_at: Timestamp
    revoked_at: Timestamp | None
    expires_at: Timestamp | None = Field(description="A key that was replaced fails from then on; null: it has no end.")
    last_used_at: Timestamp | None = Field(
        description="By itself, to the minute, at the latest a minute later; null: not yet, or before this was noted."
    )


class NewKeyOut(KeyOut):
    key: str = Field(description="The key itself. It is not shown again.")


class RotationIn(RequestBody):
    overlap_s: int = Field(
        int(OVERLAP.total_seconds()),
        ge=0,
        le=int(LONGEST_OVERLAP.total_seconds()),
        description="How long the old key works yet, in seconds. 0: it ends at once.",
    )

    model_config = {"json_schema_extra": {"examples": [{"overlap_s": 3600}]}}

    @property
    def overlap(self) -> timedelta:
        return timedelta(seconds=self.overlap_s)


class RotatedKeyOut(NewKeyOut):
    replaced: KeyOut = Field(description="The old key, with the moment at which it ends.")
