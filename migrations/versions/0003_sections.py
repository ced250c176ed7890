"""Chunks know the section around them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("section_start", "section_end"):
        op.add_column("chunks", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
