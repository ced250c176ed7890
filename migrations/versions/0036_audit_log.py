"""Who did what: the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.sql.tables.base import BIGINT, varchar

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", varchar(64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("tenant_id", varchar(64), nullable=True),
        sa.Column("action", varchar(64), nullable=False),
        sa.Column("outcome", varchar(16), nullable=False),
        sa.Column("count", BIGINT, nullable=False),
        sa.Column("target_kind", varchar(32), nullable=False),
        sa.Column("target_id", varchar(400), nullable=False),
        sa.Column("actor_kind", varchar(16), nullable=False),
        sa.Column("actor_tenant_id", varchar(64), nullable=False),
        sa.Column("key_id", varchar(64), nullable=False),
        sa.Column("token_id", varchar(64), nullable=False),
        sa.Column("user", varchar(200), nullable=False),
        sa.Column("address", varchar(64), nullable=False),
        sa.Column("request_id", varchar(64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_created_at", "audit_log", ["created_at", "id"])
    op.create_index("ix_audit_log_tenant_id", "audit_log", ["tenant_id", "created_at", "id"])


def downgrade() -> None:
    op.drop_table("audit_log")
