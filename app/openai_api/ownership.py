"""Who may change what belongs to an end user."""

from __future__ import annotations

from app.domain.tenants import Scope
from app.http.auth import Principal


def require_owner(principal: Principal) -> None:
    """A token changes what is its user's own, and finds nothing else. Raises Forbidden for a key that only reads."""
    if principal.user is None:
        principal.require(Scope.WRITE)
