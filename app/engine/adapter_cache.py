"""Adapters in memory: loaded in the background, pinned while in use, evicted in least-recently-used order."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.engine.lora import AdapterWeights

AdapterKey = tuple[
    str, str
]  # (tenant id, adapter version): never a name, because a name can be moved to another version


@dataclass(frozen=True, slots=True)
class AdapterLocation:
    """An adapter version and the folder with its files."""

    key: AdapterKey
    folder: Path


@dataclass(frozen=True, slots=True)
class AdapterCacheUsage:
    adapters: int
    size_bytes: int
    pins: int
    loads: int
    evictions: int


class HostAdapterCache:
    """Caches adapters in main memory for a device with its own memory; evicts the least recently used first.

    Only the loader's thread calls it. Adapter folders are immutable, so cached weights never become stale.
    """

    def __init__(self, budget_bytes: int, load: Callable[[Path], AdapterWeights], device: str) -> None:
        self._budget = budget_bytes
        self._load = load
        self._device = device
        self._resident: OrderedDict[Path, AdapterWeights] = OrderedDict()

    def __call__(self, folder: Path) -> AdapterWeights:
        """Copy the weights of `folder` to the device; reads the disk only if they are not in main memory."""
        weights = self._resident.pop(folder, None) or self._load(folder)
        self._resident[folder] = weights
        while len(self._resident) > 1 and sum(one.size_bytes for one in self._resident.values()) > self._budget:
            self._resident.popitem(last=False)
        return weights.to(self._device)


class AdapterCache:
    """Thread-safe cache of adapter weights within a byte budget. Pinned adapters are never evicted.

    The adapter that was loaded last may exceed the budget, so a single adapter always fits.
    """

    def __init__(
        self,
        budget_bytes: int,
        load: Callable[[Path], AdapterWeights],
    ) -> None:
        self.on_change: Callable[[], None] = lambda: None  # called on the loader's thread after each load
        self._budget = budget_bytes
        self._load = load
        self._lock = threading.Lock()
        self._loader = ThreadPoolExecutor(1, "adapters")
        self._resident: OrderedDict[AdapterKey, AdapterWeights] = OrderedDict()
        self._pins: dict[AdapterKey, int] = {}
        self._loading: set[AdapterKey] = set()
        self._failed: dict[AdapterKey, Exception] = {}
        self._loads = self._evictions = 0

    def prefetch(self, location: AdapterLocation) -> None:
        """Start loading an adapter unless it is loaded or loading, or the whole budget is pinned."""
        with self._lock:
            self._start_load(location)

    def pin(self, location: AdapterLocation) -> AdapterWeights | None:
        """Pin the weights until `unpin`. Returns None while they are loading or the budget has no room for them.

        Raises the error of a failed load once; the next call starts a new load.
        """
        with self._lock:
            weights = self._resident.get(location.key)
            if weights is None:
                if location.key in self._failed:
                    raise self._failed.pop(location.key)
                self._start_load(location)
                return None
            self._resident.move_to_end(location.key)
            self._pins[location.key] = self._pins.get(location.key, 0) + 1
            return weights

    def unpin(self, key: AdapterKey) -> None:
        with self._lock:
            self._pins[key] -= 1
            if not self._pins[key]:
                del self._pins[key]
            self._evict()

    def usage(self) -> AdapterCacheUsage:
        with self._lock:
            size = sum(weights.size_bytes for weights in self._resident.values())
            return AdapterCacheUsage(len(self._resident), size, sum(self._pins.values()), self._loads, self._evictions)

    def close(self) -> None:
        self._loader.shutdown(cancel_futures=True)

    def _start_load(self, location: AdapterLocation) -> None:
        if location.key in self._resident or location.key in self._loading or location.key in self._failed:
            return
        pinned = sum(self._resident[key].size_bytes for key in self._pins)
        if pinned >= self._budget:
            return
        self._loading.add(location.key)
        self._loader.submit(self._load_in_background, location)

    def _load_in_background(self, location: AdapterLocation) -> None:
        try:
            weights = self._load(location.folder)
        except Exception as fault:  # noqa: BLE001 - raised to the request that pins the adapter
            with self._lock:
                self._failed[location.key] = fault
                self._loading.discard(location.key)
        else:
            with self._lock:
                self._resident[location.key] = weights
                self._loading.discard(location.key)
                self._loads += 1
                self._evict(exclude=location.key)
        self.on_change()

    def _evict(self, exclude: AdapterKey | None = None) -> None:
        size = sum(weights.size_bytes for weights in self._resident.values())
        for key in [key for key in self._resident if key not in self._pins and key != exclude]:
            if size <= self._budget:
                return
            size -= self._resident.pop(key).size_bytes
            self._evictions += 1
