"""Stopped and failed turns, versions of turns, conversations pinned and archived, one feedback for each user."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# The order of the turns of a conversation, until now, was that of their times.
PARENTS = """
UPDATE turns SET parent_id = (
    SELECT earlier.id FROM turns AS earlier
    WHERE earlier.conversation_id = turns.conversation_id
        AND (earlier.created_at, earlier.id) < (turns.created_at, turns.id)
    ORDER BY earlier.created_at DESC, earlier.id DESC LIMIT 1
)
"""
CURRENT = """
UPDATE conversations SET current_turn_id = (
    SELECT turns.id FROM turns WHERE turns.conversation_id = conversations.id
    ORDER BY turns.created_at DESC, turns.id DESC LIMIT 1
)
"""
ONE_FEEDBACK_EACH = """
DELETE FROM feedback WHERE EXISTS (
    SELECT 1 FROM feedback AS newer
    WHERE newer.turn_id = feedback.turn_id AND COALESCE(newer."user", '') = COALESCE(feedback."user", '')
        AND (newer.created_at, newer.id) > (feedback.created_at, feedback.id)
)
"""


def upgrade() -> None:
    op.add_column("turns", sa.Column("status", sa.String(length=16), nullable=False, server_default="completed"))
    op.add_column("turns", sa.Column("parent_id", sa.String(length=64), nullable=True))
    op.add_column("turns", sa.Column("options", sa.JSON(), nullable=False, server_default="{}"))
    for name in ("pinned", "archived"):
        op.add_column("conversations", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("conversations", sa.Column("current_turn_id", sa.String(length=64), nullable=True))
    for statement in (PARENTS, CURRENT, ONE_FEEDBACK_EACH):
        op.execute(statement)


def downgrade() -> None:
    for name in ("current_turn_id", "archived", "pinned"):
        op.drop_column("conversations", name)
    for name in ("options", "parent_id", "status"):
        op.drop_column("turns", name)
