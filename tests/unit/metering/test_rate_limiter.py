"""Limits a minute: exact counts, refilling, several owners at once."""

from __future__ import annotations

import pytest

from app.domain.usage import RateLimits, RateState, Resource, TenantLimits
from app.errors import RateLimited
from app.metering import memory_limiter
from app.metering.memory_limiter import MemoryRateLimiter
from app.metering.rate_limiter import Owner, RateLimiter

REQUESTS, TOKENS = Resource.REQUESTS, Resource.TOKENS


class Clock:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> RateLimiter:
    return MemoryRateLimiter(clock)


def owner(kind: str = "tenant", **limits: int) -> Owner:
    return Owner(kind, f"{kind}_1", RateLimits(**limits))


def test_limit_is_used_up_to_the_last_and_the_next_is_told_when(limiter: RateLimiter, clock: Clock) -> None:
    owners = [owner(requests=6)]
    left = []
    for _ in range(6):
        limiter.take(owners, REQUESTS)
        state = limiter.state(owners, REQUESTS)
        assert state is not None
        left.append(state.remaining)
    assert left == [5, 4, 3, 2, 1, 0]
    with pytest.raises(RateLimited, match="Your tenant may make 6 requests a minute; try again in 10 s") as refused:
        limiter.take(owners, REQUESTS)
    assert refused.value.retry_after == 10
    clock.now += 9.9
    with pytest.raises(RateLimited):
        limiter.take(owners, REQUESTS)
    clock.now += 0.1
    limiter.take(owners, REQUESTS)


def test_limit_is_there_again_after_a_minute_and_never_more(limiter: RateLimiter, clock: Clock) -> None:
    owners = [owner(requests=6)]
    for _ in range(3):
        limiter.take(owners, REQUESTS)
    assert limiter.state(owners, REQUESTS) == RateState(6, 3, 30.0)
    clock.now += 3600
    assert limiter.state(owners, REQUESTS) == RateState(6, 6, 0.0)


def test_refused_request_takes_nothing_from_any_owner(limiter: RateLimiter) -> None:
    tenant, key = owner("tenant", requests=9), owner("key", requests=1)
    limiter.take([tenant, key], REQUESTS)
    with pytest.raises(RateLimited, match="Your key"):
        limiter.take([tenant, key], REQUESTS)
    assert limiter.state([tenant], REQUESTS) == RateState(9, 8, 60 / 9)
    assert limiter.state([tenant, key], REQUESTS) == RateState(1, 0, 60.0)  # the tighter one is told


def test_tokens_are_charged_when_they_are_used_also_beyond_the_limit(limiter: RateLimiter, clock: Clock) -> None:
    owners = [owner(tokens=60)]
    limiter.check(owners, TOKENS)
    limiter.charge(owners, TOKENS, 90)
    assert limiter.state(owners, TOKENS) == RateState(60, 0, 90.0)
    with pytest.raises(RateLimited) as refused:
        limiter.check(owners, TOKENS)
    assert refused.value.retry_after == 31
    clock.now += 31
    limiter.check(owners, TOKENS)


def test_without_a_limit_nothing_is_refused_or_told(limiter: RateLimiter) -> None:
    for _ in range(1000):
        limiter.take([owner()], REQUESTS)
    assert limiter.state([owner()], REQUESTS) is None


def test_changed_limit_holds_at_once(limiter: RateLimiter) -> None:
    limiter.take([owner(requests=100)], REQUESTS)
    limiter.take([owner(requests=2)], REQUESTS, 2)
    with pytest.raises(RateLimited):
        limiter.take([owner(requests=2)], REQUESTS)


def test_full_buckets_are_forgotten_and_others_are_not(
    limiter: RateLimiter, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_limiter, "BUCKETS_BEFORE_CLEARING", 2)
    busy = owner("busy", requests=2)
    limiter.take([busy, owner("idle", requests=60)], REQUESTS)
    clock.now += 1  # the idle one is full again
    limiter.take([owner("third", requests=5)], REQUESTS)
    assert {name for name, _ in limiter._buckets} == {"busy_1", "third_1"}


def test_limits_of_a_tenant_stand_before_the_services_own() -> None:
    own = TenantLimits(tenant=RateLimits(requests=5))
    defaults = TenantLimits(tenant=RateLimits(requests=9, tokens=7), token=RateLimits(uploads=3))
    in_force = TenantLimits(tenant=RateLimits(requests=5, tokens=7), token=RateLimits(uploads=3))
    assert own.or_else(defaults) == in_force
