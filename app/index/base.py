"""The VectorIndex protocol."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]


class VectorIndex(Protocol):
    """Cosine search over normalised vectors by id. Not thread-safe: the owner holds a lock around each call."""

    @property
    def dimension(self) -> int: ...

    @property
    def resident_bytes(self) -> int:
        """Approximate memory use."""

    @property
    def stale(self) -> int:
        """Number of vectors added or removed since an approximate index was built; 0 for an exact index."""

    def __len__(self) -> int: ...

    def ids(self) -> Ids:
        """All ids, (n,), ascending."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add (n,) ids with (n, dimension) vectors; replaces the vectors of existing ids."""

    def remove_range(self, first: int, last: int) -> None:
        """Remove the ids from `first` to `last`, inclusive; ignores ids that do not exist."""

    def search(self, query: Vectors, k: int) -> tuple[Vectors, Ids]:
        """Cosines and ids of at most `k` vectors, best first, for `query` (dimension,)."""
