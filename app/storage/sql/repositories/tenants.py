"""Tenants: create, suspend, and delete with all their data."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.adapters import AdapterVersion
from app.domain.audit import AuditAction
from app.domain.pagination import NamedSort, Order, Page, order_of
from app.domain.tenants import Tenant, TenantStatus
from app.errors import Conflict, NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.blob_use import used_blobs
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.dialects.locks import lock, lock_tenant
from app.storage.sql.pagination import Sorts, by_name, named, paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.repositories.adapters import versions_of
from app.storage.sql.tables import TenantRow

SORTS: Sorts = {"created_at": TenantRow.created_at, "name": by_name(TenantRow.name)}


class Tenants:
    """Creates, reads, updates and deletes tenants. Only the operator of the service may."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def create(self, name: str) -> Tenant:
        """Raises Conflict if the name is taken."""
        lock(self._session, "tenant_name", name)  # two processes may be asked for it at once
        if self._session.scalar(select(TenantRow.id).where(TenantRow.name == name)):
            raise Conflict(f"A tenant named {name!r} exists; choose another name.", param="name")
        row = TenantRow(name=name)
        self._session.add(row)
        self._session.flush()
        record_audit(self._session, AuditAction.TENANT_CREATED, "tenant", row.id, tenant_id=row.id, name=name)
        return record_from(row, Tenant)

    def get(self, tenant_id: str) -> Tenant:
        return record_from(self._row(tenant_id), Tenant)

    def by_name(self, name: str) -> Tenant:
        row = self._session.scalar(select(TenantRow).where(TenantRow.name == name))
        if row is None:
            raise NotFound(f"No tenant is named {name!r}.")
        return record_from(row, Tenant)

    def page(
        self,
        *,
        q: str | None = None,
        sort: NamedSort = "created_at",
        limit: int = 20,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Tenant]:
        """`q`: words of the name."""
        return paginate(
            self._session,
            named(select(TenantRow), q, TenantRow.name),
            keys=(SORTS[sort], TenantRow.id),
            to_record=record_mapper(Tenant),
            limit=limit,
            after=after,
            order=order_of(sort, order),
            scope=select(TenantRow),
        )

    def set_status(self, tenant_id: str, status: TenantStatus) -> Tenant:
        row = self._row(tenant_id)
        if row.status != status:
            suspended = status == TenantStatus.SUSPENDED
            action = AuditAction.TENANT_SUSPENDED if suspended else AuditAction.TENANT_RESUMED
            record_audit(self._session, action, "tenant", row.id, tenant_id=row.id)
        row.status = status
        return record_from(row, Tenant)

    def statuses(self, tenant_ids: Collection[str]) -> dict[str, TenantStatus]:
        """Of those that exist."""
        query = select(TenantRow.id, TenantRow.status).where(one_of(TenantRow.id, sorted(tenant_ids)))
        return {row[0]: row[1] for row in self._session.execute(query)}

    def delete(self, tenant_id: str) -> tuple[list[str], list[AdapterVersion]]:
        """Delete every row of the tenant. Returns (blob names, versions) whose files go after the commit.

        It waits for who writes for the tenant: a file that comes in meanwhile would stay behind.
        """
        lock_tenant(self._session, tenant_id)
        row = self._row(tenant_id)
        unlink = sorted(used_blobs(self._session, tenant_id)), versions_of(self._session, tenant_id)
        record_audit(self._session, AuditAction.TENANT_DELETED, "tenant", row.id, tenant_id=row.id, name=row.name)
        self._session.execute(delete(TenantRow).where(TenantRow.id == row.id))
        return unlink

    def _row(self, tenant_id: str) -> TenantRow:
        row = self._session.get(TenantRow, tenant_id)
        if row is None:
            raise NotFound("No such tenant.")
        return row
