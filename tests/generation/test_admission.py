"""The queue: fair by tokens served, bounded, and it never loses count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RateLimited, Unavailable
from app.generation.admission import FairQueue


def test_least_served_tenant_is_next() -> None:
    queue: FairQueue[int] = FairQueue(100, 100)
    for i in range(10):
        queue.put("flood", i)
    assert queue.take() == ("flood", 0)
    queue.done("flood", 100)
    queue.put("late", 99)
    assert queue.take() == ("late", 99)


def test_absence_earns_no_credit() -> None:
    queue: FairQueue[int] = FairQueue(100, 100)
    for i in range(3):
        queue.put("steady", i)
    queue.take()
    queue.done("steady", 1000)
    queue.put("newcomer", 10)
    queue.put("newcomer", 11)
    order = []
    for _ in range(3):
        taken = queue.take()
        assert taken is not None
        order.append(taken[0])
        queue.done(taken[0], 10)
    assert set(order[:2]) == {"steady", "newcomer"}  # not the newcomer alone until it has caught up with 1000


def test_bounds() -> None:
    queue: FairQueue[int] = FairQueue(3, 2)
    queue.put("a", 1)
    queue.put("a", 2)
    with pytest.raises(RateLimited):
        queue.put("a", 3)
    queue.put("b", 4)
    with pytest.raises(Unavailable):
        queue.put("c", 5)
    assert queue.withdraw("a", 2)
    queue.put("c", 5)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["put", "take", "done", "withdraw"])), max_size=60))
def test_counts_return_to_nothing(steps: list[tuple[str, str]]) -> None:
    queue: FairQueue[int] = FairQueue(10, 5)
    waiting: list[tuple[str, int]] = []
    running: list[tuple[str, int]] = []
    for number, (tenant, step) in enumerate(steps):
        if step == "put" and len(waiting) + len(running) < 10:
            try:
                queue.put(tenant, number)
                waiting.append((tenant, number))
            except RateLimited:
                assert sum(t == tenant for t, _ in waiting + running) == 5
        elif step == "take" and waiting:
            taken = queue.take()
            assert taken in waiting
            waiting.remove(taken)
            running.append(taken)
        elif step == "done" and running:
            queue.done(running.pop()[0], 7)
        elif step == "withdraw" and waiting:
            assert queue.withdraw(*waiting.pop())
        assert queue.depth() == (len(waiting), len(waiting) + len(running))
    for tenant, item in waiting:
        queue.withdraw(tenant, item)
    for tenant, _ in running:
        queue.done(tenant, 1)
    assert queue.depth() == (0, 0)
