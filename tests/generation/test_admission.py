"""Who is let in: bounded for the service and each tenant, and it never loses count."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RateLimited, Unavailable
from app.generation.admission import Admission


def test_bounds() -> None:
    admission = Admission(3, 2)
    admission.enter("a")
    admission.enter("a")
    with pytest.raises(RateLimited) as limited:
        admission.enter("a")
    admission.enter("b")
    with pytest.raises(Unavailable) as full:
        admission.check_room("c")
    assert limited.value.retry_after
    assert full.value.retry_after
    admission.leave("a")
    admission.enter("c")


def test_nobody_enters_once_closed() -> None:
    admission = Admission(3, 2)
    admission.close()
    with pytest.raises(Unavailable, match="shutting down"):
        admission.enter("a")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60))
def test_counts_are_exact(steps: list[tuple[str, bool]]) -> None:
    admission = Admission(10, 5)
    inside: Counter[str] = Counter()
    for tenant, enters in steps:
        if not enters:
            if inside[tenant]:
                admission.leave(tenant)
                inside[tenant] -= 1
            continue
        try:
            admission.enter(tenant)
        except RateLimited:
            assert inside[tenant] == 5
        except Unavailable:
            assert inside.total() == 10
        else:
            inside[tenant] += 1
        assert admission.inside() == inside.total()
