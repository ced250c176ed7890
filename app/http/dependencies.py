"""Dependencies that several routers share: the principal behind the key, the page of a list."""

from __future__ import annotations

from collections.abc import Iterator
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


class Requires:
    """A dependency that returns the principal, which the Authenticate middleware found, if it has the scope.

    `key`: and if it is a key, for what is not narrowed to what a token sees. It is asynchronous, as plain functions
    take a thread each.
    """

    def __init__(self, scope: Scope | None, *, key: bool = False) -> None:
        self._scope = scope
        self._key = key

    async def __call__(self, request: Request, _scheme: Annotated[Any, Security(bearer)]) -> Principal:
        found: Principal | None = request.scope.get(PRINCIPAL)
        if found is None:
            raise Unauthenticated(EXPLAINED, code="missing_api_key")
        self.check(found)
        return found

    def check(self, principal: Principal) -> None:
        """Raises Forbidden. It needs nothing of the request, so it is asked before the body is read, too."""
        if self._key:
            principal.require_key()
        if self._scope is not None:
            principal.require(self._scope)


def requirements(route: Any) -> Iterator[Requires]:
    """What a route requires of the principal; nothing if it is none of FastAPI's."""
    dependant = getattr(route, "dependant", None)
    for dependency in dependant.dependencies if dependant is not None else ():
        if isinstance(dependency.call, Requires):
            yield dependency.call


Anyone = Annotated[Principal, Depends(Requires(None))]
Reader = Annotated[Principal, Depends(Requires(Scope.READ))]
Writer = Annotated[Principal, Depends(Requires(Scope.WRITE))]
KeyReader = Annotated[Principal, Depends(Requires(Scope.READ, key=True))]
KeyWriter = Annotated[Principal, Depends(Requires(Scope.WRITE, key=True))]
KeyKeeper = Annotated[Principal, Depends(Requires(Scope.KEYS, key=True))]
Admin = Annotated[Principal, Depends(Requires(Scope.ADMIN, key=True))]

CURSOR_PATTERN = "^[A-Za-z0-9_@.-]+$"  # of cursors and of ids, which name@version is too
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
After = Annotated[
    str | None,
    Query(max_length=400, pattern=CURSOR_PATTERN, description="The `next_cursor` or the `last_id` of the page before."),
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
