"""The bodies of one tenant, and of all, take a bounded share of the memory."""

from __future__ import annotations

import pytest

from app.errors import RateLimited, Unavailable
from app.http.middleware.body_memory import OF_ALL, OF_TENANT, BodyMemory

LARGEST = 100


def test_tenant_that_sends_too_much_at_once_is_told_to_wait_and_others_are_not() -> None:
    memory = BodyMemory(LARGEST)
    for _ in range(OF_TENANT):
        memory.take("a", LARGEST)
    with pytest.raises(RateLimited) as raised:
        memory.take("a", 1)
    assert raised.value.retry_after == 1
    memory.take("b", LARGEST)
    memory.give_back("a", LARGEST)
    memory.take("a", LARGEST)


def test_all_together_are_bounded_and_nothing_is_left_at_the_end() -> None:
    memory = BodyMemory(LARGEST)
    tenants = [f"t{number}" for number in range(OF_ALL // OF_TENANT)]
    for tenant in tenants:
        memory.take(tenant, OF_TENANT * LARGEST)
    with pytest.raises(Unavailable):
        memory.take("another", 1)
    for tenant in tenants:
        memory.give_back(tenant, OF_TENANT * LARGEST)
    assert (memory.held_bytes, dict(memory._held)) == (0, {})
