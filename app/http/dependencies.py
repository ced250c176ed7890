"""Dependencies that several routers share: the principal behind the key, the page of a list, the idempotency key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request, Security
from fastapi.security import HTTPBearer

from app.domain.pagination import NamedSort, Order
from app.domain.tenants import Scope
from app.errors import Unauthenticated
from app.http.auth import Principal

PRINCIPAL = "loracle.principal"  # key of the ASGI scope under which the middleware stores it
bearer = HTTPBearer(auto_error=False, scheme_name="api_key", description="An API key: `lk_...`")


def requires(scope: Scope) -> Callable[..., Any]:
    """A dependency that returns the principal, which the Authenticate middleware found, if its key has the scope."""

    def principal(request: Request, _scheme: Annotated[Any, Security(bearer)]) -> Principal:
        found: Principal | None = request.scope.get(PRINCIPAL)
        if found is None:
            raise Unauthenticated("Send your API key as `Authorization: Bearer lk_...`.", code="missing_api_key")
        found.require(scope)
        return found

    return principal


Reader = Annotated[Principal, Depends(requires(Scope.READ))]
Writer = Annotated[Principal, Depends(requires(Scope.WRITE))]
Admin = Annotated[Principal, Depends(requires(Scope.ADMIN))]

Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
After = Annotated[
    str | None, Query(max_length=400, description="The `next_cursor` or the `last_id` of the page before.")
]
Ordered = Annotated[Order, Query(description="By time: newest first or oldest first.")]
SortOrder = Annotated[
    Order | None,
    Query(description="Of what `sort` names. Left out: names from A to Z, all else from the newest or largest."),
]
SortedByName = Annotated[NamedSort, Query(description="By time, or by the name.")]
Words = Annotated[
    str | None,
    Query(
        max_length=200,
        description="Only with all these words, or parts of words, in the name; case and accents do not count.",
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="The same key with the same request within 24 hours gets the first answer again; 409 "
        "`idempotency_in_progress` while the first is at work.",
    ),
]
