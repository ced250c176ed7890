"""Request and response bodies of tenants and keys."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from app.domain.tenants import Scope, TenantStatus
from app.http.schemas import Choice, RequestBody, ResponseBody, ShownName, Text, Timestamp
from app.tenants.service import TENANT_SCOPES


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


class NewKeyOut(KeyOut):
    key: str = Field(description="The key itself. It is not shown again.")
