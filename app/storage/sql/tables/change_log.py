"""Tables of the change log that the vector indexes follow, and of their checkpoints."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.change_log import ChangeKind
from app.storage.sql.tables.base import Base, StateText, tenant_column, varchar


class ChangeRow(Base):
    """One entry of a tenant's change log."""

    __tablename__ = "change_log"
    __table_args__ = (Index("ix_change_log_tenant_id_seq", "tenant_id", "seq"), {"sqlite_autoincrement": True})

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"))
    kind: Mapped[ChangeKind] = mapped_column(StateText(ChangeKind, 8))
    version_id: Mapped[int]
    first_chunk_id: Mapped[int]  # of the version's chunks, inclusive: still known after they are deleted
    last_chunk_id: Mapped[int]


class IndexCheckpointRow(Base):
    """An index file of one tenant, in the folder of one node."""

    __tablename__ = "index_checkpoints"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant_id: Mapped[str] = tenant_column()
    seq: Mapped[int]
    path: Mapped[str] = mapped_column(varchar(500))
    sha256: Mapped[str] = mapped_column(varchar(64))
    vectors: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(varchar(64))
    node: Mapped[str] = mapped_column(varchar(64), default="", server_default="")  # whose folder has it; SQLite: none
