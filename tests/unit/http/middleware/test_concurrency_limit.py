"""Places for work: a tenant's share, a key's share of it, turns between tenants, refusals that say what to do."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from app.errors import ClientGone, RateLimited, Unavailable
from app.http.middleware.concurrency_limit import Bounds, ConcurrencyLimit

LONG_S = 60.0
KEPT: list[AsyncExitStack] = []  # a place is given back when nobody knows of it any more


def limit_of(total: int, tenant: int, caller: int, waiting: int = 0, wait_s: float = LONG_S) -> ConcurrencyLimit:
    return ConcurrencyLimit(Bounds(total, tenant, caller, waiting, wait_s), "searches")


async def hold(limit: ConcurrencyLimit, order: list[str], tenant: str, caller: str = "") -> AsyncExitStack:
    stack = AsyncExitStack()
    KEPT.append(stack)
    await stack.enter_async_context(limit.place(tenant, caller or f"key of {tenant}"))
    order.append(tenant)
    return stack


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_tenant_has_its_share_and_others_find_places_free() -> None:
    limit, order = limit_of(total=4, tenant=2, caller=2), []
    await hold(limit, order, "a")
    await hold(limit, order, "a")
    with pytest.raises(RateLimited, match=r"Your tenant has 2 searches at work at once, its limit; try again in 1 s\."):
        await hold(limit, order, "a")
    await hold(limit, order, "b")
    assert limit.at_work == 3


async def test_a_key_has_its_share_of_its_tenants_places() -> None:
    limit, order = limit_of(total=4, tenant=3, caller=2), []
    await hold(limit, order, "a", "first")
    await hold(limit, order, "a", "first")
    with pytest.raises(RateLimited, match="Your key or token has 2 searches") as refused:
        await hold(limit, order, "a", "first")
    assert (refused.value.code, refused.value.retry_after) == ("too_many_at_once", 1)
    await hold(limit, order, "a", "second")


async def test_what_waits_goes_on_in_its_order_and_tenants_take_turns() -> None:
    limit, order = limit_of(total=1, tenant=1, caller=1, waiting=10), []

    async def work(tenant: str) -> None:
        async with await hold(limit, order, tenant):
            await settle()

    await asyncio.gather(*(work(tenant) for tenant in ("a", "a", "a", "a", "b", "c", "b")))
    assert order == ["a", "a", "b", "c", "a", "b", "a"]
    assert (limit.at_work, limit.waiting) == (0, 0)


async def test_a_full_queue_and_a_long_wait_are_refused() -> None:
    limit, order = limit_of(total=1, tenant=1, caller=1, waiting=1, wait_s=0.05), []
    await hold(limit, order, "a")
    waits = asyncio.create_task(hold(limit, order, "a"))
    await settle()
    with pytest.raises(RateLimited):
        await hold(limit, order, "a")
    with pytest.raises(RateLimited):
        await waits
    assert (limit.at_work, limit.waiting) == (1, 0)


async def test_a_tenant_with_nothing_at_work_is_told_that_the_service_is_full() -> None:
    limit, order = limit_of(total=1, tenant=1, caller=1), []
    await hold(limit, order, "a")
    with pytest.raises(Unavailable, match="The service has 1 searches at work, its limit") as refused:
        await hold(limit, order, "b")
    assert (refused.value.code, refused.value.retry_after) == ("overloaded", 1)


async def test_who_gives_up_waiting_leaves_no_trace_even_as_its_turn_comes() -> None:
    limit, order = limit_of(total=1, tenant=1, caller=1, waiting=2), []
    first = await hold(limit, order, "a")
    gone, late = (asyncio.create_task(hold(limit, order, "a")) for _ in range(2))
    await settle()
    gone.cancel()
    await settle()
    assert limit.waiting == 1
    await first.aclose()
    late.cancel()  # its place is there, and it has not gone on yet
    await settle()
    assert (limit.at_work, limit.waiting, order) == (0, 0, ["a"])
    await hold(limit, order, "b")


async def test_retry_after_grows_with_the_queue_and_the_time_of_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    limit, order = limit_of(total=2, tenant=2, caller=2, waiting=3), []
    monkeypatch.setattr(limit, "_mean_s", 3.0)
    for _ in range(2):
        await hold(limit, order, "a")
    waits = [asyncio.create_task(hold(limit, order, "a")) for _ in range(3)]
    await settle()
    with pytest.raises(RateLimited) as refused:
        await hold(limit, order, "a")
    assert refused.value.retry_after == 6  # four of three seconds, two at a time
    for task in waits:
        task.cancel()
    await asyncio.gather(*waits, return_exceptions=True)


async def test_a_request_whose_client_leaves_waits_no_longer() -> None:
    limit, order = limit_of(total=1, tenant=1, caller=1, waiting=2), []
    first, leaves = await hold(limit, order, "a"), asyncio.Event()

    async def left() -> None:
        await leaves.wait()

    async def wait() -> None:
        async with limit.place("a", "key of a", left):
            order.append("the one who left")

    waits, stays = asyncio.create_task(wait()), asyncio.create_task(hold(limit, order, "a"))
    await settle()
    assert limit.waiting == 2
    leaves.set()
    with pytest.raises(ClientGone):
        await waits
    assert (limit.at_work, limit.waiting) == (1, 1)
    await first.aclose()
    await stays
    assert order == ["a", "a"]
