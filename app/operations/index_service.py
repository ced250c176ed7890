"""Verifies and rebuilds the vector indexes of a data folder, beside a running service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.tenants import Tenant
from app.index.change_feed import OpenChangeFeed
from app.index.tenant_index import IndexLimits, TenantIndex
from app.index.verification import find_problems
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class VerifiedIndex:
    tenant: str  # its name
    problems: Sequence[str]


@dataclass(frozen=True, slots=True)
class RebuiltIndex:
    tenant: str  # its name
    passages: int


class IndexService:
    """Verifies and rebuilds the indexes of tenants: one for each embedding model whose vectors are stored."""

    def __init__(self, db: Database, index_dir: Path, open_feed: OpenChangeFeed, limits: IndexLimits) -> None:
        self._db = db
        self._index_dir = index_dir
        self._open_feed = open_feed
        self._limits = limits

    def verify(self, tenants: Sequence[Tenant]) -> Iterator[VerifiedIndex]:
        """Compare each index with the database: files, ids and a sample of vectors."""
        for tenant in tenants:
            for fingerprint, dimension in self._embedding_models(tenant).items():
                index = self._open(tenant, fingerprint, dimension)
                with self._db.read_tenant(tenant.id) as store:
                    found = list(find_problems(index, store.changes, self._index_dir, fingerprint, dimension))
                yield VerifiedIndex(tenant.name, found)

    def rebuild(self, tenants: Sequence[Tenant]) -> Iterator[RebuiltIndex]:
        """Rebuild each index from the stored vectors; nothing is embedded again."""
        for tenant in tenants:
            for fingerprint, dimension in self._embedding_models(tenant).items():
                index = self._open(tenant, fingerprint, dimension)
                index.rebuild()
                index.checkpoint()
                yield RebuiltIndex(tenant.name, len(index.catch_up()))

    def _embedding_models(self, tenant: Tenant) -> dict[str, int]:
        """The dimension of each embedding model by its fingerprint."""
        with self._db.read_tenant(tenant.id) as store:
            return store.changes.fingerprints()

    def _open(self, tenant: Tenant, fingerprint: str, dimension: int) -> TenantIndex:
        return TenantIndex(tenant.id, self._index_dir, dimension, fingerprint, self._open_feed, self._limits)
