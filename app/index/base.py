"""The VectorIndex protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt


class VectorIndex(Protocol):
    """Cosine search over normalised vectors by integer id. Not thread-safe: TenantIndex guards it."""

    dimension: int

    def __len__(self) -> int: ...

    def add(self, ids: npt.NDArray[np.int64], vectors: npt.NDArray[np.float32]) -> None:
        """Add `vectors` (n, dimension) under `ids` (n,); an id already held is replaced."""

    def remove(self, ids: npt.NDArray[np.int64]) -> None:
        """Forget `ids`; unknown ones are ignored."""

    def search(
        self, query: npt.NDArray[np.float32], k: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Best (scores, ids) for `query` (dimension,), descending, at most `k` and at most len(self)."""

    def write(self, path: Path) -> None:
        """Write all of it to `path` (not atomic: TenantIndex does that)."""
