"""Dependencies that several routers share: the principal behind the key, the page of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Security
from fastapi.security import HTTPBearer

from app.domain.pagination import NamedSort, Order
from app.domain.tenants import Scope
from app.errors import Unauthenticated
from app.http.auth import EXPLAINED, Principal
from app.http.schemas import ShownName

PRINCIPAL = "loracle.principal"  # key of the ASGI scope under which the middleware stores it
bearer = HTTPBearer(
    auto_error=False, scheme_name="api_key", description="An API key `lk_...`, or a token `lt_...` that it made"
)


def requires(scope: Scope | None, *, key: bool = False) -> Callable[..., Any]:
    """A dependency that returns the principal, which the Authenticate middleware found, if it has the scope.

    `key`: and if it is a key, for what is not narrowed to what a token sees. It is no plain function, as those take a
    thread each.
    """

    async def principal(request: Request, _scheme: Annotated[Any, Security(bearer)]) -> Principal:
        found: Principal | None = request.scope.get(PRINCIPAL)
        if found is None:
            raise Unauthenticated(EXPLAINED, code="missing_api_key")
        if key:
            found.require_key()
        if scope is not None:
            found.require(scope)
        return found

    return principal


Anyone = Annotated[Principal, Depends(requires(None))]
Reader = Annotated[Principal, Depends(requires(Scope.READ))]
Writer = Annotated[Principal, Depends(requires(Scope.WRITE))]
KeyReader = Annotated[Principal, Depends(requires(Scope.READ, key=True))]
KeyWriter = Annotated[Principal, Depends(requires(Scope.WRITE, key=True))]
Admin = Annotated[Principal, Depends(requires(Scope.ADMIN, key=True))]

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
OfUser = Annotated[
    ShownName | None,
    Query(
        alias="user",
        description="For keys: only what belongs to this end user. A token sees what belongs to its own alone.",
    ),
]
