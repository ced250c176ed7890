"""Tokens of end users: a tenant's own, and the check of one that a request carries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.pagination import NamedSort, Order, Page, order_of
from app.domain.tenants import TenantStatus
from app.domain.tokens import Token, TokenGrant
from app.errors import NotFound
from app.storage.ids import new_id
from app.storage.secret_text import TOKEN, is_secret, matches, new_secret, prefix_of, secret_hash
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.dialects.json import names_any
from app.storage.sql.pagination import Sorts, by_name, named, paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.repositories.keys import in_force
from app.storage.sql.tables import ApiKeyRow, TenantRow, TokenRow, now

KEPT = timedelta(days=1)  # after its end a token is still listed
READABLE = timedelta(hours=1)  # after its end a page may still read that it has ended
SORTS: Sorts = {"created_at": TokenRow.created_at, "name": by_name(TokenRow.user)}


class Tokens:
    """Creates, reads and revokes the tokens of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def create(
        self, key_id: str, grant: TokenGrant, *, ttl_s: int, action: AuditAction = AuditAction.TOKEN_CREATED
    ) -> tuple[Token, str]:
        """Create a token. Returns the record and the secret, which is not stored and cannot be shown again.

        `action`: as the audit log names it. Deletes tokens of the tenant that ended long ago.
        """
        ended = TokenRow.tenant_id == self._tenant_id, TokenRow.expires_at < now() - KEPT
        self._session.execute(delete(TokenRow).where(*ended))
        secret, token_id, made = new_secret(TOKEN), new_id("tok"), now()
        granted = {**asdict(grant), "user": grant.user or token_id}
        row = TokenRow(
            id=token_id,
            tenant_id=self._tenant_id,
            key_id=key_id,
            prefix=prefix_of(secret),
            secret_hash=secret_hash(secret),
            created_at=made,
            expires_at=made + timedelta(seconds=ttl_s),
            **{name: sorted(value) if isinstance(value, frozenset) else value for name, value in granted.items()},
        )
        self._session.add(row)
        self._session.flush()
        details: dict[str, Any] = {"user": row.user, "scopes": row.scopes, "groups": row.groups}
        expires_at = row.expires_at.isoformat(timespec="seconds")
        record_audit(
            self._session, action, "token", token_id, tenant_id=self._tenant_id, **details, expires_at=expires_at
        )
        return record_from(row, Token), secret

    def page(
        self,
        user: str | None = None,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int = 20,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Token]:
        """Tokens of one user, or of all if `user` is None. `q`: words of the user's name, by which `name` sorts."""
        query = named(self._mine(), q, TokenRow.user)
        if user is not None:
            query = query.where(TokenRow.user == user)
        return paginate(
            self._session,
            query,
            keys=(SORTS[sort], TokenRow.id),
            to_record=record_mapper(Token),
            limit=limit,
            after=after,
            order=order_of(sort, order),
            scope=self._mine(),
        )

    def get(self, token_id: str) -> Token:
        return record_from(self._row(token_id), Token)

    def revoke(self, token_id: str) -> Token:
        row = self._row(token_id)
        if row.revoked_at is None:
            row.revoked_at = now()
            record_audit(self._session, AuditAction.TOKEN_REVOKED, "token", row.id, tenant_id=self._tenant_id)
        return record_from(row, Token)

    def _mine(self) -> Select[TokenRow]:
        return select(TokenRow).where(TokenRow.tenant_id == self._tenant_id)

    def _row(self, token_id: str) -> TokenRow:
        row = self._session.scalar(self._mine().where(TokenRow.id == token_id))
        if row is None:
            raise NotFound("No such token.", param="token_id")
        return row


class TokenCheck:
    """Finds and counts the tokens that requests carry, of all tenants."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, secret: str) -> tuple[TenantStatus, Token] | None:
        """(status of its tenant, token) for a secret whose key works, or None.

        The caller refuses what is revoked, expired or used up, and suspended tenants.
        """
        if not is_secret(secret):
            return None
        candidates = self._session.execute(
            select(TokenRow, TenantRow.status)
            .join(TenantRow, TenantRow.id == TokenRow.tenant_id)
            .join(ApiKeyRow, ApiKeyRow.id == TokenRow.key_id)
            .where(TokenRow.prefix == prefix_of(secret), in_force())
        )
        for row, status in candidates:
            if matches(secret, row.secret_hash):
                return status, record_from(row, Token)
        return None

    def count_request(self, token_id: str) -> bool:
        """Count one request of a token; False, and nothing is counted, if it has made all of its requests."""
        left = TokenRow.id == token_id, TokenRow.requests < TokenRow.max_requests
        counted = update(TokenRow).where(*left).values(requests=TokenRow.requests + 1).returning(TokenRow.id)
        return self._session.scalar(counted) is not None

    def named_origins(self, origins: Collection[str]) -> set[str]:
        """Those of the origins that a token names that works, or that ended a short time ago."""
        live = TokenRow.expires_at > now() - READABLE, TokenRow.revoked_at.is_(None)
        named = self._session.scalars(select(TokenRow.origins).where(*live, names_any(TokenRow.origins, origins)))
        return {origin for one in named for origin in one} & set(origins)
