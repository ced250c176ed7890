"""The rules about tokens: a key makes them, never beyond its own scopes, for an end user and a short time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict

from app.domain.audit import AuditAction
from app.domain.pagination import NamedSort, Order, Page
from app.domain.tenants import Scope
from app.domain.tokens import CreatedToken, Token, TokenGrant
from app.errors import Forbidden, InvalidRequest, NotFound
from app.storage.database import Database


class TokenService:
    """Creates, lists and revokes the tokens of all tenants; every call names its tenant."""

    def __init__(self, db: Database, find_adapter: Callable[[str, str], object]) -> None:
        """`find_adapter`: (tenant id, label) of an adapter; raises NotFound or Conflict if it cannot answer."""
        self._db = db
        self._find_adapter = find_adapter

    def create(
        self,
        tenant_id: str,
        key_id: str,
        key_scopes: frozenset[str],
        grant: TokenGrant,
        *,
        ttl_s: int,
        action: AuditAction = AuditAction.TOKEN_CREATED,
    ) -> CreatedToken:
        """`action`: as the audit log names it.

        Raises Forbidden for a scope that the key lacks, InvalidRequest for one that no token may have, NotFound for an
        unknown collection or adapter.
        """
        _check_scopes(grant.scopes, key_scopes)
        if grant.adapter is not None:
            self._find_adapter(tenant_id, grant.adapter)
        with self._db.write_tenant(tenant_id) as store:
            _check_collections(grant.collections or (), store.collections.names())
            token, secret = store.tokens.create(key_id, grant, ttl_s=ttl_s, action=action)
        return CreatedToken(**asdict(token), token=secret)

    def list(
        self,
        tenant_id: str,
        user: str | None,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Token]:
        """Tokens of one user, or of all if `user` is None, without their secrets; `q`: words of the user's name."""
        with self._db.read_tenant(tenant_id) as store:
            return store.tokens.page(user, q=q, sort=sort, limit=limit, after=after, order=order)

    def get(self, tenant_id: str, token_id: str) -> Token:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.tokens.get(token_id)

    def revoke(self, tenant_id: str, token_id: str) -> Token:
        """The token fails from the next request on. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            return store.tokens.revoke(token_id)


def _check_scopes(scopes: frozenset[str], key_scopes: frozenset[str]) -> None:
    for scope in sorted(scopes & {Scope.ADMIN, Scope.KEYS}):
        raise InvalidRequest(f"A token cannot have the scope {str(scope)!r}; use an API key for that.", param="scopes")
    for scope in sorted(scopes - key_scopes):
        message = f"The key that makes the token lacks the scope {scope!r}, so the token cannot have it."
        raise Forbidden(message, param="scopes", code="missing_scope")


def _check_collections(wanted: Sequence[str], known: dict[str, int]) -> None:
    for name in wanted:
        if name not in known:
            raise NotFound(f"There is no collection {name!r}.", param="collections")
