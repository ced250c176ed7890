"""Limits that several processes share: exact where they are small, cheap where they are large."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, text

from app.domain.usage import RateLimits, Resource
from app.errors import RateLimited, Unavailable
from app.metering.rate_limiter import Owner
from app.metering.shared_limiter import SharedRateLimiter
from app.storage.database import Database
from app.storage.postgres.dialect import PostgresDialect

REQUESTS, TOKENS = Resource.REQUESTS, Resource.TOKENS


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


def owner(kind: str = "tenant", **limits: int) -> Owner:
    return Owner(kind, f"{kind}_1", RateLimits(**limits))


def accepted(limiter: SharedRateLimiter, owners: list[Owner], tries: int) -> int:
    taken = 0
    for _ in range(tries):
        try:
            limiter.take(owners, REQUESTS)
        except RateLimited:
            continue
        taken += 1
    return taken


def test_processes_together_accept_as_much_as_the_limit(db: Database) -> None:
    owners, processes = [owner(requests=30)], [SharedRateLimiter(db) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        taken = sum(pool.map(lambda limiter: accepted(limiter, owners, 25), processes))
    assert 30 <= taken <= 33  # what refills while the test runs


def test_refusal_says_when_to_come_back_and_takes_nothing_from_other_owners(db: Database) -> None:
    limiter = SharedRateLimiter(db)
    tenant, key = owner(requests=600), owner("key", requests=2)
    assert accepted(limiter, [tenant, key], 2) == 2
    with pytest.raises(RateLimited, match=r"Your key may make 2 requests a minute; try again in (29|30) s"):
        limiter.take([tenant, key], REQUESTS)
    state = SharedRateLimiter(db).state([tenant], REQUESTS)
    assert state is not None
    assert state.limit == 600
    left = limiter.state([tenant], REQUESTS)
    assert left is not None
    assert left.remaining >= 597


def test_large_limit_costs_a_statement_for_a_second_of_it(db: Database) -> None:
    assert isinstance(db.dialect, PostgresDialect)
    limiter, owners, upserts = SharedRateLimiter(db), [owner(requests=30_000)], []

    @event.listens_for(db.dialect.engine, "before_cursor_execute")
    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        upserts.extend([statement] if "rate_buckets" in statement else [])

    assert accepted(limiter, owners, 1000) == 1000
    assert len(upserts) == 2


def test_tokens_that_were_used_are_told_to_the_other_processes(db: Database) -> None:
    one, another = SharedRateLimiter(db), SharedRateLimiter(db)
    owners = [owner(tokens=60)]
    for limiter in (one, another):
        limiter.check(owners, TOKENS)
    one.charge(owners, TOKENS, 80)
    another.charge(owners, TOKENS, 1)
    one.settle()
    with pytest.raises(RateLimited, match=r"60 tokens a minute; try again in 2[0-9] s"):
        another.check(owners, TOKENS)


def test_clock_of_the_database_that_goes_back_gives_nothing_and_takes_nothing(db: Database) -> None:
    limiter, owners = SharedRateLimiter(db), [owner(requests=6)]
    assert accepted(limiter, owners, 4) == 4
    with db.write() as session:
        session.execute(text("UPDATE rate_buckets SET filled_at = filled_at + 1000"))
    assert accepted(SharedRateLimiter(db), owners, 4) == 2


def test_debt_is_owed_still_when_the_database_could_not_be_told(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    limiter, owners = SharedRateLimiter(db), [owner(tokens=60)]
    limiter.charge(owners, TOKENS, 100)

    def fails(*_: object) -> None:
        raise Unavailable("down")

    with monkeypatch.context() as broken:
        broken.setattr("app.metering.shared_limiter.lease", fails)
        with pytest.raises(Unavailable):
            limiter.settle()
    limiter.settle()
    with pytest.raises(RateLimited):
        SharedRateLimiter(db).check(owners, TOKENS)


def test_slice_that_is_in_use_is_not_forgotten_for_a_new_one(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.metering.shared_limiter.SLICES_BEFORE_CLEARING", 1)
    clock = [0.0]
    limiter, old, new = SharedRateLimiter(db, lambda: clock[0]), owner(tokens=60), owner("key", tokens=60)
    limiter.state([old], TOKENS)
    clock[0] = 100.0  # asked for longer ago than a minute
    limiter.charge([old, new], TOKENS, 10)
    left = limiter.state([old], TOKENS)
    assert left is not None
    assert left.remaining == 50


def test_never_is_more_left_than_the_limit(db: Database) -> None:
    now = 100.0
    limiter = SharedRateLimiter(db, lambda: now)
    limiter.take([owner(requests=6000)], REQUESTS)
    now += 30.0  # the bucket is full again, and a part of the slice is there
    state = limiter.state([owner(requests=6000)], REQUESTS)
    assert state is not None
    assert (state.limit, state.remaining) == (6000, 6000)


def test_limit_that_is_lowered_holds_at_once(db: Database) -> None:
    limiter = SharedRateLimiter(db)
    limiter.take([owner(requests=6000)], REQUESTS)
    assert accepted(limiter, [owner(requests=2)], 5) == 2
