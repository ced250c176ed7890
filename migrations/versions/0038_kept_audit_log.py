"""The audit log refuses what would change it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.sql.tables.audit_trigger import ON_POSTGRESQL, ON_SQLITE

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

DELETIONS = sa.text("action = 'audit.deleted'")
TRIGGERS = ("audit_log_not_changed", "audit_log_not_replaced", "audit_log_not_deleted")


def upgrade() -> None:
    op.create_index(
        "ix_audit_log_deletions",
        "audit_log",
        ["created_at", "id"],
        sqlite_where=DELETIONS,
        postgresql_where=DELETIONS,
    )
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP FUNCTION keep_audit_log CASCADE")
    op.drop_index("ix_audit_log_deletions", "audit_log")
