"""The meter of a request: it charges all of its owners and its end user, in threads and tasks too."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import date

import pytest
from anyio.to_thread import run_sync

from app.domain.usage import (
    REQUEST_LIMITS,
    TOKEN_LIMITS,
    Amounts,
    RateLimits,
    RateState,
    Resource,
    TenantLimits,
    UsageDay,
)
from app.errors import RateLimited
from app.metering.memory_limiter import MemoryRateLimiter
from app.metering.meter import Meter, add_tokens, assign_user, check_tokens, metered, take_upload
from app.metering.metering import Metering
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
    await meter.begin()
    with metered(meter):
        await run_sync(take_upload)
        await asyncio.create_task(answer())
        with pytest.raises(RateLimited, match="Your token"):
            await check_tokens()
        with pytest.raises(RateLimited):
            await run_sync(take_upload)
    assert meter.state([Resource.REQUESTS]) == RateState(2, 1, 30.0)
    assert used(db, usage, tenant_id) == [UsageDay(DAY, None, Amounts(1, 9, 3, 1))]


async def answer() -> None:
    await check_tokens()
    add_tokens(prompt=9, completion=3)


async def test_request_is_counted_for_the_user_it_names(
    db: Database, usage: UsageLog, meter: Meter, tenant_id: str
) -> None:
    await meter.begin()
    with metered(meter):
        assign_user(None)
        assign_user("ana")
        assign_user("ana")
        add_tokens(prompt=1, completion=1)
    assert used(db, usage, tenant_id) == [UsageDay(DAY, "ana", Amounts(1, 1, 1))]


async def test_refused_request_is_not_counted(db: Database, usage: UsageLog, meter: Meter, tenant_id: str) -> None:
    for _ in range(2):
        await meter.begin()
    with pytest.raises(RateLimited, match="2 requests a minute"):
        await meter.begin()
    assert [day.amounts.requests for day in used(db, usage, tenant_id)] == [2]


async def test_outside_of_requests_nothing_is_charged() -> None:
    await check_tokens()
    take_upload()
    add_tokens(prompt=1, completion=1)
    assign_user("ana")


def limited(usage: UsageLog, tenant_id: str, limits: RateLimits, clock: Callable[[], float] = lambda: 0.0) -> Meter:
    return Meter(MemoryRateLimiter(clock), usage, tenant_id, [Owner("tenant", tenant_id, limits)], None)


async def test_limit_of_a_day_ends_requests_that_the_minute_allows(usage: UsageLog, tenant_id: str) -> None:
    meter = limited(usage, tenant_id, RateLimits(requests=100, requests_per_day=2))
    for _ in range(2):
        await meter.begin()
    with pytest.raises(RateLimited, match="2 requests a day") as refused:
        await meter.begin()
    fault = refused.value
    assert (fault.code, fault.param, fault.retry_after) == ("quota_exceeded", "requests_per_day", 43_200)
    assert meter.state(REQUEST_LIMITS) == RateState(2, 0, 86_400.0)  # of the limit with the least left


async def test_what_the_minute_refuses_does_not_use_up_the_day(usage: UsageLog, tenant_id: str) -> None:
    meter = limited(usage, tenant_id, RateLimits(requests=1, requests_per_day=10))
    await meter.begin()
    for _ in range(20):
        with pytest.raises(RateLimited, match="1 requests a minute"):
            await meter.begin()
    assert meter.state([Resource.REQUESTS_PER_DAY]) == RateState(10, 9, 8640.0)


async def test_tokens_of_a_day_are_charged_beside_those_of_a_minute(usage: UsageLog, tenant_id: str) -> None:
    meter = limited(usage, tenant_id, RateLimits(tokens=100, tokens_per_day=10))
    with metered(meter):
        add_tokens(prompt=6, completion=6)
        with pytest.raises(RateLimited, match="10 tokens a day"):
            await check_tokens()
    assert (meter.state([Resource.TOKENS]), meter.state(TOKEN_LIMITS)) == (
        RateState(100, 88, 7.2),
        RateState(10, 0, 12 * 8640.0),
    )


class WatchedLimiter(MemoryRateLimiter):
    """It remembers the threads in which it is asked."""

    def __init__(self, waits: bool) -> None:
        super().__init__(self._now)
        self.may_wait = waits
        self.threads: set[int] = set()

    def _now(self) -> float:
        self.threads.add(threading.get_ident())
        return 0.0


async def test_limits_in_memory_are_charged_on_the_event_loop_and_those_of_a_database_are_not(
    usage: UsageLog, tenant_id: str
) -> None:
    here = threading.get_ident()
    for waits in (False, True):
        limiter = WatchedLimiter(waits)
        meter = Meter(limiter, usage, tenant_id, [Owner("tenant", tenant_id, LIMITS)], None)
        await meter.begin()
        await meter.check_tokens()
        assert (here in limiter.threads, bool(limiter.threads - {here})) == (not waits, waits)


def test_what_was_used_today_is_charged_again_after_a_restart(db: Database, tenant_id: str) -> None:
    usage = UsageLog(db)
    usage.add(tenant_id, "ana", Amounts(requests=3, prompt_tokens=20, completion_tokens=5))
    usage.flush()
    limits = TenantLimits(tenant=RateLimits(requests_per_day=10, tokens_per_day=100))
    state = Metering(db, limits, MemoryRateLimiter(lambda: 0.0), usage).state(tenant_id, key_id="key_1", token_id=None)
    left = [state[resource] for resource in (Resource.REQUESTS_PER_DAY, Resource.TOKENS_PER_DAY)]
    assert [one and one.remaining for one in left] == [7, 75]
