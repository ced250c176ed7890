"""Verifies and rebuilds the vector indexes of a data folder, beside a running service."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.tenants import Tenant
from app.index.verification import MaintainedIndex, find_problems
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class VerifiedIndex:
    tenant: str  # its name
    problems: Sequence[str]


@dataclass(frozen=True, slots=True)
class RebuiltIndex:
    tenant: str  # its name
    passages: int


OpenIndex = Callable[[str, str, int], MaintainedIndex]  # (tenant id, fingerprint, dimension)


class IndexService:
    """Verifies and rebuilds the indexes of tenants: one for each embedding model whose vectors are stored."""

    def __init__(self, db: Database, open_index: OpenIndex) -> None:
        self._db = db
        self._open_index = open_index

    def verify(self, tenants: Sequence[Tenant]) -> Iterator[VerifiedIndex]:
        """Compare each index with the database: files or tables, ids and a sample of vectors."""
        for tenant in tenants:
            for fingerprint, dimension in self._embedding_models(tenant).items():
                index = self._open_index(tenant.id, fingerprint, dimension)
                with self._db.read_tenant(tenant.id) as store:
                    found = list(find_problems(index, store.changes, fingerprint))
                yield VerifiedIndex(tenant.name, found)

    def rebuild(self, tenants: Sequence[Tenant]) -> Iterator[RebuiltIndex]:
        """Rebuild each index from the stored vectors; nothing is embedded again."""
        for tenant in tenants:
            for fingerprint, dimension in self._embedding_models(tenant).items():
                yield RebuiltIndex(tenant.name, self._open_index(tenant.id, fingerprint, dimension).rebuild())

    def _embedding_models(self, tenant: Tenant) -> dict[str, int]:
        """The dimension of each embedding model by its fingerprint."""
        with self._db.read_tenant(tenant.id) as store:
            return store.changes.fingerprints()
