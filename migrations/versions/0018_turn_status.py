"""Whether a turn's answer is whole, or holds what was shown until it was stopped or failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("turns", sa.Column("status", sa.String(length=16), nullable=False, server_default="completed"))


def downgrade() -> None:
    op.drop_column("turns", "status")
