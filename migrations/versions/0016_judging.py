"""Who judges a tenant's passages and answers, and the threshold that was fitted to the judge."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answering", sa.Column("judging", sa.String(length=8), nullable=False, server_default="model"))
    op.add_column("answering", sa.Column("answerable_threshold", sa.Double(), nullable=True))
    op.add_column("answering", sa.Column("judged_by", sa.String(length=128), nullable=False, server_default=""))


def downgrade() -> None:
    for name in ("judged_by", "answerable_threshold", "judging"):
        op.drop_column("answering", name)
