"""Idempotency keys that are reserved before the work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("idempotency_keys", sa.Column("lease_token", sa.String(length=64), nullable=True))
    op.add_column("idempotency_keys", sa.Column("lease_until", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM idempotency_keys WHERE lease_until IS NOT NULL")
    op.drop_column("idempotency_keys", "lease_until")
    op.drop_column("idempotency_keys", "lease_token")
