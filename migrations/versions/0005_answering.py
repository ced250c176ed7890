"""How a tenant is answered: preamble and calibrated refusal threshold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answering",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("preamble", sa.Text(), nullable=False),
        sa.Column("refusal_threshold", sa.Double(), nullable=True),
        sa.Column("calibration", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_answering_tenant_id_tenants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_answering")),
    )


def downgrade() -> None:
    op.drop_table("answering")
