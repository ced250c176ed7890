"""Tenants and keys: for the operator, whose key has the scope `admin`."""

from __future__ import annotations

import shutil
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from app.adapters.storage import unlink
from app.domain.tenants import ApiKey, Scope, Tenant, TenantStatus
from app.errors import Conflict
from app.http.dependencies import Admin, After, Limit, Ordered, RuntimeDep
from app.http.errors import responses
from app.http.schemas import Deleted, Listing, Name, Strict, Text, listing, timestamp
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants

router = APIRouter(prefix="/api/v1", tags=["tenants"])
TENANT_SCOPES: list[Scope] = [Scope.READ, Scope.WRITE]


class TenantIn(Strict):
    name: Name = Field(description="Unique; for people.")

    model_config = {"json_schema_extra": {"examples": [{"name": "city-library"}]}}


class TenantPatch(Strict):
    status: TenantStatus = Field(description="A suspended tenant's keys fail everywhere.")

    model_config = {"json_schema_extra": {"examples": [{"status": TenantStatus.SUSPENDED}]}}


class TenantOut(BaseModel):
    id: str
    object: Literal["tenant"]
    name: str
    status: TenantStatus
    created_at: str


class NewTenantOut(TenantOut):
    key: str = Field(description="The tenant's first key, read and write. It is not shown again.")


class KeyIn(Strict):
    tenant_id: str = Field(max_length=64)
    label: Text = Field("", max_length=200)
    scopes: list[Scope] = Field(TENANT_SCOPES, min_length=1, max_length=3)

    model_config = {"json_schema_extra": {"examples": [{"tenant_id": "ten_...", "label": "front end"}]}}


class KeyOut(BaseModel):
    id: str
    object: Literal["key"]
    tenant_id: str
    label: str
    prefix: str = Field(description="How the key begins.")
    scopes: list[str]
    created_at: str
    revoked_at: str | None


class NewKeyOut(KeyOut):
    key: str = Field(description="The key itself. It is not shown again.")


@router.post(
    "/tenants",
    status_code=201,
    response_model=NewTenantOut,
    summary="Create a tenant",
    responses=responses(400, 409, 413, 507),
)
def create_tenant(_principal: Admin, runtime: RuntimeDep, body: TenantIn) -> dict[str, Any]:
    """With a first key."""
    with runtime.storage.db.write() as session:
        tenant = Tenants(session).create(body.name)
        _, secret = Keys(session).create(tenant.id, "first", TENANT_SCOPES)
    return {**_tenant(tenant), "key": secret}


@router.get("/tenants", response_model=Listing[TenantOut], summary="List tenants", responses=responses())
def list_tenants(
    _principal: Admin, runtime: RuntimeDep, limit: Limit = 20, after: After = None, order: Ordered = "desc"
) -> dict[str, Any]:
    """All tenants of the service, newest first."""
    with runtime.storage.db.read() as session:
        page = Tenants(session).page(limit=limit, after=after, order=order)
    return listing([_tenant(t) for t in page.data], [t.id for t in page.data], page)


@router.get("/tenants/{tenant_id}", response_model=TenantOut, summary="Get a tenant", responses=responses(404))
def get_tenant(_principal: Admin, runtime: RuntimeDep, tenant_id: str) -> dict[str, Any]:
    """One tenant."""
    with runtime.storage.db.read() as session:
        return _tenant(Tenants(session).get(tenant_id))


@router.patch(
    "/tenants/{tenant_id}",
    response_model=TenantOut,
    summary="Suspend or resume a tenant",
    responses=responses(400, 404, 409),
)
def update_tenant(principal: Admin, runtime: RuntimeDep, tenant_id: str, body: TenantPatch) -> dict[str, Any]:
    """Takes effect with the next request."""
    if tenant_id == principal.tenant_id and body.status == TenantStatus.SUSPENDED:
        raise Conflict("You would lock yourself out: this is the tenant of your own key.")
    with runtime.storage.db.write() as session:
        return _tenant(Tenants(session).set_status(tenant_id, body.status))


@router.delete("/tenants/{tenant_id}", response_model=Deleted, summary="Delete a tenant", responses=responses(404, 409))
def delete_tenant(principal: Admin, runtime: RuntimeDep, tenant_id: str) -> Deleted:
    """With everything of it: documents, conversations, adapters, keys."""
    if tenant_id == principal.tenant_id:
        raise Conflict("You would lock yourself out: this is the tenant of your own key.")
    storage = runtime.storage
    with storage.db.write() as session:
        blobs, adapters = Tenants(session).delete(tenant_id)
    for blob in blobs:
        storage.blobs.delete(blob)
    for path in adapters:
        unlink(storage.adapters_dir, path)
    shutil.rmtree(storage.adapters_dir / tenant_id, ignore_errors=True)
    for indexes in runtime.indexes():
        indexes.drop(tenant_id)
    return Deleted(id=tenant_id, object="tenant")


@router.post(
    "/keys", status_code=201, response_model=NewKeyOut, summary="Create a key", responses=responses(400, 404, 413, 507)
)
def create_key(_principal: Admin, runtime: RuntimeDep, body: KeyIn) -> dict[str, Any]:
    """For any tenant. The key is in the answer and nowhere else."""
    with runtime.storage.db.write() as session:
        key, secret = Keys(session).create(body.tenant_id, body.label, set(body.scopes))
    return {**_key(key), "key": secret}


@router.get("/keys", response_model=Listing[KeyOut], summary="List keys", responses=responses())
def list_keys(
    _principal: Admin,
    runtime: RuntimeDep,
    limit: Limit = 20,
    after: After = None,
    order: Ordered = "desc",
    tenant_id: Annotated[str | None, Query(max_length=64, description="Only of this tenant.")] = None,
) -> dict[str, Any]:
    """Keys without their secrets, newest first."""
    with runtime.storage.db.read() as session:
        page = Keys(session).page(tenant_id, limit=limit, after=after, order=order)
    return listing([_key(k) for k in page.data], [k.id for k in page.data], page)


@router.delete("/keys/{key_id}", response_model=KeyOut, summary="Revoke a key", responses=responses(404))
def revoke_key(_principal: Admin, runtime: RuntimeDep, key_id: str) -> dict[str, Any]:
    """It fails from the next request on."""
    with runtime.storage.db.write() as session:
        return _key(Keys(session).revoke(key_id))


def _tenant(tenant: Tenant) -> dict[str, Any]:
    return {
        "id": tenant.id,
        "object": "tenant",
        "name": tenant.name,
        "status": tenant.status,
        "created_at": timestamp(tenant.created_at),
    }


def _key(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "object": "key",
        "tenant_id": key.tenant_id,
        "label": key.label,
        "prefix": key.prefix,
        "scopes": sorted(key.scopes),
        "created_at": timestamp(key.created_at),
        "revoked_at": timestamp(key.revoked_at),
    }
