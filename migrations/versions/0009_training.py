"""Training: datasets, jobs with their events and loss curves."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_datasets()
    _create_trainings()
    op.create_table(
        "training_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("training_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _of_tenant("training_events"),
        _of_training("training_events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_events")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "training_points",
        sa.Column("training_id", sa.String(64), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        _of_tenant("training_points"),
        _of_training("training_points"),
        sa.PrimaryKeyConstraint("training_id", "step", name=op.f("pk_training_points")),
    )
    for table, column in (
        ("datasets", "tenant_id"),
        ("datasets", "blob"),
        ("trainings", "tenant_id"),
        ("trainings", "dataset_id"),
        ("training_events", "tenant_id"),
        ("training_events", "training_id"),
        ("training_points", "tenant_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _create_datasets() -> None:
    op.create_table(
        "datasets",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("blob", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("base_fingerprint", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _of_tenant("datasets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_datasets")),
        sa.UniqueConstraint("tenant_id", "name", "version", name=op.f("uq_datasets_tenant_id_name_version")),
    )


def _create_trainings() -> None:
    op.create_table(
        "trainings",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("adapter_name", sa.String(64), nullable=False),
        sa.Column("dataset_id", sa.String(64), nullable=False),
        sa.Column("dataset_label", sa.String(80), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("evaluation_share", sa.Double(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("eta_s", sa.Double(), nullable=True),
        sa.Column("adapter", sa.String(140), nullable=True),
        sa.Column("evaluation_id", sa.String(64), nullable=True),
        sa.Column("error_code", sa.String(64), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("job_id", sa.String(64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        _of_tenant("trainings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )


def _of_tenant(table: str) -> Any:
    name = op.f(f"fk_{table}_tenant_id_tenants")
    return sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=name, ondelete="CASCADE")


def _of_training(table: str) -> Any:
    name = op.f(f"fk_{table}_training_id_trainings")
    return sa.ForeignKeyConstraint(["training_id"], ["trainings.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    for table in ("training_points", "training_events", "trainings", "datasets"):
        op.drop_table(table)
