"""Usage by day: summed, kept when it cannot be written, of one tenant alone."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.usage import Amounts, UsageDay
from app.errors import Unavailable
from app.metering.usage_log import UsageLog
from app.storage.database import Database
from app.storage.sql.repositories.tenants import Tenants

FIRST, SECOND = date(2026, 1, 30), date(2026, 1, 31)


def test_usage_is_summed_by_day_and_by_user(db: Database, tenant_id: str) -> None:
    days = [FIRST]
    usage = UsageLog(db, today=lambda: days[0])
    usage.add(tenant_id, "ana", Amounts(requests=1, prompt_tokens=10, completion_tokens=2))
    usage.flush()
    usage.add(tenant_id, "ana", Amounts(requests=1, prompt_tokens=5))
    usage.add(tenant_id, None, Amounts(requests=1, uploads=1))
    days[0] = SECOND
    usage.add(tenant_id, "rui", Amounts(requests=1))
    usage.flush()
    with db.read_tenant(tenant_id) as store:
        assert store.usage.days(FIRST, SECOND) == [
            UsageDay(FIRST, None, Amounts(3, 15, 2, 1)),
            UsageDay(SECOND, None, Amounts(1)),
        ]
        assert store.usage.days(FIRST, SECOND, user="ana") == [UsageDay(FIRST, "ana", Amounts(2, 15, 2))]
        assert store.usage.days_by_user(FIRST, FIRST) == [
            UsageDay(FIRST, None, Amounts(1, uploads=1)),
            UsageDay(FIRST, "ana", Amounts(2, 15, 2)),
        ]


def test_other_and_deleted_tenants_have_usage_of_their_own(db: Database, tenant_id: str) -> None:
    with db.write() as session:
        other = Tenants(session).create("other").id
    usage = UsageLog(db, today=lambda: FIRST)
    for tenant in (tenant_id, other, "ten_gone"):
        usage.add(tenant, None, Amounts(requests=1))
    usage.flush()
    with db.read_tenant(other) as store:
        assert [day.amounts.requests for day in store.usage.days(FIRST, FIRST)] == [1]


def test_usage_that_cannot_be_written_stays_pending(
    db: Database, tenant_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = UsageLog(db, today=lambda: FIRST)
    usage.add(tenant_id, None, Amounts(requests=2))

    def busy() -> None:
        raise Unavailable("The database is busy.")

    with monkeypatch.context() as patch:
        patch.setattr(db, "write", busy)
        usage.try_flush()
    usage.add(tenant_id, None, Amounts(requests=1))
    usage.flush()
    usage.flush()
    with db.read_tenant(tenant_id) as store:
        assert [day.amounts.requests for day in store.usage.days(FIRST, FIRST)] == [3]
