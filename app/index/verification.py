"""Does an index say what the store says? Files by their hashes, ids one by one, vectors by finding them again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.index.checkpoint import is_whole, read_index
from app.index.source import ChangeSource
from app.index.tenant_index import TenantIndex

TRIALS = 200
TOLERANCE = 1e-3  # float16 in the store, float32 in the index
BEST = 5  # equal passages have equal vectors: a vector's own id may stand behind some


def problems(index: TenantIndex, source: ChangeSource, folder: Path, fingerprint: str, dimension: int) -> Iterator[str]:
    """What is wrong with the saved files, and with the index as it serves. Nothing if all is well."""
    yield from _damaged_files(source, folder, fingerprint, dimension)
    held = index.catch_up().ids()
    stored = [ids for ids, _ in source.all_vectors(fingerprint)]
    wanted = np.concatenate(stored) if stored else np.empty(0, np.int64)
    if missing := len(np.setdiff1d(wanted, held)):
        yield f"{missing} passages are not in the index"
    if surplus := len(np.setdiff1d(held, wanted)):
        yield f"{surplus} passages of the index are not in the database"
    if wrong := _not_found(index, source, fingerprint, wanted):
        yield f"{wrong} of {min(TRIALS, len(wanted))} vectors are not found where they should be"


def _damaged_files(source: ChangeSource, folder: Path, fingerprint: str, dimension: int) -> Iterator[str]:
    for saved in source.checkpoints(fingerprint):
        path = folder / Path(saved.path).name
        if not path.is_file():
            yield f"{path.name} is missing"
        elif not is_whole(path, saved.sha256):
            yield f"{path.name} is damaged: its hash is another"
        else:
            try:
                read_index(path, dimension)
            except (RuntimeError, ValueError) as fault:
                yield f"{path.name} cannot be read ({fault})"


def _not_found(index: TenantIndex, source: ChangeSource, fingerprint: str, ids: np.ndarray) -> int:
    some = ids[:: max(1, len(ids) // TRIALS)][:TRIALS]
    wrong = 0
    for chunk_id, vector in zip(*source.vectors_at(some, fingerprint), strict=True):
        hits = index.search(vector, BEST)
        own = float(vector @ vector)
        there = any(i == chunk_id and abs(score - own) < TOLERANCE for i, score in hits)
        wrong += not (there or (len(hits) == BEST and hits[-1][1] > own - TOLERANCE))
    return wrong
