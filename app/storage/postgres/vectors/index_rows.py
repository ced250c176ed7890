"""The indexes of a tenant: one for each embedding model that its chunks have vectors of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, TextClause, bindparam, text
from sqlalchemy.orm import Session

from app.storage.postgres.vectors.tables import SHARED

COLUMNS = "id, fingerprint, dimension, vectors, partition"
OF_TENANT = text(f"SELECT {COLUMNS} FROM vector_indexes WHERE tenant_id = :tenant ORDER BY id")
ONE = text(f"SELECT {COLUMNS} FROM vector_indexes WHERE tenant_id = :tenant AND fingerprint = :fingerprint")
CREATE = text(
    "INSERT INTO vector_indexes (tenant_id, fingerprint, dimension) VALUES (:tenant, :fingerprint, :dimension) "
    f"RETURNING {COLUMNS}"
)
COUNT = text("UPDATE vector_indexes SET vectors = vectors + :more WHERE id = :id")
# Of a statement about the rows of one index. Its numbers stand in the statement itself: the planner then opens one
# partition alone.
PLACE = "partition = :partition AND index_id = :index"


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
    def place(self) -> dict[str, int]:
        """The parameters of a statement with PLACE."""
        return {"partition": self.partition, "index": self.id}


def of_one_index(sql: str) -> TextClause:
    """A statement with PLACE."""
    return text(sql).bindparams(
        *(bindparam(name, type_=Integer, literal_execute=True) for name in ("partition", "index"))
    )


def indexes_of(session: Session, tenant_id: str) -> Sequence[VectorIndexRow]:
    return [VectorIndexRow(*row) for row in session.execute(OF_TENANT, {"tenant": tenant_id})]


def find_index(session: Session, tenant_id: str, fingerprint: str) -> VectorIndexRow | None:
    """The tenant's index of that embedding model; None if it has no vectors of it."""
    row = session.execute(ONE, {"tenant": tenant_id, "fingerprint": fingerprint}).one_or_none()
    return None if row is None else VectorIndexRow(*row)


def find_or_create_index(session: Session, tenant_id: str, fingerprint: str, dimension: int) -> VectorIndexRow:
    """As `find_index`, in a transaction that holds the tenant's lock."""
    found = find_index(session, tenant_id, fingerprint)
    if found is not None:
        return found
    made = {"tenant": tenant_id, "fingerprint": fingerprint, "dimension": dimension}
    return VectorIndexRow(*session.execute(CREATE, made).one())


def count_vectors(session: Session, index_id: int, more: int) -> None:
    """Note that an index has `more` vectors than before; fewer if it is negative."""
    if more:
        session.execute(COUNT, {"id": index_id, "more": more})
