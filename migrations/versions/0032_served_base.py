"""Which base, engine and quantisation answered the cases of an adapter's evaluation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None
# So far an adapter was evaluated only on the base that it was made for.
KNOWN = (
    "UPDATE adapter_evaluations SET base_fingerprint = (SELECT base_fingerprint FROM adapter_versions "
    "WHERE adapter_versions.id = adapter_evaluations.adapter_version_id)"
)


def upgrade() -> None:
    column = sa.Column("base_fingerprint", sa.String(64), nullable=False, server_default="")
    op.add_column("adapter_evaluations", column)
    op.execute(KNOWN)


def downgrade() -> None:
    op.drop_column("adapter_evaluations", "base_fingerprint")
