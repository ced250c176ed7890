"""Compares an index with the store: files by hash, ids one by one, and vectors by searching for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.index.change_feed import ChangeFeed
from app.index.checkpoint import is_intact, read_index
from app.index.tenant_index import TenantIndex

SAMPLE_SIZE = 200
TOLERANCE = 1e-3  # float16 in the store, float32 in the index
TOP_K = 5  # equal passages have equal vectors, so a vector's own id may not be the first hit


def find_problems(
    index: TenantIndex, feed: ChangeFeed, folder: Path, fingerprint: str, dimension: int
) -> Iterator[str]:
    """Yield a message for each problem of the saved files and of the loaded index."""
    yield from _damaged_files(feed, folder, fingerprint, dimension)
    indexed_ids = index.catch_up().ids()
    stored = [ids for ids, _ in feed.all_vectors(fingerprint)]
    stored_ids = np.concatenate(stored) if stored else np.empty(0, np.int64)
    if missing := len(np.setdiff1d(stored_ids, indexed_ids)):
        yield f"{missing} passages are not in the index"
    if surplus := len(np.setdiff1d(indexed_ids, stored_ids)):
        yield f"{surplus} passages of the index are not in the database"
    if wrong := _count_not_found(index, feed, fingerprint, stored_ids):
        yield f"{wrong} of {min(SAMPLE_SIZE, len(stored_ids))} vectors are not found where they should be"


def _damaged_files(feed: ChangeFeed, folder: Path, fingerprint: str, dimension: int) -> Iterator[str]:
    for saved in feed.checkpoints(fingerprint):
        path = folder / Path(saved.path).name
        if not path.is_file():
            yield f"{path.name} is missing"
        elif not is_intact(path, saved.sha256):
            yield f"{path.name} is damaged: its hash is another"
        else:
            try:
                read_index(path, dimension)
            except (RuntimeError, ValueError) as fault:
                yield f"{path.name} cannot be read ({fault})"


def _count_not_found(index: TenantIndex, feed: ChangeFeed, fingerprint: str, ids: np.ndarray) -> int:
    sample = ids[:: max(1, len(ids) // SAMPLE_SIZE)][:SAMPLE_SIZE]
    wrong = 0
    for chunk_id, vector in zip(*feed.vectors_at(sample, fingerprint), strict=True):
        hits = index.search(vector, TOP_K)
        self_score = float(vector @ vector)
        found = any(i == chunk_id and abs(score - self_score) < TOLERANCE for i, score in hits)
        wrong += not (found or (len(hits) == TOP_K and hits[-1][1] > self_score - TOLERANCE))
    return wrong
