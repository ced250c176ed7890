"""Builds what searches vectors: FAISS in this process, or pgvector in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bootstrap.storage import Storage, changes_of
from app.embeddings.base import Embedder
from app.errors import InvalidRequest
from app.index.change_feed import OpenChangeFeed
from app.index.checkpoint import node_of
from app.index.index_cache import IndexCache
from app.index.tenant_index import IndexLimits, TenantIndex
from app.index.vector_search import VectorSearch
from app.index.verification import MaintainedFaissIndex, MaintainedIndex
from app.operations.index_service import OpenIndex

if TYPE_CHECKING:  # needs a driver that is an extra
    from app.storage.pgvector.partitions import Partitions
    from app.storage.pgvector.upkeep import PartitionUpkeep


def uses_pgvector(storage: Storage) -> bool:
    """Whether the vectors are searched in the database. Raises InvalidRequest where it has no pgvector."""
    on_postgresql = storage.db.dialect.name == "postgresql"
    if storage.settings.vector_index == "pgvector" and not on_postgresql:
        raise InvalidRequest(
            "LORACLE_VECTOR_INDEX=pgvector needs PostgreSQL: set LORACLE_DATABASE_URL=postgresql://..., or let "
            "LORACLE_VECTOR_INDEX be auto.",
            param="vector_index",
        )
    return on_postgresql and storage.settings.vector_index != "faiss"


def open_vector_search(storage: Storage, embedder: Embedder) -> VectorSearch:
    """Build what searches the stored vectors of one embedding model."""
    if uses_pgvector(storage):
        from app.storage.pgvector.search import PgvectorSearch

        return PgvectorSearch(storage.db, embedder.fingerprint, partitions_of(storage))
    return open_faiss(storage, embedder, changes_of(storage.db))


def open_faiss(storage: Storage, embedder: Embedder, source: OpenChangeFeed) -> IndexCache:
    """Build the FAISS indexes of one embedding model, whose files lie in the data folder."""
    limits, node = index_limits(storage), folder_node(storage)
    return IndexCache(storage.index_dir, embedder.dimension, embedder.fingerprint, source, limits, node)


def maintained_indexes(storage: Storage) -> OpenIndex:
    """What `loracle index` verifies and rebuilds, with the limits that the service has."""
    if uses_pgvector(storage):
        return _maintained_in_postgresql(storage)
    changes, limits, node = changes_of(storage.db), index_limits(storage), folder_node(storage)

    def open_index(tenant_id: str, fingerprint: str, dimension: int) -> MaintainedIndex:
        index = TenantIndex(tenant_id, storage.index_dir, dimension, fingerprint, changes, limits, node)
        return MaintainedFaissIndex(index, storage.index_dir, fingerprint, dimension, changes, node)

    return open_index


def build_partition_upkeep(storage: Storage) -> PartitionUpkeep | None:
    """Build what moves large tenants to HNSW partitions in the background; None where vectors are FAISS's."""
    if not uses_pgvector(storage):
        return None
    from app.storage.pgvector.upkeep import PartitionUpkeep

    return PartitionUpkeep(partitions_of(storage))


def folder_node(storage: Storage) -> str:
    """Whose index folder it is; empty for SQLite, whose processes share one."""
    return "" if storage.db.dialect.name == "sqlite" else node_of(storage.index_dir)


def index_limits(storage: Storage) -> IndexLimits:
    return IndexLimits(storage.settings.index_exact_vectors, storage.settings.index_memory_bytes)


def partitions_of(storage: Storage) -> Partitions:
    from app.storage.pgvector.partitions import Partitions

    return Partitions(storage.db, storage.settings.pgvector_exact_vectors)


def _maintained_in_postgresql(storage: Storage) -> OpenIndex:
    from app.storage.pgvector.maintained_index import MaintainedPgvectorIndex

    partitions = partitions_of(storage)

    def open_index(tenant_id: str, fingerprint: str, dimension: int) -> MaintainedIndex:
        return MaintainedPgvectorIndex(storage.db, tenant_id, fingerprint, dimension, partitions)

    return open_index
