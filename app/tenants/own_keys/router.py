"""HTTP operations on the caller's own keys, for a key with the scope `keys`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.pagination import Page
from app.domain.tenants import ApiKey, CreatedKey, RotatedKey
from app.http.dependencies import After, KeyKeeper, Limit, SortedByName, SortOrder, Words
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.schemas import Listing
from app.http.services import provide
from app.tenants.own_keys.schemas import OwnKeyIn
from app.tenants.schemas import KeyOut, NewKeyOut, RotatedKeyOut, RotationIn
from app.tenants.service import KeyService

router = APIRouter(prefix="/api/v1/me", tags=["usage"], route_class=IdempotentRoute)
Keys = Annotated[KeyService, provide(KeyService)]


@router.get("/keys", response_model=Listing[KeyOut], summary="List my keys", responses=responses())
def list_my_keys(
    principal: KeyKeeper,
    keys: Keys,
    q: Words = None,
    sort: SortedByName = "created_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
) -> Page[ApiKey]:
    """Keys of the tenant without their secrets, newest first. The scope `keys` is needed here and below."""
    return keys.list(principal.tenant_id, q=q, sort=sort, limit=limit, after=after, order=order)


@router.post(
    "/keys",
    status_code=201,
    response_model=NewKeyOut,
    summary="Create a key of mine",
    responses=responses(400, 413, 507),
)
def create_my_key(principal: KeyKeeper, keys: Keys, body: OwnKeyIn) -> CreatedKey:
    """With no more scopes than the key that asks. The new key is in the answer and nowhere else."""
    return keys.create_own(principal.tenant_id, body.label, body.scopes, granted=principal.scopes)


@router.post(
    "/keys/{key_id}/rotate",
    status_code=201,
    response_model=RotatedKeyOut,
    summary="Replace a key of mine",
    responses=responses(400, 404, 409, 413, 507),
)
def rotate_my_key(principal: KeyKeeper, keys: Keys, key_id: str, body: RotationIn | None = None) -> RotatedKey:
    """By a new one with its label and scopes; a key may replace itself. The old key works for a while yet, so that
    clients can change over; then it ends, and the tokens that it made with it. The new key is in the answer and nowhere
    else."""
    return keys.rotate_own(principal.tenant_id, key_id, (body or RotationIn()).overlap, granted=principal.scopes)


@router.delete("/keys/{key_id}", response_model=KeyOut, summary="Revoke a key of mine", responses=responses(404, 409))
def revoke_my_key(
    principal: KeyKeeper,
    keys: Keys,
    key_id: str,
    last: Annotated[
        bool, Query(description="Also the last key that can make keys: then only the operator can make another.")
    ] = False,
) -> ApiKey:
    """It fails from the next request on, and the tokens that it made with it."""
    return keys.revoke_own(principal.tenant_id, key_id, granted=principal.scopes, even_the_last=last)
