"""Embedding models in use, the one each tenant is searched by, and vectors of the next one beside the chunks' own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOST_COMMON = (
    "SELECT fingerprint FROM chunks WHERE chunks.tenant_id = tenants.id "
    "GROUP BY fingerprint ORDER BY count(*) DESC LIMIT 1"
)


def upgrade() -> None:
    op.create_table(
        "embedding_models",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_embedding_models")),
    )
    op.create_table(
        "chunk_vectors",
        sa.Column("chunk_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chunk_id"], ["chunks.id"], name=op.f("fk_chunk_vectors_chunk_id_chunks"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_chunk_vectors_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chunk_id", "fingerprint", name=op.f("pk_chunk_vectors")),
    )
    op.create_index(op.f("ix_chunk_vectors_tenant_id"), "chunk_vectors", ["tenant_id"])
    op.add_column("tenants", sa.Column("embeddings", sa.String(length=64), nullable=True))
    op.execute(f"UPDATE tenants SET embeddings = ({MOST_COMMON})")  # noqa: S608 - constants


def downgrade() -> None:
    op.drop_column("tenants", "embeddings")
    op.drop_table("chunk_vectors")
    op.drop_table("embedding_models")
