"""The end user that a conversation, and feedback on an answer, belong to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("user", sa.String(length=200), nullable=True))
    op.add_column("feedback", sa.Column("user", sa.String(length=200), nullable=True))
    op.create_index(op.f("ix_conversations_tenant_id_user"), "conversations", ["tenant_id", "user"])


def downgrade() -> None:
    op.drop_index(op.f("ix_conversations_tenant_id_user"), "conversations")
    op.drop_column("feedback", "user")
    op.drop_column("conversations", "user")
