"""Collections with their own settings, the settings chunks were made by, pauses of the queue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# The settings were a part of the embeddings' fingerprint: "<16 hex digits>-<chunker>-<tokens>-<overlap>-<dimension>".
OLD = "fingerprint GLOB '????????????????-c[0-9]*-*-*-*'"
BEFORE_DIMENSION = "length(rtrim(fingerprint, '0123456789'))"


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("chunk_tokens", sa.Integer(), nullable=True),
        sa.Column("chunk_overlap_tokens", sa.Integer(), nullable=True),
        sa.Column("section_tokens", sa.Integer(), nullable=True),
        sa.Column("keep_versions", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_collections_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant_id", "name", name=op.f("pk_collections")),
    )
    op.create_table(
        "queue_pauses",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_queue_pauses")),
    )
    op.add_column("document_texts", sa.Column("title", sa.Text(), nullable=False, server_default=""))
    op.add_column("document_versions", sa.Column("chunking", sa.String(length=64), nullable=False, server_default=""))
    chunking = f"substr(fingerprint, 18, {BEFORE_DIMENSION} - 18)"
    op.execute(
        f"UPDATE document_versions SET chunking = COALESCE((SELECT {chunking} FROM chunks "  # noqa: S608 - constants
        f"WHERE version_id = document_versions.id AND {OLD} LIMIT 1), '')"
    )
    for table in ("chunks", "index_checkpoints", "answering"):
        op.execute(
            f"UPDATE {table} SET fingerprint = "  # noqa: S608 - constants
            f"substr(fingerprint, 1, 16) || substr(fingerprint, {BEFORE_DIMENSION}) WHERE {OLD}"
        )


def downgrade() -> None:
    op.drop_column("document_versions", "chunking")
    op.drop_column("document_texts", "title")
    op.drop_table("queue_pauses")
    op.drop_table("collections")
