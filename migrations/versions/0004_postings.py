"""Full text as postings of our own, in place of FTS5: a tenant's own statistics, stems and cognates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("insert", "delete"):
        op.execute(f"DROP TRIGGER chunk_fulltext_{name}")
    op.drop_table("chunk_fulltext")
    op.create_table(
        "postings",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("term", sa.String(length=128), nullable=False),
        sa.Column("bucket", sa.Integer(), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_postings_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant_id", "term", "bucket", name=op.f("pk_postings")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "postings_totals",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("chunks", sa.Integer(), nullable=False),
        sa.Column("terms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_postings_totals_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_postings_totals")),
    )
    _index_what_is_there()


def _index_what_is_there() -> None:
    from app.storage.sql.postings import Postings, indexed_text  # with NumPy: the revisions are read at every start

    session = Session(op.get_bind())
    chunks = sa.table("chunks", *(sa.column(name) for name in ("id", "tenant_id", "heading", "text")))
    for row in session.execute(sa.select(*chunks.c).order_by(chunks.c.id)):
        Postings(session, row.tenant_id).add(row.id, [indexed_text(row.heading, row.text)])


def downgrade() -> None:
    raise RuntimeError("Loracle's schema only moves forward; restore a backup instead.")
