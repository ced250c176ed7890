"""Adapters in memory: loaded aside, pinned while in use, the least recently used evicted first."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from app.engine.adapter_cache import AdapterCache, AdapterLocation, HostAdapterCache
from app.engine.lora import AdapterWeights


def slots(budget: int, loaded: list[str]) -> AdapterCache:
    """Every adapter takes 10 bytes."""

    def load(folder: Path) -> AdapterWeights:
        if folder.name == "bad":
            raise ValueError("damaged")
        loaded.append(folder.name)
        return AdapterWeights({}, 10)

    return AdapterCache(budget, load)


def source(name: str, tenant: str = "t") -> AdapterLocation:
    return AdapterLocation((tenant, name), Path(name))


def pin(held: AdapterCache, wanted: AdapterLocation) -> AdapterWeights:
    """Ask until it is loaded, as the engine does."""
    ends = time.monotonic() + 5
    while (weights := held.pin(wanted)) is None:
        assert time.monotonic() < ends, "never loaded"
        time.sleep(0.001)
    return weights


def test_least_recently_used_adapter_is_evicted_first_and_pinned_ones_stay() -> None:
    loaded: list[str] = []
    held = slots(20, loaded)
    pin(held, source("one"))
    pin(held, source("two"))
    assert held.pin(source("three")) is None  # the whole budget is pinned
    time.sleep(0.02)
    assert held.pin(source("three")) is None
    held.unpin(source("one").key)
    pin(held, source("three"))
    assert held.usage().size_bytes == 20
    for name in ("two", "three"):
        held.unpin(source(name).key)
    pin(held, source("two"))
    pin(held, source("four"))
    pin_again = loaded.copy()
    held.unpin(source("two").key)
    pin(held, source("two"))
    assert loaded == pin_again == ["one", "two", "three", "four"]
    assert held.usage().evictions == 2


def test_one_adapter_larger_than_the_budget_is_served() -> None:
    held = slots(5, [])
    pin(held, source("large"))
    held.unpin(source("large").key)
    assert held.usage().size_bytes == 0


def test_same_version_of_another_tenant_is_another_adapter() -> None:
    loaded: list[str] = []
    held = slots(100, loaded)
    one = pin(held, AdapterLocation(("a", "1"), Path("one")))
    other = pin(held, AdapterLocation(("b", "1"), Path("other")))
    assert one is not other
    assert loaded == ["one", "other"]


def test_adapter_that_fails_to_load_leaves_no_pin_and_is_tried_again() -> None:
    held = slots(100, [])
    for _ in range(2):
        with pytest.raises(ValueError, match="damaged"):
            pin(held, source("bad"))
    assert (held.usage().adapters, held.usage().pins) == (0, 0)


def test_prefetched_adapter_is_loaded_once_and_calls_on_change() -> None:
    loaded: list[str] = []
    held = slots(100, loaded)
    told = threading.Event()
    held.on_change = told.set
    held.prefetch(source("one"))
    held.prefetch(source("one"))
    assert told.wait(5)
    pin(held, source("one"))
    assert loaded == ["one"]


def test_concurrent_threads_leave_no_pin() -> None:
    held = slots(30, [])

    def work(number: int) -> None:
        for turn in range(50):
            wanted = source(str((number + turn) % 7))
            pin(held, wanted)
            held.unpin(wanted.key)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert held.usage().pins == 0
    assert held.usage().size_bytes <= 30


def test_host_tier_reads_the_disk_once_within_its_budget() -> None:
    read: list[str] = []

    def load(folder: Path) -> AdapterWeights:
        read.append(folder.name)
        return AdapterWeights({}, 10)

    tier = HostAdapterCache(20, load, "cpu")
    for name in ("one", "two", "one", "three", "one", "two"):
        tier(Path(name))
    assert read == ["one", "two", "three", "two"]
