"""HTTP operations on tenants and keys, for the operator, whose key has the scope `admin`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.pagination import Page
from app.domain.tenants import ApiKey, CreatedKey, CreatedTenant, RotatedKey, Tenant
from app.http.dependencies import Admin, After, Limit, SortedByName, SortOrder, Words
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.schemas import Deleted, Listing
from app.http.services import provide
from app.tenants.schemas import (
    KeyIn,
    KeyOut,
    NewKeyOut,
    NewTenantOut,
    RotatedKeyOut,
    RotationIn,
    TenantIn,
    TenantOut,
    TenantPatch,
)
from app.tenants.service import KeyService, TenantService

router = APIRouter(prefix="/api/v1", tags=["tenants"], route_class=IdempotentRoute)
Tenants = Annotated[TenantService, provide(TenantService)]
Keys = Annotated[KeyService, provide(KeyService)]


@router.post(
    "/tenants",
    status_code=201,
    response_model=NewTenantOut,
    summary="Create a tenant",
    responses=responses(400, 409, 413, 507),
)
def create_tenant(_principal: Admin, tenants: Tenants, body: TenantIn) -> CreatedTenant:
    """The answer holds its first key."""
    return tenants.create(body.name)


@router.get("/tenants", response_model=Listing[TenantOut], summary="List tenants", responses=responses())
def list_tenants(
    _principal: Admin,
    tenants: Tenants,
    q: Words = None,
    sort: SortedByName = "created_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
) -> Page[Tenant]:
    """All tenants of the service, newest first."""
    return tenants.list(q=q, sort=sort, limit=limit, after=after, order=order)


@router.get("/tenants/{tenant_id}", response_model=TenantOut, summary="Get a tenant", responses=responses(404))
def get_tenant(_principal: Admin, tenants: Tenants, tenant_id: str) -> Tenant:
    """A tenant by its id."""
    return tenants.get(tenant_id)


@router.patch(
    "/tenants/{tenant_id}",
    response_model=TenantOut,
    summary="Suspend or resume a tenant",
    responses=responses(400, 404, 409),
)
def update_tenant(principal: Admin, tenants: Tenants, tenant_id: str, body: TenantPatch) -> Tenant:
    """Takes effect with the next request."""
    return tenants.set_status(tenant_id, body.status, own_tenant_id=principal.tenant_id)


@router.delete("/tenants/{tenant_id}", response_model=Deleted, summary="Delete a tenant", responses=responses(404, 409))
def delete_tenant(principal: Admin, tenants: Tenants, tenant_id: str) -> Deleted:
    """Deletes all that the tenant has: documents, conversations, adapters, keys."""
    tenants.delete(tenant_id, own_tenant_id=principal.tenant_id)
    return Deleted(id=tenant_id, object="tenant")


@router.post(
    "/keys", status_code=201, response_model=NewKeyOut, summary="Create a key", responses=responses(400, 404, 413, 507)
)
def create_key(_principal: Admin, keys: Keys, body: KeyIn) -> CreatedKey:
    """For any tenant. The key is in the answer and nowhere else."""
    return keys.create(body.tenant_id, body.label, body.scopes)


@router.get("/keys", response_model=Listing[KeyOut], summary="List keys", responses=responses())
def list_keys(
    _principal: Admin,
    keys: Keys,
    q: Words = None,
    sort: SortedByName = "created_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
    tenant_id: Annotated[str | None, Query(max_length=64, description="Only of this tenant.")] = None,
) -> Page[ApiKey]:
    """Keys without their secrets, newest first."""
    return keys.list(tenant_id, q=q, sort=sort, limit=limit, after=after, order=order)


@router.post(
    "/keys/{key_id}/rotate",
    status_code=201,
    response_model=RotatedKeyOut,
    summary="Replace a key",
    responses=responses(400, 404, 409, 413, 507),
)
def rotate_key(_principal: Admin, keys: Keys, key_id: str, body: RotationIn | None = None) -> RotatedKey:
    """By a new one with its label and scopes. The old key works for a while yet, so that clients can change over; then
    it ends, and the tokens that it made with it. The new key is in the answer and nowhere else."""
    return keys.rotate(key_id, (body or RotationIn()).overlap)


@router.delete("/keys/{key_id}", response_model=KeyOut, summary="Revoke a key", responses=responses(404))
def revoke_key(_principal: Admin, keys: Keys, key_id: str) -> ApiKey:
    """It fails from the next request on."""
    return keys.revoke(key_id)
