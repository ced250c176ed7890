"""Searches the vectors of a tenant with pgvector: exactly, or through the HNSW index of a partition of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from app.storage.database import Database
from app.storage.pgvector.partitions import Partitions
from app.storage.postgres.vectors.index_rows import PLACE, VectorIndexRow, find_index
from app.storage.sql.change_log import Ids, Vectors

EXACT_SEARCH_CHUNKS = 5000  # up to so many allowed chunks are compared without the HNSW index
RERANK_FACTOR = 3  # candidates of the HNSW index for each result; they are ranked by exact scores
EF_SEARCH = 400  # candidates that a step of the HNSW search keeps: with 200, one question in a hundred finds nothing
# For the transaction: relaxed_order goes on until enough rows pass the filter; without sorting, the planner takes the
# HNSW index whatever it thinks of the filter.
SETTINGS = text(
    "SELECT set_config('hnsw.ef_search', :ef, true), set_config('hnsw.iterative_scan', 'relaxed_order', true), "
    "set_config('enable_sort', 'off', true)"
)


class PgvectorSearch:
    """VectorSearch with pgvector. Thread-safe. Nothing is kept in the process: a search reads the current rows.

    Scores are computed in float32 from the question as it is and the stored float16 vectors, as FAISS does: they
    differ from its own by the order of additions, less than 1e-6.
    """

    def __init__(self, db: Database, fingerprint: str, partitions: Partitions) -> None:
        self._db = db
        self._fingerprint = fingerprint
        self._partitions = partitions

    def best(self, tenant_id: str, query: Vectors, k: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the `k` nearest, best first; of equals the lowest id, if the search is exact."""
        with self._db.read_tenant(tenant_id) as store:
            index = find_index(store.session, tenant_id, self._fingerprint)
            if index is None:
                return []
            wanted = min(k, index.vectors if allowed is None else len(allowed))
            if not index.is_shared and (allowed is None or len(allowed) > EXACT_SEARCH_CHUNKS):
                found = _approximate(store.session, index, query, k, allowed)
                if len(found) >= wanted:  # else few of many are allowed, and the scan has ended before it met them
                    return found
            return _exact(store.session, index, query, k, allowed)

    def vectors_at(self, tenant_id: str, ids: Sequence[int]) -> tuple[Ids, Vectors]:
        """(n,) the existing ones of `ids`, ascending, with their stored (n, dimension) vectors."""
        with self._db.read_tenant(tenant_id) as store:
            return store.changes.vectors_at(np.array(ids, np.int64), self._fingerprint)

    def prepare(self, tenant_id: str) -> None:
        """Move the tenant's vectors to a partition of their own if they are many. Takes minutes for a million."""
        self._partitions.make(tenant_id, self._fingerprint)

    def drop(self, tenant_id: str) -> None:
        """Drop the partitions of deleted tenants: the rows went with the tenant."""
        del tenant_id
        self._partitions.drop_unused()

    def catch_up_all(self) -> None:
        """Nothing to do: the rows are written with the chunks."""

    def is_current(self) -> bool:
        return True

    def checkpoint_all(self) -> None:
        """Nothing to do: the rows are in the database."""


def _exact(
    session: Session, index: VectorIndexRow, query: Vectors, k: int, allowed: Ids | None
) -> list[tuple[int, float]]:
    """Compare every allowed vector."""
    return _run(session, _statement(EXACT, allowed), index, query, allowed, k=k)


def _approximate(
    session: Session, index: VectorIndexRow, query: Vectors, k: int, allowed: Ids | None
) -> list[tuple[int, float]]:
    """Compare the candidates of the HNSW index; fewer than `k` if it does not find as many."""
    session.execute(SETTINGS, {"ef": str(EF_SEARCH)})
    statement = _statement(APPROXIMATE.replace(":dimension", str(index.dimension)), allowed)
    found = _run(session, statement, index, query, allowed, k=k, candidates=k * RERANK_FACTOR)
    session.execute(text("SELECT set_config('enable_sort', 'on', true)"))
    return found


EXACT = """
SELECT chunk_id, -(vector::vector <#> CAST(:query AS vector)) AS score
FROM indexed_vectors WHERE partition = :partition AND index_id = :index {allowed}
ORDER BY score DESC, chunk_id LIMIT :k
"""
APPROXIMATE = """
SELECT chunk_id, -(vector::vector <#> CAST(:query AS vector)) AS score
FROM (
    SELECT chunk_id, vector FROM indexed_vectors WHERE partition = :partition AND index_id = :index {allowed}
    ORDER BY vector::halfvec(:dimension) <#> CAST(CAST(:query AS vector) AS halfvec(:dimension)) LIMIT :candidates
) AS candidates
ORDER BY score DESC, chunk_id LIMIT :k
"""
ONLY_ALLOWED = "AND chunk_id = ANY(:allowed)"


def _statement(sql: str, allowed: Ids | None) -> TextClause:
    return text(sql.replace("{allowed}", "" if allowed is None else ONLY_ALLOWED)).bindparams(*PLACE)


def _run(
    session: Session, statement: TextClause, index: VectorIndexRow, query: Vectors, allowed: Ids | None, **limits: int
) -> list[tuple[int, float]]:
    given: dict[str, Any] = {**index.place, "query": vector_text(query), **limits}
    if allowed is not None:
        given["allowed"] = allowed.tolist()
    return [(chunk_id, score) for chunk_id, score in session.execute(statement, given)]


def vector_text(vector: Vectors) -> str:
    """A vector (dimension,) as pgvector reads it, with every digit of float32."""
    return "[" + ",".join(map(repr, vector.tolist())) + "]"
