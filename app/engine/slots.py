"""Adapters in memory: loaded beside the running batch, pinned while in use, least recently used evicted first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.engine.lora import AdapterWeights

Key = tuple[str, str]  # tenant, adapter version: never a name, whose meaning may change


@dataclass(frozen=True, slots=True)
class AdapterSource:
    """An adapter version and the folder with its files."""

    key: Key
    folder: Path


@dataclass(frozen=True, slots=True)
class SlotUsage:
    adapters: int
    size_bytes: int
    pins: int
    loads: int
    evictions: int


class HostTier:
    """Adapters in main memory on their way to a device that has its own: least recently used out first.

    Called by the loader's thread alone. Folders are immutable, so a folder's weights stay true.
    """

    def __init__(self, budget_bytes: int, load: Callable[[Path], AdapterWeights], device: str) -> None:
        self._budget = budget_bytes
        self._load = load
        self._device = device
        self._held: OrderedDict[Path, AdapterWeights] = OrderedDict()

    def __call__(self, folder: Path) -> AdapterWeights:
        """The weights on the device; from disk only if main memory does not hold them."""
        weights = self._held.pop(folder, None) or self._load(folder)
        self._held[folder] = weights
        while len(self._held) > 1 and sum(one.size_bytes for one in self._held.values()) > self._budget:
            self._held.popitem(last=False)
        return weights.to(self._device)


class AdapterSlots:
    """Thread-safe cache of adapter weights within a byte budget. Pinned ones are never evicted.

    The budget may be passed by the one adapter that was loaded last: a single adapter always fits.
    """

    def __init__(
        self,
        budget_bytes: int,
        load: Callable[[Path], AdapterWeights],
    ) -> None:
        self.on_change: Callable[[], None] = lambda: None  # from the loader's thread, when a load has ended
        self._budget = budget_bytes
        self._load = load
        self._lock = threading.Lock()
        self._loader = ThreadPoolExecutor(1, "adapters")
        self._held: OrderedDict[Key, AdapterWeights] = OrderedDict()
        self._pins: dict[Key, int] = {}
        self._loading: set[Key] = set()
        self._failed: dict[Key, Exception] = {}
        self._loads = self._evictions = 0

    def prefetch(self, source: AdapterSource) -> None:
        """Start loading unless it is here or under way, or every byte of the budget is pinned."""
        with self._lock:
            self._begin(source)

    def pin(self, source: AdapterSource) -> AdapterWeights | None:
        """The weights, to be given back by `unpin`; None while they are loading or there is no room for them.

        Raises what loading raised, once; the next call tries again.
        """
        with self._lock:
            weights = self._held.get(source.key)
            if weights is None:
                if source.key in self._failed:
                    raise self._failed.pop(source.key)
                self._begin(source)
                return None
            self._held.move_to_end(source.key)
            self._pins[source.key] = self._pins.get(source.key, 0) + 1
            return weights

    def unpin(self, key: Key) -> None:
        with self._lock:
            self._pins[key] -= 1
            if not self._pins[key]:
                del self._pins[key]
            self._evict()

    def usage(self) -> SlotUsage:
        with self._lock:
            size = sum(weights.size_bytes for weights in self._held.values())
            return SlotUsage(len(self._held), size, sum(self._pins.values()), self._loads, self._evictions)

    def close(self) -> None:
        self._loader.shutdown(cancel_futures=True)

    def _begin(self, source: AdapterSource) -> None:
        if source.key in self._held or source.key in self._loading or source.key in self._failed:
            return
        pinned = sum(self._held[key].size_bytes for key in self._pins)
        if pinned >= self._budget:
            return
        self._loading.add(source.key)
        self._loader.submit(self._run, source)

    def _run(self, source: AdapterSource) -> None:
        try:
            weights = self._load(source.folder)
        except Exception as fault:  # noqa: BLE001 - told to the request that asked for it
            with self._lock:
                self._failed[source.key] = fault
                self._loading.discard(source.key)
        else:
            with self._lock:
                self._held[source.key] = weights
                self._loading.discard(source.key)
                self._loads += 1
                self._evict(keep=source.key)
        self.on_change()

    def _evict(self, keep: Key | None = None) -> None:
        size = sum(weights.size_bytes for weights in self._held.values())
        for key in [key for key in self._held if key not in self._pins and key != keep]:
            if size <= self._budget:
                return
            size -= self._held.pop(key).size_bytes
            self._evictions += 1
