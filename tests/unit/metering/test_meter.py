"""The meter of a request: it charges all of its owners and its end user, in threads and tasks too."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from anyio.to_thread import run_sync

from app.domain.usage import Amounts, RateLimits, RateState, Resource, UsageDay
from app.errors import RateLimited
from app.metering.memory_limiter import MemoryRateLimiter
from app.metering.meter import Meter, add_tokens, assign_user, check_tokens, metered, take_upload
from app.metering.rate_limiter import Owner
from app.metering.usage_log import UsageLog
from app.storage.database import Database

DAY = date(2026, 1, 31)
LIMITS = RateLimits(requests=2, tokens=10, uploads=1)


@pytest.fixture
def usage(db: Database) -> UsageLog:
    return UsageLog(db, today=lambda: DAY)


@pytest.fixture
def meter(usage: UsageLog, tenant_id: str) -> Meter:
    owners = [Owner("tenant", tenant_id, RateLimits()), Owner("token", "tok_1", LIMITS)]
    return Meter(MemoryRateLimiter(lambda: 0.0), usage, tenant_id, owners, None)


def used(db: Database, usage: UsageLog, tenant_id: str) -> list[UsageDay]:
    usage.flush()
    with db.read_tenant(tenant_id) as store:
        return store.usage.days_by_user(DAY, DAY)


async def test_work_in_threads_and_tasks_is_charged(
    db: Database, usage: UsageLog, meter: Meter, tenant_id: str
) -> None:
    meter.begin()
    with metered(meter):
        await run_sync(take_upload)
        await asyncio.create_task(answer())
        with pytest.raises(RateLimited, match="Your token"):
            check_tokens()
        with pytest.raises(RateLimited):
            await run_sync(take_upload)
    assert meter.state(Resource.REQUESTS) == RateState(2, 1, 30.0)
    assert used(db, usage, tenant_id) == [UsageDay(DAY, None, Amounts(1, 9, 3, 1))]


async def answer() -> None:
    check_tokens()
    add_tokens(prompt=9, completion=3)


def test_request_is_counted_for_the_user_it_names(db: Database, usage: UsageLog, meter: Meter, tenant_id: str) -> None:
    meter.begin()
    with metered(meter):
        assign_user(None)
        assign_user("ana")
        assign_user("ana")
        add_tokens(prompt=1, completion=1)
    assert used(db, usage, tenant_id) == [UsageDay(DAY, "ana", Amounts(1, 1, 1))]


def test_refused_request_is_not_counted(db: Database, usage: UsageLog, meter: Meter, tenant_id: str) -> None:
    for _ in range(2):
        meter.begin()
    with pytest.raises(RateLimited, match="2 requests a minute"):
        meter.begin()
    assert [day.amounts.requests for day in used(db, usage, tenant_id)] == [2]


def test_outside_of_requests_nothing_is_charged() -> None:
    check_tokens()
    take_upload()
    add_tokens(prompt=1, completion=1)
    assign_user("ana")
