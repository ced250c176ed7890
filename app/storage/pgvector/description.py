"""What an operator asks about the vectors in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

TOTALS = text(
    "SELECT count(*), coalesce(sum(vectors), 0), count(*) FILTER (WHERE partition > 0), "
    "count(*) FILTER (WHERE partition > 0 AND NOT EXISTS (SELECT FROM pg_index WHERE indisvalid AND indexrelid = "
    "to_regclass('indexed_vectors_' || id || '_hnsw'))) FROM vector_indexes"
)


def describe_indexes(session: Session) -> tuple[str, bool]:
    """How many vectors and indexes there are, and whether the large ones can all be searched through HNSW."""
    indexes, vectors, large, broken = session.execute(TOTALS).one()
    found = f"pgvector, {vectors:,} vectors in {indexes} indexes, {large} of them with HNSW"
    if broken:
        return f"{found}; {broken} without a valid HNSW index: run `loracle index rebuild`", False
    return found, True
