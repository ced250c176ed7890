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


def upgrade() -> None:
    op.add_column("document_versions", sa.Column("warnings", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("document_versions", sa.Column("parser", sa.String(length=32), nullable=False, server_default=""))
    op.create_index(op.f("ix_document_versions_tenant_id_sha256"), "document_versions", ["tenant_id", "sha256"])
    _compose_names()


def downgrade() -> None:
    op.drop_index(op.f("ix_document_versions_tenant_id_sha256"), "document_versions")
    op.drop_column("document_versions", "parser")
    op.drop_column("document_versions", "warnings")


def _compose_names() -> None:
    """Give file names their composed form (NFC), under which an upload finds them; one that is taken stays."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(DOCUMENTS)).all()
    taken = {(row.tenant_id, row.collection, row.filename) for row in rows}
    for row in rows:
        composed = unicodedata.normalize("NFC", row.filename)
        place = row.tenant_id, row.collection, composed
        if place not in taken:
            taken.add(place)
            connection.execute(sa.update(DOCUMENTS).where(DOCUMENTS.c.id == row.id).values(filename=composed))
