"""Warnings of documents, the parser that read them, names in composed form."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DOCUMENTS = sa.table(
    "documents", *(sa.column(name, sa.String) for name in ("id", "tenant_id", "collection", "filename"))
)
COLLECTIONS = sa.table("collections", sa.column("tenant_id", sa.String), sa.column("name", sa.String))
BATCHES = sa.table("batches", sa.column("id", sa.String), sa.column("collection", sa.String))


def upgrade() -> None:
    op.add_column("document_versions", sa.Column("warnings", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("document_versions", sa.Column("parser", sa.String(length=32), nullable=False, server_default=""))
    op.create_index(op.f("ix_document_versions_tenant_id_sha256"), "document_versions", ["tenant_id", "sha256"])
    _compose_names()
    _compose_collections()


def downgrade() -> None:
    op.drop_index(op.f("ix_document_versions_tenant_id_sha256"), "document_versions")
    op.drop_column("document_versions", "parser")
    op.drop_column("document_versions", "warnings")


def _compose_names() -> None:
    """Give names their composed form (NFC), under which an upload finds them; a file name that is taken stays."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(DOCUMENTS)).all()
    taken = {(row.tenant_id, row.collection, row.filename) for row in rows}
    for row in rows:
        collection, filename = _composed(row.collection), _composed(row.filename)
        free = (name for name in (filename, row.filename) if (row.tenant_id, collection, name) not in taken)
        if name := next(free, None):
            taken.add((row.tenant_id, collection, name))
            update = sa.update(DOCUMENTS).where(DOCUMENTS.c.id == row.id)
            connection.execute(update.values(collection=collection, filename=name))


def _compose_collections() -> None:
    """The same for the names of collections with settings, and of batches."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(COLLECTIONS)).all()
    taken = {(row.tenant_id, row.name) for row in rows}
    for row in rows:
        if (row.tenant_id, _composed(row.name)) not in taken:
            this = (COLLECTIONS.c.tenant_id == row.tenant_id) & (COLLECTIONS.c.name == row.name)
            connection.execute(sa.update(COLLECTIONS).where(this).values(name=_composed(row.name)))
    for batch in connection.execute(sa.select(BATCHES)).all():
        if _composed(batch.collection) != batch.collection:
            update = sa.update(BATCHES).where(BATCHES.c.id == batch.id)
            connection.execute(update.values(collection=_composed(batch.collection)))


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
