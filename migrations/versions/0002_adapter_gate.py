"""Adapters: lineage, evaluations, trials, and why each one was activated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("adapter_versions", sa.Column("origin", sa.String(16), nullable=False, server_default="upload"))
    op.add_column("adapter_versions", sa.Column("parents", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("adapter_versions", sa.Column("details", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("adapter_activations", sa.Column("evaluation_id", sa.String(64), nullable=True))
    op.add_column("adapter_activations", sa.Column("override_reason", sa.Text(), nullable=True))
    op.add_column("adapter_activations", sa.Column("actor", sa.String(64), nullable=True))
    _create_sources()
    _create_evaluations()
    _create_canaries()


def _create_sources() -> None:
    op.create_table(
        "adapter_sources",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("adapter_version_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(64), nullable=False),
        sa.Column("filename", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_adapter_sources_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["adapter_version_id"],
            ["adapter_versions.id"],
            name=op.f("fk_adapter_sources_adapter_version_id_adapter_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adapter_sources")),
    )
    for column in ("tenant_id", "adapter_version_id", "document_id"):
        op.create_index(op.f(f"ix_adapter_sources_{column}"), "adapter_sources", [column])


def _create_evaluations() -> None:
    op.create_table(
        "adapter_evaluations",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("adapter_version_id", sa.Integer(), nullable=False),
        sa.Column("against", sa.String(140), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("error_code", sa.String(64), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("job_id", sa.String(64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_adapter_evaluations_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["adapter_version_id"],
            ["adapter_versions.id"],
            name=op.f("fk_adapter_evaluations_adapter_version_id_adapter_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adapter_evaluations")),
    )
    for column in ("tenant_id", "adapter_version_id"):
        op.create_index(op.f(f"ix_adapter_evaluations_{column}"), "adapter_evaluations", [column])


def _create_canaries() -> None:
    op.create_table(
        "adapter_canaries",
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("adapter_version_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_adapter_canaries_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["adapter_version_id"],
            ["adapter_versions.id"],
            name=op.f("fk_adapter_canaries_adapter_version_id_adapter_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_adapter_canaries")),
    )
