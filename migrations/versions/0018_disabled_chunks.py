"""Chunks that no search finds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chunks", sa.Column("enabled", sa.Boolean(), server_default="1", nullable=False))


def downgrade() -> None:
    op.drop_column("chunks", "enabled")
