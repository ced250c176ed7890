"""Conversations that an evaluation asks, apart from those of users."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("evaluation_id", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("conversations", "evaluation_id")
