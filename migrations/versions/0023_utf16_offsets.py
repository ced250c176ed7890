"""How much more the offset of a chunk is in UTF-16 code units than in code points."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TEXTS = sa.table("document_texts", sa.column("version_id", sa.Integer), sa.column("text", sa.Text))
CHUNKS = sa.table(
    "chunks", *(sa.column(name, sa.Integer) for name in ("id", "version_id", "char_start", "utf16_shift"))
)


def upgrade() -> None:
    op.add_column("chunks", sa.Column("utf16_shift", sa.Integer(), nullable=False, server_default="0"))
    connection = op.get_bind()
    for (version_id,) in connection.execute(sa.select(TEXTS.c.version_id)).all():
        text = connection.scalar(sa.select(TEXTS.c.text).where(TEXTS.c.version_id == version_id)) or ""
        if any(character > "\uffff" for character in set(text)):
            _count(connection, version_id, text)


def downgrade() -> None:
    op.drop_column("chunks", "utf16_shift")


def _count(connection: sa.Connection, version_id: int, text: str) -> None:
    """Count the characters beyond the 16-bit ones before each chunk of a version."""
    chunks = sa.select(CHUNKS.c.id, CHUNKS.c.char_start).where(CHUNKS.c.version_id == version_id)
    rows = connection.execute(chunks.order_by(CHUNKS.c.char_start)).all()
    start = shift = 0
    for chunk_id, char_start in rows:
        shift += sum(character > "\uffff" for character in text[start:char_start])
        start = char_start
        connection.execute(sa.update(CHUNKS).where(CHUNKS.c.id == chunk_id).values(utf16_shift=shift))
