"""An index of the sizes of files that are kept: an upload that has no room may be one that the tenant has already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KEPT = sa.text("blob <> ''")


def upgrade() -> None:
    op.create_index(
        "ix_document_versions_kept_size",
        "document_versions",
        ["tenant_id", "size_bytes"],
        sqlite_where=KEPT,
        postgresql_where=KEPT,
    )


def downgrade() -> None:
    op.drop_index("ix_document_versions_kept_size", "document_versions")
