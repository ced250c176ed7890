"""The seam between search and the vectors of tenants: what finds the nearest ones, and what keeps it up to date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.index.base import Ids, Vectors


class VectorSearch(Protocol):
    """Cosine search over the normalised vectors of one embedding model, in one tenant at a time. Thread-safe.

    The indexes are derived from the stored vectors. A search sees every change that was committed before it.
    """

    def best(self, tenant_id: str, query: Vectors, k: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the at most `k` nearest to `query` (dimension,), best first.

        Only of the chunks `allowed` (ascending) if they are given. Raises Unavailable while an index that is too large
        for memory is being built for the first time.
        """

    def vectors_at(self, tenant_id: str, ids: Sequence[int]) -> tuple[Ids, Vectors]:
        """(n,) the existing ones of `ids`, ascending, with their stored (n, dimension) vectors."""

    def prepare(self, tenant_id: str) -> None:
        """Bring the tenant's index into the form that its size asks for. Blocks until it is built."""

    def drop(self, tenant_id: str) -> None:
        """Remove what a deleted tenant leaves."""

    def catch_up_all(self) -> None:
        """Apply the newest changes of each tenant to what is open in this process."""

    def is_current(self) -> bool:
        """Whether everything open in this process has applied the newest change of its tenant."""

    def checkpoint_all(self) -> None:
        """Save what a restart would have to build again."""
