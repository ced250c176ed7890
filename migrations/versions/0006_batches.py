"""Uploads of many files, progress within a stage, turns among tenants."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("collection", sa.String(length=200), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_batches_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_index(op.f("ix_batches_tenant_id"), "batches", ["tenant_id"])
    op.create_table(
        "batch_versions",
        sa.Column("batch_id", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_batch_versions_batch_id_batches"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_versions.id"],
            name=op.f("fk_batch_versions_version_id_document_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("batch_id", "version_id", name=op.f("pk_batch_versions")),
    )
    op.create_index(op.f("ix_batch_versions_version_id"), "batch_versions", ["version_id"])
    op.add_column("document_versions", sa.Column("stage", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("tenants", sa.Column("served_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("tenants", "served_at")
    op.drop_column("document_versions", "stage")
    op.drop_table("batch_versions")
    op.drop_table("batches")
