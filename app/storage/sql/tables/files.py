"""Tables of the files and vector stores of OpenAI's clients."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.files import FilePurpose
from app.storage.ids import new_timed_id
from app.storage.sql.tables.base import Base, StateText, now, tenant_column, varchar


class FileRow(Base):
    """An uploaded file. Documents that vector stores have of it are rows of their own, with the same blob."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(varchar(64), primary_key=True, default=lambda: new_timed_id("file-"))
    tenant_id: Mapped[str] = tenant_column()
    filename: Mapped[str] = mapped_column(varchar(1000))
    purpose: Mapped[FilePurpose] = mapped_column(StateText(FilePurpose))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(varchar(64))
    media_type: Mapped[str] = mapped_column(varchar(100))
    blob: Mapped[str | None] = mapped_column(varchar(200), index=True)
    dataset_id: Mapped[str | None] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), index=True)
    user: Mapped[str | None] = mapped_column(varchar(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class VectorStoreRow(Base):
    """What a client says of a collection that it made, or changed, as a vector store."""

    __tablename__ = "vector_stores"
    __table_args__ = (UniqueConstraint("tenant_id", "collection"),)

    id: Mapped[str] = mapped_column(varchar(64), primary_key=True, default=lambda: new_timed_id("vs_"))
    tenant_id: Mapped[str] = tenant_column()
    collection: Mapped[str] = mapped_column(varchar(200))
    name: Mapped[str] = mapped_column(varchar(256))
    description: Mapped[str | None] = mapped_column(Text)
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
