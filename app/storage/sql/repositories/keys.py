"""API keys. The secret is shown once, stored as a hash and compared in constant time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.pagination import NamedSort, Order, Page, order_of
from app.domain.tenants import ApiKey, TenantStatus
from app.errors import NotFound
from app.storage.secret_text import KEY, is_secret, matches, new_secret, prefix_of, secret_hash
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.pagination import Sorts, by_name, named, paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.tables import ApiKeyRow, TenantRow, now

SORTS: Sorts = {"created_at": ApiKeyRow.created_at, "name": by_name(ApiKeyRow.label)}


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
        row = self._session.get(ApiKeyRow, key_id)
        if row is None:
            raise NotFound("No such key.")
        return record_from(row, ApiKey)

    def labelled(self, tenant_id: str, label: str) -> ApiKey | None:
        """The oldest key of the tenant with this label that is not revoked."""
        mine = ApiKeyRow.tenant_id == tenant_id, ApiKeyRow.label == label, ApiKeyRow.revoked_at.is_(None)
        row = self._session.scalar(select(ApiKeyRow).where(*mine).order_by(ApiKeyRow.created_at, ApiKeyRow.id).limit(1))
        return None if row is None else record_from(row, ApiKey)

    def with_scope(self, tenant_id: str, scope: str) -> list[str]:
        """The ids of the tenant's keys with this scope that are not revoked."""
        usable = ApiKeyRow.tenant_id == tenant_id, ApiKeyRow.revoked_at.is_(None)
        rows = self._session.execute(select(ApiKeyRow.id, ApiKeyRow.scopes).where(*usable))
        return [key_id for key_id, scopes in rows if scope in scopes]

    def revoke(self, key_id: str) -> ApiKey:
        row = self._session.get(ApiKeyRow, key_id)
        if row is None:
            raise NotFound("No such key.")
        if row.revoked_at is None:
            row.revoked_at = now()
            record_audit(self._session, AuditAction.KEY_REVOKED, "key", row.id, tenant_id=row.tenant_id)
        return record_from(row, ApiKey)

    def authenticate(self, secret: str) -> tuple[TenantStatus, ApiKey] | None:
        """(status of its tenant, key) for a key that is not revoked, or None. The caller refuses suspended tenants."""
        if not is_secret(secret):
            return None
        candidates = self._session.execute(
            select(ApiKeyRow, TenantRow.status)
            .join(TenantRow, TenantRow.id == ApiKeyRow.tenant_id)
            .where(ApiKeyRow.prefix == prefix_of(secret), ApiKeyRow.revoked_at.is_(None))
        )
        for row, status in candidates:
            if matches(secret, row.secret_hash):
                return status, record_from(row, ApiKey)
        return None
