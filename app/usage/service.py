"""What a caller may do and has used, and the limits that the operator sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.domain.quotas import Quota, QuotaState
from app.domain.tenants import ApiKey, Tenant
from app.domain.usage import Amounts, RateState, Resource, TenantLimits, UsageDay
from app.errors import InvalidRequest
from app.http.auth import Principal
from app.metering.metering import Metering
from app.metering.quotas import TenantQuotas
from app.storage.database import Database
from app.storage.sql.repositories.keys import Keys
from app.storage.sql.repositories.tenants import Tenants
from app.text.language import LANGUAGES

USUAL_DAYS = 30
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, and what it may do."""

    tenant: Tenant
    key: ApiKey | None  # None: a token, which does not show the key that made it
    principal: Principal
    limits: dict[Resource, RateState | None]  # what is left; None: no limit
    quotas: dict[Quota, QuotaState] | None  # what the tenant has; None: a token, which is not told
    today: Amounts  # of the tenant, or of the token's user
    languages: Sequence[str]
    max_tokens: int  # most that one answer has


@dataclass(frozen=True, slots=True)
class Usage:
    """What was used between two days, both included."""

    start: date
    end: date
    data: Sequence[UsageDay]

    @property
    def total(self) -> Amounts:
        return sum((day.amounts for day in self.data), Amounts())


@dataclass(frozen=True, slots=True)
class SetLimits:
    """What was set for a tenant, what holds for it with the service's defaults, and how much of it is used."""

    own: TenantLimits
    in_force: TenantLimits
    used: dict[Quota, int]  # of each quota


class UsageService:
    """Tells callers what they may use and have used. Usage is counted in days of UTC."""

    def __init__(self, db: Database, metering: Metering, quotas: TenantQuotas, *, max_tokens: int) -> None:
        """`max_tokens`: most that one answer has."""
        self._db = db
        self._quotas = quotas
        self._metering = metering
        self._max_tokens = max_tokens

    def caller(self, principal: Principal) -> Caller:
        """Who sends this request."""
        today = _today()
        used = self.usage(principal.tenant_id, today, today, user=principal.user)
        with self._db.read_tenant(principal.tenant_id) as store:
            tenant = Tenants(store.session).get(principal.tenant_id)
            key = Keys(store.session).get(principal.key_id) if principal.token_id is None else None
            quotas = self._quotas.states(store) if principal.token_id is None else None
        left = self._metering.state(principal.tenant_id, key_id=principal.key_id, token_id=principal.token_id)
        return Caller(tenant, key, principal, left, quotas, used.total, LANGUAGES, self._max_tokens)

    def usage(
        self, tenant_id: str, start: date | None, end: date | None, *, user: str | None = None, by_user: bool = False
    ) -> Usage:
        """Usage from `start` to `end`, the last USUAL_DAYS if left out. Raises InvalidRequest for a wrong range."""
        start, end = _range(start, end)
        self._metering.usage.flush()
        with self._db.read_tenant(tenant_id) as store:
            if by_user and user is None:
                return Usage(start, end, store.usage.days_by_user(start, end))
            return Usage(start, end, store.usage.days(start, end, user=user))

    def usage_of(self, tenant_id: str, start: date | None, end: date | None, *, by_user: bool = False) -> Usage:
        """Usage of any tenant, for the operator. Raises NotFound and InvalidRequest."""
        with self._db.read() as session:
            Tenants(session).get(tenant_id)
        return self.usage(tenant_id, start, end, by_user=by_user)

    def limits(self, tenant_id: str) -> SetLimits:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            Tenants(store.session).get(tenant_id)
            used = store.quotas.used(tuple(Quota))
        return SetLimits(self._metering.own_limits(tenant_id), self._metering.limits(tenant_id), used)

    def set_limits(self, tenant_id: str, limits: TenantLimits) -> SetLimits:
        """Replace the limits of a tenant; they hold from the next request on. Raises NotFound."""
        self._metering.set_limits(tenant_id, limits)
        return self.limits(tenant_id)


def _range(start: date | None, end: date | None) -> tuple[date, date]:
    """Raises InvalidRequest."""
    end = end or _today()
    start = start or max(end, date.min + timedelta(days=USUAL_DAYS)) - timedelta(days=USUAL_DAYS - 1)
    if not timedelta(0) <= end - start < timedelta(days=MOST_DAYS):
        raise InvalidRequest(f"start must be before end, by less than {MOST_DAYS} days.", param="start")
    return start, end


def _today() -> date:
    return datetime.now(UTC).date()
