"""Keys that tenants give their documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("external_id", sa.String(length=500), nullable=True))
    op.create_index("ix_documents_tenant_id_external_id", "documents", ["tenant_id", "external_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_documents_tenant_id_external_id", "documents")
    op.drop_column("documents", "external_id")
