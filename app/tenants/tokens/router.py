"""HTTP operations on tokens, for keys that write: a token makes and sees no tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.pagination import Page
from app.domain.tokens import CreatedToken, Token
from app.http.dependencies import After, KeyWriter, Limit, SortedByName, SortOrder, Words
from app.http.errors import responses
from app.http.idempotent_route import IdempotentRoute
from app.http.schemas import Listing, ShownName
from app.http.services import provide
from app.tenants.tokens.schemas import AccessTokenIn, AccessTokenOut, NewAccessTokenOut
from app.tenants.tokens.service import TokenService

router = APIRouter(prefix="/api/v1/tokens", tags=["tokens"], route_class=IdempotentRoute)
Tokens = Annotated[TokenService, provide(TokenService)]


@router.post(
    "",
    status_code=201,
    response_model=NewAccessTokenOut,
    summary="Create a token",
    responses=responses(400, 404, 409, 413, 507),
)
def create_token(principal: KeyWriter, tokens: Tokens, body: AccessTokenIn) -> CreatedToken:
    """For an end user, to be used where your key must not be seen, as in a browser. It is in the answer and nowhere
    else."""
    return tokens.create(principal.tenant_id, principal.key_id, principal.scopes, body.grant(), ttl_s=body.ttl_s)


@router.get("", response_model=Listing[AccessTokenOut], summary="List tokens", responses=responses())
def list_tokens(
    principal: KeyWriter,
    tokens: Tokens,
    q: Words = None,
    sort: SortedByName = "created_at",
    limit: Limit = 20,
    after: After = None,
    order: SortOrder = None,
    user: Annotated[ShownName | None, Query(description="Only of this user.")] = None,
) -> Page[Token]:
    """Tokens of your tenant without their secrets, newest first, until a day after their end."""
    return tokens.list(principal.tenant_id, user, q=q, sort=sort, limit=limit, after=after, order=order)


@router.get("/{token_id}", response_model=AccessTokenOut, summary="Get a token", responses=responses(404))
def get_token(principal: KeyWriter, tokens: Tokens, token_id: str) -> Token:
    """How many requests it has made, among others."""
    return tokens.get(principal.tenant_id, token_id)


@router.delete("/{token_id}", response_model=AccessTokenOut, summary="Revoke a token", responses=responses(404))
def revoke_token(principal: KeyWriter, tokens: Tokens, token_id: str) -> Token:
    """It fails from the next request on."""
    return tokens.revoke(principal.tenant_id, token_id)
