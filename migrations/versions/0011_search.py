"""Trainings that search over hyper-parameters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trainings", sa.Column("search_asked", sa.JSON(), nullable=True))
    op.add_column("trainings", sa.Column("search", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("trainings", "search")
    op.drop_column("trainings", "search_asked")
