"""Makes the meters of requests: who is charged, under which limits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from anyio.to_thread import run_sync

from app.domain.usage import RateState, Resource, TenantLimits
from app.errors import AppError
from app.metering.meter import Meter
from app.metering.rate_limiter import Owner, RateLimiter
from app.metering.usage_log import UsageLog
from app.storage.database import Database
from app.storage.sql.repositories.limits import Limits
from app.storage.sql.repositories.usage import used_on

log = structlog.get_logger(__name__)
REFRESH_S = 2.0  # after which limits that another process set hold here


class Metering:
    """The limits in force, and the meter of each request.

    The limits of tenants are kept in memory; `keep_current` reads what other processes set.
    """

    def __init__(self, db: Database, defaults: TenantLimits, limiter: RateLimiter, usage: UsageLog) -> None:
        """`defaults` hold where a tenant has no limits of its own."""
        self._db = db
        self._defaults = defaults
        self._limiter = limiter
        self.usage = usage
        self._lock = threading.Lock()
        self._own: dict[str, TenantLimits] = {}
        self.refresh()
        if not limiter.may_wait:
            self._charge_today()

    def meter(self, tenant_id: str, *, key_id: str, token_id: str | None, user: str | None) -> Meter:
        """The meter of a request. A token counts for itself, not for the key that made it."""
        return Meter(self._limiter, self.usage, tenant_id, self._owners(tenant_id, key_id, token_id), user)

    def limits(self, tenant_id: str) -> TenantLimits:
        """The limits in force for a tenant, the service's defaults included."""
        return self.own_limits(tenant_id).or_else(self._defaults)

    def own_limits(self, tenant_id: str) -> TenantLimits:
        """What was set for this tenant alone."""
        with self._lock:
            return self._own.get(tenant_id, TenantLimits())

    def set_limits(self, tenant_id: str, limits: TenantLimits) -> None:
        """Replace what was set for this tenant; it holds from the next request on, at other processes after REFRESH_S.

        Raises NotFound.
        """
        with self._db.write() as session:
            Limits(session).set(tenant_id, limits)
        with self._lock:
            self._own[tenant_id] = limits

    def refresh(self) -> None:
        """Read the limits anew, and tell other processes what was charged. Raises Unavailable."""
        with self._db.read() as session:
            own = Limits(session).all()
        with self._lock:
            self._own = own
        self._limiter.settle()

    async def keep_current(self) -> None:
        """Refresh every REFRESH_S seconds, until cancelled."""
        while True:
            await asyncio.sleep(REFRESH_S)
            try:
                await run_sync(self.refresh)
            except AppError as fault:
                log.warning("limits_not_refreshed", code=fault.code, message=fault.message)

    def _charge_today(self) -> None:
        """Take what tenants used since midnight (UTC) out of their limits a day: memory does not outlast a restart."""
        with self._db.read() as session:
            used = used_on(session, datetime.now(UTC).date())
        for tenant_id, amounts in used.items():
            owners = [Owner("tenant", tenant_id, self.limits(tenant_id).tenant)]
            self._limiter.charge(owners, Resource.REQUESTS_PER_DAY, amounts.requests)
            self._limiter.charge(owners, Resource.TOKENS_PER_DAY, amounts.tokens)

    def state(self, tenant_id: str, *, key_id: str, token_id: str | None) -> dict[Resource, RateState | None]:
        """What is left to a caller now."""
        owners = self._owners(tenant_id, key_id, token_id)
        return {resource: self._limiter.state(owners, resource) for resource in Resource}

    def _owners(self, tenant_id: str, key_id: str, token_id: str | None) -> Sequence[Owner]:
        limits = self.limits(tenant_id)
        caller = Owner("key", key_id, limits.key) if token_id is None else Owner("token", token_id, limits.token)
        return Owner("tenant", tenant_id, limits.tenant), caller
