"""What a vector index must do, whatever it is made of."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]


class VectorIndex(Protocol):
    """Cosine search over normalised vectors by id. Not thread-safe: its owner holds a lock around each call."""

    @property
    def dimension(self) -> int: ...

    @property
    def resident_bytes(self) -> int:
        """Memory it takes, about."""

    @property
    def stale(self) -> int:
        """Vectors that were added or removed since it was built compactly; 0 for an exact index."""

    def __len__(self) -> int: ...

    def ids(self) -> Ids:
        """(n,) ascending."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """(n,) ids with (n, dimension) vectors; an id that is there is replaced."""

    def remove_range(self, first: int, last: int) -> None:
        """Remove the ids `first` to `last`, inclusive; those that are not there are passed over."""

    def search(self, query: Vectors, k: int) -> tuple[Vectors, Ids]:
        """Cosines and ids of at most `k` vectors, best first, for `query` (dimension,)."""
