"""Compares an index with the store: its own state, ids one by one, and vectors by searching for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from app.index.base import Ids, Vectors
from app.index.change_feed import ChangeFeed, OpenChangeFeed
from app.index.checkpoint import is_intact, read_index
from app.index.tenant_index import TenantIndex

SAMPLE_SIZE = 200
TOLERANCE = 1e-3  # float16 in the store, float32 in the index
TOP_K = 5  # equal passages have equal vectors, so a vector's own id may not be the first hit


class MaintainedIndex(Protocol):
    """The index of one embedding model in one tenant, as `loracle index` verifies and rebuilds it."""

    def ids(self) -> Ids:
        """(n,) all ids, ascending."""

    def search(self, query: Vectors, k: int) -> list[tuple[int, float]]:
        """The at most `k` best (chunk id, cosine) for `query` (dimension,), best first."""

    def own_problems(self) -> Iterator[str]:
        """Yield a message for each problem that shows without a look at the stored vectors."""

    def rebuild(self) -> int:
        """Build the index again from the stored vectors. Returns how many it has."""


@dataclass(frozen=True, slots=True)
class MaintainedFaissIndex:
    """MaintainedIndex over FAISS and the files of its checkpoints."""

    index: TenantIndex
    folder: Path
    fingerprint: str
    dimension: int
    open_feed: OpenChangeFeed
    node: str = ""

    def ids(self) -> Ids:
        return self.index.catch_up().ids()

    def search(self, query: Vectors, k: int) -> list[tuple[int, float]]:
        return self.index.search(query, k)

    def own_problems(self) -> Iterator[str]:
        with self.open_feed(self.index.tenant_id, False) as feed:
            for saved in feed.checkpoints(self.fingerprint, self.node):
                path = self.folder / Path(saved.path).name
                if not path.is_file():
                    yield f"{path.name} is missing"
                elif not is_intact(path, saved.sha256):
                    yield f"{path.name} is damaged: its hash is another"
                else:
                    try:
                        read_index(path, self.dimension)
                    except (RuntimeError, ValueError) as fault:
                        yield f"{path.name} cannot be read ({fault})"

    def rebuild(self) -> int:
        self.index.rebuild()
        self.index.checkpoint()
        return len(self.index.catch_up())


def find_problems(index: MaintainedIndex, feed: ChangeFeed, fingerprint: str) -> Iterator[str]:
    """Yield a message for each problem of the index. `feed`: its tenant's stored vectors."""
    yield from index.own_problems()
    indexed_ids = index.ids()
    stored = [ids for ids, _ in feed.all_vectors(fingerprint)]
    stored_ids = np.concatenate(stored) if stored else np.empty(0, np.int64)
    if missing := len(np.setdiff1d(stored_ids, indexed_ids)):
        yield f"{missing} passages are not in the index"
    if surplus := len(np.setdiff1d(indexed_ids, stored_ids)):
        yield f"{surplus} passages of the index are not in the database"
    if wrong := _count_not_found(index, feed, fingerprint, stored_ids):
        yield f"{wrong} of {min(SAMPLE_SIZE, len(stored_ids))} vectors are not found where they should be"


def _count_not_found(index: MaintainedIndex, feed: ChangeFeed, fingerprint: str, ids: Ids) -> int:
    sample = ids[:: max(1, len(ids) // SAMPLE_SIZE)][:SAMPLE_SIZE]
    wrong = 0
    for chunk_id, vector in zip(*feed.vectors_at(sample, fingerprint), strict=True):
        hits = index.search(vector, TOP_K)
        self_score = float(vector @ vector)
        found = any(i == chunk_id and abs(score - self_score) < TOLERANCE for i, score in hits)
        wrong += not (found or (len(hits) == TOP_K and hits[-1][1] > self_score - TOLERANCE))
    return wrong
