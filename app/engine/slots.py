"""Adapters in memory: loaded on demand, pinned while in use, least recently used evicted first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.engine.lora import AdapterWeights

Key = tuple[str, str]  # tenant, adapter version: never a name, whose meaning may change


class AdapterSlots:
    """Thread-safe cache of adapter weights within a byte budget. Pinned ones are never evicted."""

    def __init__(self, budget_bytes: int, load: Callable[[Path], AdapterWeights]) -> None:
        self._budget = budget_bytes
        self._load = load
        self._lock = threading.Lock()
        self._held: OrderedDict[Key, AdapterWeights] = OrderedDict()
        self._pins: dict[Key, int] = {}

    @contextmanager
    def pinned(self, key: Key, folder: Path) -> Iterator[AdapterWeights]:
        """The adapter's weights, kept in memory for the length of the block."""
        weights = self._pin(key, folder)
        try:
            yield weights
        finally:
            self._unpin(key)

    def usage(self) -> tuple[int, int, int]:
        """(adapters held, bytes held, pins)."""
        with self._lock:
            size = sum(weights.size_bytes for weights in self._held.values())
            return len(self._held), size, sum(self._pins.values())

    def _pin(self, key: Key, folder: Path) -> AdapterWeights:
        with self._lock:
            weights = self._held.get(key)
            if weights is None:
                weights = self._held[key] = self._load(folder)
            self._held.move_to_end(key)
            self._pins[key] = self._pins.get(key, 0) + 1
            self._evict()
            return weights

    def _unpin(self, key: Key) -> None:
        with self._lock:
            self._pins[key] -= 1
            if not self._pins[key]:
                del self._pins[key]
            self._evict()

    def _evict(self) -> None:
        size = sum(weights.size_bytes for weights in self._held.values())
        for key in [key for key in self._held if key not in self._pins]:
            if size <= self._budget:
                return
            size -= self._held.pop(key).size_bytes
