"""Caches the open index of each tenant; closes the least recently used ones above the memory limit."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.index.base import Ids, Vectors
from app.index.change_feed import OpenChangeFeed
from app.index.tenant_index import IndexLimits, TenantIndex

OVERFETCH = 4  # times as many hits are fetched again if a restriction dropped some
EXACT_SEARCH_CHUNKS = 5000  # up to so many allowed chunks are compared without the index


class IndexCache:
    """VectorSearch with FAISS. An index that is evicted during a search stays alive until the search ends."""

    def __init__(
        self,
        folder: Path,
        dimension: int,
        fingerprint: str,
        open_feed: OpenChangeFeed,
        limits: IndexLimits = IndexLimits(),
        node: str = "",
    ) -> None:
        """`node`: whose folder it is, if several processes with folders of their own share the database."""
        self._folder = folder
        self._dimension = dimension
        self._fingerprint = fingerprint
        self.open_feed = open_feed
        self._limits = limits
        self._node = node
        self._lock = threading.Lock()
        self._open: OrderedDict[str, TenantIndex] = OrderedDict()  # least recently used first

    def for_tenant(self, tenant_id: str) -> TenantIndex:
        with self._lock:
            index = self._open.get(tenant_id) or self._new(tenant_id)
            self._open[tenant_id] = index
            self._open.move_to_end(tenant_id)
            evicted = self._pop_over_budget()
        for old in evicted:
            old.checkpoint()
        return index

    def best(self, tenant_id: str, query: Vectors, k: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the `k` nearest, best first; only of `allowed` (ascending) if they are given."""
        if allowed is not None and len(allowed) <= EXACT_SEARCH_CHUNKS:
            found, vectors = self.vectors_at(tenant_id, allowed.tolist())
            cosines = (vectors @ query).tolist() if len(found) else []
            return sorted(zip(found.tolist(), cosines, strict=True), key=lambda hit: (-hit[1], hit[0]))[:k]
        index = self.for_tenant(tenant_id)
        if allowed is None:
            return index.search(query, k)
        permitted, fetched = set(allowed.tolist()), k
        hits = dict(index.search(query, fetched))
        while len(hits.keys() & permitted) < k and len(hits) >= fetched:
            fetched *= OVERFETCH
            hits = dict(index.search(query, fetched))
        best = sorted(hits.keys() & permitted, key=lambda i: (-hits[i], i))[:k]
        return [(i, hits[i]) for i in best]

    def vectors_at(self, tenant_id: str, ids: Sequence[int]) -> tuple[Ids, Vectors]:
        """(n,) the existing ones of `ids`, ascending, with their stored (n, dimension) vectors."""
        with self.open_feed(tenant_id, False) as feed:
            return feed.vectors_at(np.array(ids, np.int64), self._fingerprint)

    def prepare(self, tenant_id: str) -> None:
        """Build the tenant's index and save it."""
        index = self.for_tenant(tenant_id)
        index.rebuild()
        index.checkpoint()

    def drop(self, tenant_id: str) -> None:
        """Remove the index of a deleted tenant and its files."""
        with self._lock:
            self._open.pop(tenant_id, None)
        delete_index_files(self._folder, tenant_id)

    def catch_up_all(self) -> None:
        """Apply the newest changes of each tenant to its open index; drop the indexes of deleted tenants."""
        for index in self._open_indexes():
            if index.is_orphaned():  # another process deleted the tenant
                self.drop(index.tenant_id)
            else:
                index.catch_up()

    def is_current(self) -> bool:
        """Whether every open index has applied the newest change of its tenant."""
        return all(index.is_current() for index in self._open_indexes())

    def checkpoint_all(self) -> None:
        for index in self._open_indexes():
            index.checkpoint()

    def describe(self) -> dict[str, int]:
        opened = self._open_indexes()
        return {"open": len(opened), "resident_bytes": sum(index.resident_bytes for index in opened)}

    def _open_indexes(self) -> list[TenantIndex]:
        with self._lock:
            return list(self._open.values())

    def _new(self, tenant_id: str) -> TenantIndex:
        return TenantIndex(
            tenant_id, self._folder, self._dimension, self._fingerprint, self.open_feed, self._limits, self._node
        )

    def _pop_over_budget(self) -> list[TenantIndex]:
        """Remove the least recently used indexes until the rest fit in memory; the newest always stays."""
        resident = sum(index.resident_bytes for index in self._open.values())
        evicted = []
        while resident > self._limits.memory_bytes and len(self._open) > 1:
            _, old = self._open.popitem(last=False)
            resident -= old.resident_bytes
            evicted.append(old)
        return evicted


def delete_index_files(folder: Path, tenant_id: str) -> None:
    """Delete the saved indexes of a tenant, of every embedding model."""
    for path in folder.glob(f"{tenant_id}-*.faiss*"):
        path.unlink(missing_ok=True)
