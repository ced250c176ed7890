"""Tables of chunks, their vectors and the full-text index over them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, LargeBinary, Sequence, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.sql.tables.base import Base, now, tenant_column, varchar

BUCKET_BITS = 12
BUCKET = 1 << BUCKET_BITS  # chunk ids of one row of the postings
CHUNK_BLOCKS = Sequence("chunk_blocks", metadata=Base.metadata)  # of that many ids; unused by SQLite


class ChunkRow(Base):
    """A chunk of a live document version, with its vector."""

    __tablename__ = "chunks"
    # AUTOINCREMENT: an id that was deleted never comes back, so a stale vector cannot cite a new chunk.
    __table_args__ = (UniqueConstraint("version_id", "index"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"))
    index: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(Text, default="")
    page_start: Mapped[int | None]
    page_end: Mapped[int | None]
    char_start: Mapped[int]
    char_end: Mapped[int]
    tokens: Mapped[int]
    section_start: Mapped[int] = mapped_column(default=0)
    section_end: Mapped[int] = mapped_column(default=0)
    utf16_shift: Mapped[int] = mapped_column(default=0, server_default="0")
    vector: Mapped[bytes] = mapped_column(LargeBinary)  # float16, little-endian
    fingerprint: Mapped[str] = mapped_column(varchar(64))
    enabled: Mapped[bool] = mapped_column(default=True, server_default="1")  # a disabled one is in no index


class ChunkVectorRow(Base):
    """A secondary vector of a chunk: by the embedding model that will be active next."""

    __tablename__ = "chunk_vectors"

    chunk_id: Mapped[int] = mapped_column(
        ForeignKey("chunks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    fingerprint: Mapped[str] = mapped_column(varchar(64), primary_key=True)
    tenant_id: Mapped[str] = tenant_column()
    vector: Mapped[bytes] = mapped_column(LargeBinary)  # float16, little-endian


class ChunkIdsRow(Base):
    """The ids that a tenant reserved and has not used, on PostgreSQL: see app/storage/sql/dialects/chunk_ids.py."""

    __tablename__ = "chunk_ids"
    __table_args__ = {"info": {"dialect": "postgresql"}}

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    next_id: Mapped[int]
    end_id: Mapped[int]  # exclusive


class EmbeddingModelRow(Base):
    """An embedding model that the service was started with. It is loaded while it is active for a tenant."""

    __tablename__ = "embedding_models"

    fingerprint: Mapped[str] = mapped_column(varchar(64), primary_key=True)
    source: Mapped[str] = mapped_column(Text)  # as LORACLE_EMBEDDING_MODEL named it
    created_at: Mapped[datetime] = mapped_column(default=now)


class PostingsRow(Base):
    """The chunks in one bucket of ids that have a term: see app/storage/sql/postings.py."""

    __tablename__ = "postings"
    __table_args__ = {
        "sqlite_with_rowid": False,
        # Room for rows that grow, and dead ones removed early: every document rewrites rows of common terms.
        "postgresql_with": {"fillfactor": 70, "autovacuum_vacuum_scale_factor": 0.02},
    }

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(varchar(128), primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entries: Mapped[bytes] = mapped_column(LargeBinary)


# Entries hardly shrink by compression, which every document would do anew for the rows that it adds to.
UNCOMPRESSED: Any = DDL("ALTER TABLE postings ALTER COLUMN entries SET STORAGE EXTERNAL")  # type: ignore[no-untyped-call]
event.listen(PostingsRow.__table__, "after_create", UNCOMPRESSED.execute_if(dialect="postgresql"))


class PostingsTotalRow(Base):
    """The number of a tenant's indexed chunks and of their terms."""

    __tablename__ = "postings_totals"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    chunks: Mapped[int]
    terms: Mapped[int]
