"""Numbers of documents' metadata that overflowed on their way in: SQLite reads no JSON with `Infinity`, so that one
such document made every filter of its tenant fail."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return  # PostgreSQL never took one in
    suspect = "SELECT id, metadata FROM documents WHERE metadata LIKE '%Infinity%' OR metadata LIKE '%NaN%'"
    for document_id, text in bind.execute(sa.text(suspect)).all():
        fields = {name: _finite(value) for name, value in json.loads(text).items()}
        kept = {name: value for name, value in fields.items() if value is not None}
        bind.execute(
            sa.text("UPDATE documents SET metadata = :metadata WHERE id = :id"),
            {"metadata": json.dumps(kept), "id": document_id},
        )


def downgrade() -> None:
    """Nothing to undo."""


def _finite(value: Any) -> Any:
    """The nearest number that JSON has; None for what is no number, whose field goes."""
    if not isinstance(value, float) or math.isfinite(value):
        return value
    return None if math.isnan(value) else math.copysign(sys.float_info.max, value)
