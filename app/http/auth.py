"""Authentication: the API key alone names the tenant."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.tenants import Scope, TenantStatus
from app.domain.visibility import Visibility
from app.errors import Forbidden, Unauthenticated
from app.storage.sql.repositories.keys import Keys
from app.storage.sqlite.database import Database


@dataclass(frozen=True, slots=True)
class Principal:
    """The tenant and the scopes of the API key, or of the token made by it, that a request carries."""

    tenant_id: str
    key_id: str  # of the key itself, or of the one that made the token
    scopes: frozenset[str]
    token_id: str | None = None  # None: an API key
    user: str | None = None  # a token acts for one end user; None: a key, which acts for all
    groups: frozenset[str] | None = None  # of the user; None: a key, which sees every document
    collections: tuple[str, ...] | None = None  # the only ones a token sees; None: all
    adapter: str | None = None  # the only one a token may name; None: any
    origins: tuple[str, ...] = ()  # of the pages that may use a token; none: any

    @property
    def visibility(self) -> Visibility:
        """Which documents of the tenant the request sees."""
        return Visibility(self.groups, self.collections)

    def require(self, scope: Scope) -> None:
        """Raises Forbidden if the key lacks `scope`."""
        if scope not in self.scopes:
            raise Forbidden(f"This key lacks the scope {str(scope)!r}; use one that has it.", code="missing_scope")


class Authenticator:
    """Finds the principal behind an API key. It writes nothing, whoever asks."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def authenticate(self, authorization: str | None) -> Principal:
        """The principal behind an Authorization header.

        Raises Unauthenticated for a missing, malformed, unknown or revoked key, Forbidden for a suspended tenant.
        """
        scheme, _, secret = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise Unauthenticated("Send your API key as `Authorization: Bearer lk_...`.", code="missing_api_key")
        with self._db.read() as session:
            found = Keys(session).authenticate(secret.strip())
        if found is None:
            raise Unauthenticated("This API key is unknown or revoked.")
        status, key = found
        if status != TenantStatus.ACTIVE:
            raise Forbidden("This tenant is suspended; ask the operator.", code="tenant_suspended")
        return Principal(tenant_id=key.tenant_id, key_id=key.id, scopes=key.scopes)
