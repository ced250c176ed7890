"""Questions that a tenant proposes where nothing is asked yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answering", sa.Column("questions", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("answering", "questions")
