"""Every tenant's index, opened at first use; the least recently used are closed when memory is short."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from app.index.source import OpenSource
from app.index.tenant_index import IndexLimits, TenantIndex


class Indexes:
    """Thread-safe. An index that is closed while someone searches it lives on until that search ends."""

    def __init__(
        self,
        folder: Path,
        dimension: int,
        fingerprint: str,
        open_source: OpenSource,
        limits: IndexLimits = IndexLimits(),
    ) -> None:
        self._folder = folder
        self._dimension = dimension
        self._fingerprint = fingerprint
        self.open_source = open_source
        self._limits = limits
        self._lock = threading.Lock()
        self._open: OrderedDict[str, TenantIndex] = OrderedDict()  # least recently used first

    def for_tenant(self, tenant_id: str) -> TenantIndex:
        with self._lock:
            index = self._open.get(tenant_id) or self._new(tenant_id)
            self._open[tenant_id] = index
            self._open.move_to_end(tenant_id)
            surplus = self._take_surplus()
        for old in surplus:
            old.checkpoint()
        return index

    def drop(self, tenant_id: str) -> None:
        """Forget a deleted tenant's index and its files."""
        with self._lock:
            self._open.pop(tenant_id, None)
        for path in self._folder.glob(f"{tenant_id}-*.faiss*"):
            path.unlink(missing_ok=True)

    def catch_up_all(self) -> None:
        """Bring every open index up to its tenant's newest change."""
        for index in self._opened():
            index.catch_up()

    def caught_up(self) -> bool:
        """True if every open index has seen the newest change of its tenant."""
        return all(index.caught_up() for index in self._opened())

    def checkpoint_all(self) -> None:
        for index in self._opened():
            index.checkpoint()

    def describe(self) -> dict[str, int]:
        opened = self._opened()
        return {"open": len(opened), "resident_bytes": sum(index.resident_bytes for index in opened)}

    def _opened(self) -> list[TenantIndex]:
        with self._lock:
            return list(self._open.values())

    def _new(self, tenant_id: str) -> TenantIndex:
        return TenantIndex(tenant_id, self._folder, self._dimension, self._fingerprint, self.open_source, self._limits)

    def _take_surplus(self) -> list[TenantIndex]:
        """Take the least recently used out until the rest fits; the newest always stays."""
        held = sum(index.resident_bytes for index in self._open.values())
        surplus = []
        while held > self._limits.memory_bytes and len(self._open) > 1:
            _, old = self._open.popitem(last=False)
            held -= old.resident_bytes
            surplus.append(old)
        return surplus
