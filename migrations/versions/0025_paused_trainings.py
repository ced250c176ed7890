"""Trainings that are being paused, and the fields of a training that its client gets back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trainings", sa.Column("pausing", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("trainings", sa.Column("client", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("trainings", "client")
    op.drop_column("trainings", "pausing")
