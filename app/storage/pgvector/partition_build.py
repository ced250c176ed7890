"""The two steps that move an index to a partition of its own: build it beside the shared one, then take its place."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.storage.postgres.vectors.index_rows import VectorIndexRow

BUILD_MEMORY_BYTES = (64 * 2**20, 2 * 2**30)  # least and most of a build; one that needs more takes hours
LINK_BYTES = 450  # of a vector in the HNSW graph while it is built, beside its values
EF_CONSTRUCTION = 128  # with pgvector's 64, whole topics are out of reach of one question in a hundred
COPY = "INSERT INTO {table} SELECT {id}, index_id, chunk_id, vector FROM indexed_vectors AS shared WHERE {shared}"
# The condition of the shared rows; `partition` stands in it for the planner, which then opens that partition alone.
SHARED_ROWS = "shared.partition = 0 AND shared.index_id = {id}"
BUILD = (
    "CREATE TABLE {table} (LIKE indexed_vectors INCLUDING STORAGE, CHECK (partition = {id}))",
    COPY,
    "ALTER TABLE {table} ADD PRIMARY KEY (partition, index_id, chunk_id)",
    "SET LOCAL maintenance_work_mem = '{memory}kB'",
    "SET LOCAL max_parallel_maintenance_workers = 0",  # searches have the other cores; none needs shared memory
    (
        "CREATE INDEX {table}_hnsw ON {table} USING hnsw ((vector::halfvec({dimension})) halfvec_ip_ops) "
        "WITH (m = 16, ef_construction = {effort})"
    ),
    "ANALYZE {table}",
)
TAKE_OVER = (
    COPY + " AND NOT EXISTS (SELECT FROM {table} AS own WHERE own.chunk_id = shared.chunk_id)",
    (
        "DELETE FROM {table} AS own WHERE NOT EXISTS "
        "(SELECT FROM indexed_vectors AS shared WHERE {shared} AND shared.chunk_id = own.chunk_id)"
    ),
    "ALTER TABLE indexed_vectors ATTACH PARTITION {table} FOR VALUES IN ({id})",
    "DELETE FROM indexed_vectors AS shared WHERE {shared}",
    "UPDATE vector_indexes SET partition = {id} WHERE id = {id}",
)


def build(session: Session, index: VectorIndexRow) -> None:
    """Copy the shared vectors of an index into a new table and build its HNSW index: a minute for 200,000 vectors.

    No other transaction sees the table, so none waits for it.
    """
    _run(session, BUILD, index)


def take_over(session: Session, index: VectorIndexRow) -> None:
    """Make the table that `build` built, with what was written since, the index's partition.

    The transaction holds the tenant's lock. Searches that began before it go on over the shared rows in their snapshot.
    """
    _run(session, TAKE_OVER, index)


def build_memory(vectors: int, dimension: int) -> int:
    """Bytes that hold an HNSW graph of that many halfvec vectors while it is built, within BUILD_MEMORY_BYTES."""
    least, most = BUILD_MEMORY_BYTES
    return max(least, min(most, vectors * (2 * dimension + LINK_BYTES)))


def _run(session: Session, statements: tuple[str, ...], index: VectorIndexRow) -> None:
    values = {
        "table": index.own_table,
        "id": index.id,
        "shared": SHARED_ROWS.format(id=index.id),
        "dimension": index.dimension,
        "effort": EF_CONSTRUCTION,
        "memory": build_memory(index.vectors, index.dimension) // 1024,
    }
    for statement in statements:
        session.execute(text(statement.format(**values)))
