"""Index files of several nodes that share a database: which of them has each file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.sql.tables.base import varchar

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("index_checkpoints", sa.Column("node", varchar(64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("index_checkpoints", "node")
