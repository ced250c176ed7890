"""Tables of documents, their versions and texts, collections and batches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, ForeignKey, Index, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.documents import DocumentStatus
from app.storage.sql.tables.base import (
    SEARCHED_JSON,
    Base,
    StateText,
    groups_column,
    id_column,
    now,
    tenant_column,
    varchar,
)

KEPT = "blob <> ''"  # versions whose file is kept, as a query must say it, too


class DocumentRow(Base):
    """A document: a filename in a collection, with its metadata."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("tenant_id", "collection", "filename").ddl_if("sqlite"),
        Index("ix_documents_tenant_id_external_id", "tenant_id", "external_id", unique=True),
    )

    id: Mapped[str] = id_column("doc")
    tenant_id: Mapped[str] = tenant_column()
    collection: Mapped[str] = mapped_column(varchar(200))
    filename: Mapped[str] = mapped_column(varchar(1000))
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", SEARCHED_JSON, default=dict)
    file_id: Mapped[str | None] = mapped_column(varchar(64), index=True)  # file of OpenAI's clients that it is of
    groups: Mapped[list[str]] = groups_column()
    external_id: Mapped[str | None] = mapped_column(varchar(500))  # the key that the tenant gave it
    live_version_id: Mapped[int | None]
    latest_version_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


# A row of PostgreSQL's index holds 2,704 bytes; a name may have 4,000.
UNIQUE_NAME = DDL(  # type: ignore[no-untyped-call]
    "CREATE UNIQUE INDEX uq_documents_tenant_id_collection_filename_hash "
    "ON documents (tenant_id, collection, md5(filename))"
)
event.listen(DocumentRow.__table__, "after_create", UNIQUE_NAME.execute_if(dialect="postgresql"))


class CollectionRow(Base):
    """Settings of one collection. NULL, and a missing row, mean the settings of the service."""

    __tablename__ = "collections"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(varchar(200), primary_key=True)
    chunk_tokens: Mapped[int | None]
    chunk_overlap_tokens: Mapped[int | None]
    section_tokens: Mapped[int | None]
    keep_versions: Mapped[int | None]
    groups: Mapped[list[str]] = groups_column()
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class DocumentVersionRow(Base):
    """One upload of a document: its file, and the state of its ingestion."""

    __tablename__ = "document_versions"
    __table_args__ = (
        UniqueConstraint("document_id", "version"),
        Index("ix_document_versions_tenant_id_sha256", "tenant_id", "sha256"),
        Index(
            "ix_document_versions_kept_size",
            *("tenant_id", "size_bytes"),
            sqlite_where=text(KEPT),
            postgresql_where=text(KEPT),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(varchar(64))
    size_bytes: Mapped[int]
    media_type: Mapped[str] = mapped_column(varchar(100))
    blob: Mapped[str] = mapped_column(varchar(200), index=True)
    status: Mapped[DocumentStatus] = mapped_column(StateText(DocumentStatus), default=DocumentStatus.QUEUED, index=True)
    progress: Mapped[float] = mapped_column(default=0.0)
    stage: Mapped[dict[str, Any]] = mapped_column(default=dict)  # StageProgress; empty if unknown
    error_code: Mapped[str | None] = mapped_column(varchar(64))
    error_message: Mapped[str | None] = mapped_column(Text)
    pages: Mapped[int | None]
    chunks: Mapped[int | None]
    chunking: Mapped[str] = mapped_column(varchar(64), default="")  # fingerprint of the settings that made its chunks
    parser: Mapped[str] = mapped_column(
        varchar(32), default="", server_default=""
    )  # version of the parser that read it
    warnings: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")  # [code, message]
    job_id: Mapped[str | None] = mapped_column(varchar(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    ready_at: Mapped[datetime | None]


class DocumentTextRow(Base):
    """The text that was extracted from a document version."""

    __tablename__ = "document_texts"

    version_id: Mapped[int] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"), primary_key=True)
    tenant_id: Mapped[str] = tenant_column()
    title: Mapped[str] = mapped_column(Text, default="")  # embedded with each of its chunks
    text: Mapped[str] = mapped_column(Text)
    pages: Mapped[list[list[Any]]] = mapped_column(JSON)  # [page, char_start, char_end, label]


class BatchRow(Base):
    """One upload of many files."""

    __tablename__ = "batches"

    id: Mapped[str] = id_column("bat")
    tenant_id: Mapped[str] = tenant_column()
    collection: Mapped[str] = mapped_column(varchar(200))
    files: Mapped[int]  # accepted and refused
    refused: Mapped[list[Any]] = mapped_column(JSON)  # [filename, code, message]
    groups: Mapped[list[str]] = groups_column()  # as its upload says; none: as its collection has them
    created_at: Mapped[datetime] = mapped_column(default=now)


class BatchVersionRow(Base):
    """A document version of a batch. A version may belong to several batches."""

    __tablename__ = "batch_versions"

    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("document_versions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
