"""The groups whose members see a document, a collection or a batch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None
TABLES = ("documents", "collections", "batches")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("access_groups", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "access_groups")
