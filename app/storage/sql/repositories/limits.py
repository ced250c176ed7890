"""Limits that were set for single tenants."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.quotas import Quotas
from app.domain.usage import RateLimits, TenantLimits
from app.errors import NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.dialects.upsert import insert_into
from app.storage.sql.tables import TenantLimitsRow, TenantRow


class Limits:
    """Reads and replaces the limits of all tenants. Only the operator of the service may."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> dict[str, TenantLimits]:
        """By tenant; those without limits of their own are left out."""
        return {row.tenant_id: limits_of(row) for row in self._session.scalars(select(TenantLimitsRow))}

    def set(self, tenant_id: str, limits: TenantLimits) -> None:
        """Raises NotFound if there is no such tenant."""
        if self._session.get(TenantRow, tenant_id) is None:
            raise NotFound("No such tenant.")
        new = insert_into(self._session, TenantLimitsRow.__table__).values(tenant_id=tenant_id, limits=asdict(limits))
        set_ = {"limits": new.excluded.limits}
        self._session.execute(new.on_conflict_do_update(index_elements=["tenant_id"], set_=set_))
        details: dict[str, Any] = {"limits": asdict(limits)}
        record_audit(self._session, AuditAction.LIMITS_CHANGED, "tenant", tenant_id, tenant_id=tenant_id, **details)


def limits_of(row: TenantLimitsRow) -> TenantLimits:
    """The record of a row, which may be older than some of the limits."""
    quotas = Quotas(**row.limits.get("quotas", {}))
    rates = {owner: RateLimits(**row.limits.get(owner, {})) for owner in ("tenant", "key", "token")}
    return TenantLimits(**rates, quotas=quotas)
