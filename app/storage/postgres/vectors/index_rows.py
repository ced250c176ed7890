"""The indexes of a tenant: one for each embedding model that its chunks have vectors of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Integer, bindparam, column, insert, select, table, update
from sqlalchemy.orm import Session

from app.storage.postgres.vectors.tables import SHARED

INDEXES = table(
    "vector_indexes",
    column("id", Integer),
    column("tenant_id"),
    column("fingerprint"),
    column("dimension", Integer),
    column("vectors", BigInteger),
    column("partition", Integer),
)
VECTORS = table("indexed_vectors", column("partition", Integer), column("index_id", Integer), column("chunk_id"))
COLUMNS = (INDEXES.c.id, INDEXES.c.fingerprint, INDEXES.c.dimension, INDEXES.c.vectors, INDEXES.c.partition)
# The rows of one index. Its numbers stand in the statement itself: the planner then opens one partition alone.
PLACE = tuple(bindparam(name, type_=Integer, literal_execute=True) for name in ("partition", "index"))
IN_INDEX = (VECTORS.c.partition == PLACE[0], VECTORS.c.index_id == PLACE[1])


@dataclass(frozen=True, slots=True)
class VectorIndexRow:
    """The vectors of one embedding model in one tenant, and where they lie."""

    id: int
    fingerprint: str
    dimension: int
    vectors: int
    partition: int

    @property
    def is_shared(self) -> bool:
        """Whether its vectors lie among those of other tenants, and are searched exactly."""
        return self.partition == SHARED

    @property
    def own_table(self) -> str:
        """The name of the partition of its own, if it has one; its HNSW index is called so with `_hnsw` behind."""
        return f"indexed_vectors_{self.id}"

    @property
    def place(self) -> dict[str, int]:
        """The parameters PLACE of a statement about its rows."""
        return {"partition": self.partition, "index": self.id}


def indexes_of(session: Session, tenant_id: str) -> Sequence[VectorIndexRow]:
    query = select(*COLUMNS).where(INDEXES.c.tenant_id == tenant_id).order_by(INDEXES.c.id)
    return [VectorIndexRow(*row) for row in session.execute(query)]


def find_index(session: Session, tenant_id: str, fingerprint: str) -> VectorIndexRow | None:
    """The tenant's index of that embedding model; None if it has no vectors of it."""
    one = INDEXES.c.tenant_id == tenant_id, INDEXES.c.fingerprint == fingerprint
    row = session.execute(select(*COLUMNS).where(*one)).one_or_none()
    return None if row is None else VectorIndexRow(*row)


def find_or_create_index(session: Session, tenant_id: str, fingerprint: str, dimension: int) -> VectorIndexRow:
    """As `find_index`, in a transaction that holds the tenant's lock."""
    found = find_index(session, tenant_id, fingerprint)
    if found is not None:
        return found
    made = insert(INDEXES).values(tenant_id=tenant_id, fingerprint=fingerprint, dimension=dimension)
    return VectorIndexRow(*session.execute(made.returning(*COLUMNS)).one())


def count_vectors(session: Session, index_id: int, more: int) -> None:
    """Note that an index has `more` vectors than before; fewer if it is negative."""
    if more:
        counted = update(INDEXES).where(INDEXES.c.id == index_id)
        session.execute(counted.values(vectors=INDEXES.c.vectors + more))
