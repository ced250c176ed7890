"""The active embedding model of a tenant, and secondary vectors: those of the model that will be active next."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.change_log import ChangeKind
from app.domain.documents import ChunkText
from app.storage.sql.change_log import Vectors, log_change, stored_vector
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.dialects.upsert import insert_into
from app.storage.sql.repositories.jobs import Lease, require_lease
from app.storage.sql.tables import (
    ChunkRow,
    ChunkVectorRow,
    DocumentTextRow,
    DocumentVersionRow,
    EmbeddingModelRow,
    TenantRow,
)


class EmbeddingModels:
    """Records the embedding models of this data folder and reads which ones are active, for all tenants."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, fingerprint: str, source: str) -> None:
        """Note where the model comes from. Every process does so when it starts."""
        new = insert_into(self._session, EmbeddingModelRow.__table__).values(fingerprint=fingerprint, source=source)
        self._session.execute(new.on_conflict_do_update(index_elements=["fingerprint"], set_={"source": source}))

    def in_use(self) -> dict[str, str | None]:
        """Sources of the models that are active for any tenant, by fingerprint; None if the source is unknown."""
        query = (
            select(TenantRow.embeddings, EmbeddingModelRow.source)
            .outerjoin(EmbeddingModelRow, EmbeddingModelRow.fingerprint == TenantRow.embeddings)
            .where(TenantRow.embeddings.is_not(None))
            .distinct()
        )
        return {str(row[0]): row[1] for row in self._session.execute(query)}

    def replace(self, former: str, fingerprint: str) -> None:
        """Activate `fingerprint` for all tenants with `former`, which cannot be loaded. Vectors may be missing yet."""
        query = update(TenantRow).where(TenantRow.embeddings == former)
        self._session.execute(query.values(embeddings=fingerprint))


class Embeddings:
    """Reads and writes the active embedding model and the secondary vectors of one tenant."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session = session
        self._tenant_id = tenant_id

    def fingerprint(self) -> str | None:
        """The fingerprint of the active model; None before the tenant's first document."""
        return self._session.scalar(select(TenantRow.embeddings).where(TenantRow.id == self._tenant_id))

    def model(self) -> str | None:
        """The source of the active model; its fingerprint if the source is unknown."""
        source = select(func.coalesce(EmbeddingModelRow.source, TenantRow.embeddings))
        known = EmbeddingModelRow.fingerprint == TenantRow.embeddings
        query = source.select_from(TenantRow).outerjoin(EmbeddingModelRow, known)
        return self._session.scalar(query.where(TenantRow.id == self._tenant_id))

    def set_active(self, fingerprint: str) -> None:
        """Use this model for every search after the commit."""
        query = update(TenantRow).where(TenantRow.id == self._tenant_id)
        self._session.execute(query.values(embeddings=fingerprint))

    def missing(self, version_id: int, fingerprint: str) -> list[ChunkText]:
        """Chunks of the version that have no vector of that fingerprint."""
        secondary = and_(ChunkVectorRow.chunk_id == ChunkRow.id, ChunkVectorRow.fingerprint == fingerprint)
        query = (
            select(ChunkRow.id, DocumentTextRow.title, ChunkRow.heading, ChunkRow.text, ChunkRow.tokens)
            .join(DocumentTextRow, DocumentTextRow.version_id == ChunkRow.version_id)
            .outerjoin(ChunkVectorRow, secondary)
            .where(ChunkRow.tenant_id == self._tenant_id, ChunkRow.version_id == version_id)
            .where(ChunkRow.fingerprint != fingerprint, ChunkVectorRow.chunk_id.is_(None))
            .order_by(ChunkRow.id)
        )
        return [ChunkText(*row) for row in self._session.execute(query)]

    def add(
        self, version_id: int, ids: Sequence[int], vectors: Vectors, fingerprint: str, *, chunking: str, lease: Lease
    ) -> None:
        """Save secondary vectors (n, dimension) of that fingerprint for the version's chunks `ids`.

        The version is up to date afterwards if its chunks have the settings `chunking`. Nothing is saved if the chunks
        were replaced meanwhile. Raises Conflict if the lease is lost.
        """
        require_lease(self._session, lease)
        mine = ChunkRow.tenant_id == self._tenant_id, ChunkRow.version_id == version_id
        there = set(self._session.scalars(select(ChunkRow.id).where(*mine)))
        rows = [
            {
                "chunk_id": chunk_id,
                "fingerprint": fingerprint,
                "tenant_id": self._tenant_id,
                "vector": stored_vector(vector),
            }
            for chunk_id, vector in zip(ids, vectors, strict=True)
            if chunk_id in there
        ]
        if len(rows) < len(ids):
            return
        if rows:
            self._session.execute(ChunkVectorRow.__table__.insert(), rows)  # type: ignore[attr-defined]
            log_change(self._session, self._tenant_id, ChangeKind.ADD, version_id)
        version = DocumentVersionRow.tenant_id == self._tenant_id, DocumentVersionRow.id == version_id
        of_settings = DocumentVersionRow.chunking.endswith(f"-{chunking}", autoescape=True)
        made_by = f"{fingerprint}-{chunking}"
        self._session.execute(update(DocumentVersionRow).where(*version, of_settings).values(chunking=made_by))

    def has_secondary(self) -> bool:
        """Whether any chunk has a secondary vector."""
        mine = select(ChunkVectorRow.chunk_id).where(ChunkVectorRow.tenant_id == self._tenant_id)
        return self._session.scalar(mine.limit(1)) is not None

    def promote(self, fingerprint: str, limit: int) -> int:
        """Move at most `limit` secondary vectors: those of the active model into their chunks; delete the others.

        Returns how many were moved or dropped. What an index reads of `fingerprint` is the same before and after; one
        of another hears by the log that its vectors went.
        """
        mine = ChunkVectorRow.tenant_id == self._tenant_id
        rows = self._session.execute(
            select(ChunkVectorRow.chunk_id, ChunkVectorRow.fingerprint, ChunkVectorRow.vector).where(mine).limit(limit)
        ).all()
        moved = [
            {"id": row.chunk_id, "fingerprint": fingerprint, "vector": row.vector}
            for row in rows
            if row.fingerprint == fingerprint
        ]
        if moved:
            self._session.execute(update(ChunkRow), moved)
        for name in {row.fingerprint for row in rows}:
            ids = [row.chunk_id for row in rows if row.fingerprint == name]
            gone = ChunkVectorRow.fingerprint == name, one_of(ChunkVectorRow.chunk_id, ids)
            self._session.execute(delete(ChunkVectorRow).where(mine, *gone))
        versions = select(ChunkRow.version_id).where(one_of(ChunkRow.id, [row.chunk_id for row in rows])).distinct()
        for version_id in self._session.scalars(versions).all():
            log_change(self._session, self._tenant_id, ChangeKind.ADD, version_id)
        return len(rows)
