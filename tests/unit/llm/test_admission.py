"""Who is let in: bounded for the service and each tenant, and it never loses count."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RateLimited, Unavailable
from app.llm.admission import Admission


def test_bounds() -> None:
    admission = Admission(3, 2)
    admission.acquire("a")
    admission.acquire("a")
    with pytest.raises(RateLimited) as limited:
        admission.acquire("a")
    admission.acquire("b")
    with pytest.raises(Unavailable) as full:
        admission.check_capacity("c")
    assert limited.value.retry_after
    assert full.value.retry_after
    admission.release("a")
    admission.acquire("c")


def test_nobody_enters_once_closed() -> None:
    admission = Admission(3, 2)
    admission.close()
    with pytest.raises(Unavailable, match="shutting down"):
        admission.acquire("a")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60))
def test_counts_are_exact(steps: list[tuple[str, bool]]) -> None:
    admission = Admission(10, 5)
    active: Counter[str] = Counter()
    for tenant, enters in steps:
        if not enters:
            if active[tenant]:
                admission.release(tenant)
                active[tenant] -= 1
            continue
        try:
            admission.acquire(tenant)
        except RateLimited:
            assert active[tenant] == 5
        except Unavailable:
            assert active.total() == 10
        else:
            active[tenant] += 1
        assert admission.active() == active.total()
