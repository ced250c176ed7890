"""What each tenant has, for its quotas, and an index of the jobs that have not ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.sql.tables.base import BIGINT, varchar

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

UNFINISHED = sa.text("status IN ('queued', 'running')")
FILL = """
INSERT INTO tenant_totals (tenant_id, documents, stored_bytes)
SELECT tenants.id, coalesce(counted.documents, 0), coalesce(stored.bytes, 0)
FROM tenants
LEFT JOIN (SELECT tenant_id, count(*) AS documents FROM documents GROUP BY tenant_id) AS counted
    ON counted.tenant_id = tenants.id
LEFT JOIN (
    SELECT tenant_id, cast(sum(size_bytes) AS bigint) AS bytes
    FROM (
        SELECT tenant_id, file, max(size_bytes) AS size_bytes
        FROM (
            SELECT tenant_id, blob AS file, size_bytes FROM document_versions
            UNION ALL SELECT tenant_id, blob, size_bytes FROM files WHERE blob IS NOT NULL
            UNION ALL SELECT tenant_id, blob, size_bytes FROM datasets
            UNION ALL SELECT tenant_id, path, size_bytes FROM adapter_versions WHERE origin <> 'starter'
        ) AS held
        GROUP BY tenant_id, file
    ) AS once
    GROUP BY tenant_id
) AS stored ON stored.tenant_id = tenants.id
"""


def upgrade() -> None:
    op.create_table(
        "tenant_totals",
        sa.Column("tenant_id", varchar(64), nullable=False),
        sa.Column("documents", BIGINT, nullable=False),
        sa.Column("stored_bytes", BIGINT, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_tenant_totals_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_tenant_totals")),
    )
    op.execute(FILL)
    op.create_index(
        "ix_jobs_unfinished", "jobs", ["tenant_id", "kind"], sqlite_where=UNFINISHED, postgresql_where=UNFINISHED
    )


def downgrade() -> None:
    op.drop_index("ix_jobs_unfinished", "jobs")
    op.drop_table("tenant_totals")
