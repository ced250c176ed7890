"""API keys. The secret is shown once, stored as a hash and compared in constant time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.pagination import NamedSort, Order, Page, order_of
from app.domain.tenants import ApiKey, TenantStatus
from app.errors import Conflict, NotFound
from app.storage.secret_text import KEY, is_secret, matches, new_secret, prefix_of, secret_hash
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.pagination import Sorts, by_name, named, paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.tables import ApiKeyRow, TenantRow, now

SORTS: Sorts = {"created_at": ApiKeyRow.created_at, "name": by_name(ApiKeyRow.label)}


def in_force() -> ColumnElement[bool]:
    """The condition on a key that it works: it is neither revoked nor, after it was replaced, expired."""
    return ApiKeyRow.revoked_at.is_(None) & or_(ApiKeyRow.expires_at.is_(None), ApiKeyRow.expires_at > now())


def lasting() -> ColumnElement[bool]:
    """The condition on a key that it works and has no end."""
    return ApiKeyRow.revoked_at.is_(None) & ApiKeyRow.expires_at.is_(None)


class Keys:
    """Creates, revokes and checks the keys of all tenants."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def create(self, tenant_id: str, label: str, scopes: Iterable[str]) -> tuple[ApiKey, str]:
        """Create a key. Returns the record and the secret, which is not stored and cannot be shown again."""
        if self._session.get(TenantRow, tenant_id) is None:
            raise NotFound("No such tenant.")
        secret = new_secret(KEY)
        row = ApiKeyRow(
            tenant_id=tenant_id,
            label=label,
            prefix=prefix_of(secret),
            secret_hash=secret_hash(secret),
            scopes=sorted(scopes),
        )
        self._session.add(row)
        self._session.flush()
        details: dict[str, Any] = {"label": label, "scopes": row.scopes}
        record_audit(self._session, AuditAction.KEY_CREATED, "key", row.id, tenant_id=tenant_id, **details)
        return record_from(row, ApiKey), secret

    def page(
        self,
        tenant_id: str | None = None,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int = 20,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[ApiKey]:
        """`q`: words of the label."""
        query = named(select(ApiKeyRow), q, ApiKeyRow.label)
        if tenant_id is not None:
            query = query.where(ApiKeyRow.tenant_id == tenant_id)
        return paginate(
            self._session,
            query,
            keys=(SORTS[sort], ApiKeyRow.id),
            to_record=record_mapper(ApiKey),
            limit=limit,
            after=after,
            order=order_of(sort, order),
            scope=select(ApiKeyRow),
        )

    def get(self, key_id: str) -> ApiKey:
        """Raises NotFound."""
        return record_from(self._row(key_id), ApiKey)

    def labelled(self, tenant_id: str, label: str) -> ApiKey | None:
        """The oldest key of the tenant with this label that works and has no end."""
        mine = ApiKeyRow.tenant_id == tenant_id, ApiKeyRow.label == label, lasting()
        row = self._session.scalar(select(ApiKeyRow).where(*mine).order_by(ApiKeyRow.created_at, ApiKeyRow.id).limit(1))
        return None if row is None else record_from(row, ApiKey)

    def with_scope(self, tenant_id: str, scope: str) -> list[str]:
        """The ids of the tenant's keys with this scope that work and have no end."""
        usable = ApiKeyRow.tenant_id == tenant_id, lasting()
        rows = self._session.execute(select(ApiKeyRow.id, ApiKeyRow.scopes).where(*usable))
        return [key_id for key_id, scopes in rows if scope in scopes]

    def rotate(self, key_id: str, overlap: timedelta) -> tuple[ApiKey, str, ApiKey]:
        """Create a key with the label and scopes of another one, which ends after `overlap`.

        Returns the new record, its secret, and the record of the old key. Raises NotFound, and Conflict if the old one
        has ended or is about to.
        """
        row = self._row(key_id)
        if row.revoked_at is not None or row.expires_at is not None:
            message = (
                "This key is revoked or was replaced already; create a new one, or replace the one that follows it."
            )
            raise Conflict(message, code="key_ended")
        new, secret = self.create(row.tenant_id, row.label, row.scopes)
        row.expires_at = now() + overlap
        expires_at = row.expires_at.isoformat(timespec="seconds")
        record_audit(
            self._session,
            AuditAction.KEY_ROTATED,
            "key",
            row.id,
            tenant_id=row.tenant_id,
            label=row.label,
            replaced_by=new.id,
            expires_at=expires_at,
        )
        return new, secret, record_from(row, ApiKey)

    def note_use(self, used: Mapping[str, datetime]) -> None:
        """Note when keys, by their ids, were last used; what is noted already and later stays."""
        for key_id, moment in sorted(used.items()):  # in one order: two processes do not wait for each other
            earlier = or_(ApiKeyRow.last_used_at.is_(None), ApiKeyRow.last_used_at < moment)
            self._session.execute(update(ApiKeyRow).where(ApiKeyRow.id == key_id, earlier).values(last_used_at=moment))

    def revoke(self, key_id: str) -> ApiKey:
        row = self._row(key_id)
        if row.revoked_at is None:
            row.revoked_at = now()
            record_audit(self._session, AuditAction.KEY_REVOKED, "key", row.id, tenant_id=row.tenant_id)
        return record_from(row, ApiKey)

    def authenticate(self, secret: str) -> tuple[TenantStatus, ApiKey] | None:
        """(status of its tenant, key) for a key that works, or None. The caller refuses suspended tenants."""
        if not is_secret(secret):
            return None
        candidates = self._session.execute(
            select(ApiKeyRow, TenantRow.status)
            .join(TenantRow, TenantRow.id == ApiKeyRow.tenant_id)
            .where(ApiKeyRow.prefix == prefix_of(secret), in_force())
        )
        for row, status in candidates:
            if matches(secret, row.secret_hash):
                return status, record_from(row, ApiKey)
        return None

    def _row(self, key_id: str) -> ApiKeyRow:
        row = self._session.get(ApiKeyRow, key_id)
        if row is None:
            raise NotFound("No such key.")
        return row
