"""Shows and sets the quotas of tenants on their data folder, beside a running service or without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.quotas import Quota, Quotas
from app.domain.usage import TenantLimits
from app.storage.database import Database
from app.storage.sql.repositories.limits import Limits


@dataclass(frozen=True, slots=True)
class TenantQuota:
    """One quota of one tenant."""

    quota: Quota
    used: int
    limit: int | None  # that holds; None: no limit
    is_own: bool  # set for this tenant, not the service's default


class QuotaService:
    """The quotas of all tenants. A running service reads them for each upload."""

    def __init__(self, db: Database, defaults: Quotas) -> None:
        """`defaults` hold where a tenant has no quotas of its own."""
        self._db = db
        self._defaults = defaults

    def list(self, tenant_id: str) -> list[TenantQuota]:
        """All quotas of a tenant."""
        with self._db.read_tenant(tenant_id) as store:
            own, used = store.quotas.own(), store.quotas.used(tuple(Quota))
        in_force = own.or_else(self._defaults)
        return [TenantQuota(one, used[one], in_force.of(one), own.of(one) is not None) for one in Quota]

    def set(self, tenant_id: str, quotas: Mapping[Quota, int | None]) -> None:
        """Set these quotas of a tenant, None to the service's default; its other limits stay. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            limits = Limits(store.session)
            before = limits.all().get(tenant_id, TenantLimits())
            changed = {str(quota): limit for quota, limit in quotas.items()}
            limits.set(tenant_id, replace(before, quotas=replace(before.quotas, **changed)))
