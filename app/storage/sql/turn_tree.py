"""The turns of a conversation as a tree: a further version of a turn begins a branch beside it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from app.domain.conversations import Turn
from app.errors import NotFound
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.records import record_from
from app.storage.sql.tables import ConversationRow, TurnRow


def to_turn(row: TurnRow) -> Turn:
    return record_from(row, Turn, versions=(), feedback=())


def turn_row(
    session: Session,
    tenant_id: str,
    user: str | None,
    turn_id: str,
    conversation_id: str | None = None,
    *,
    param: str = "turn_id",
) -> TurnRow:
    """A turn of this tenant, and of this end user and this conversation if they are named. Raises NotFound."""
    mine = select(TurnRow).where(TurnRow.tenant_id == tenant_id)
    if user is not None:
        mine = mine.join(ConversationRow).where(ConversationRow.user == user)
    if conversation_id is not None:
        mine = mine.where(TurnRow.conversation_id == conversation_id)
    row = session.scalar(mine.where(TurnRow.id == turn_id))
    if row is None:
        raise NotFound("No such answer.", param=param)
    return row


def branch_ids(leaf_id: str | None) -> Select[str]:
    """The ids of the turns from the first one to this one."""
    path = select(TurnRow.id, TurnRow.parent_id).where(TurnRow.id == leaf_id).cte("branch", recursive=True)
    path = path.union_all(select(TurnRow.id, TurnRow.parent_id).join(path, TurnRow.id == path.c.parent_id))
    return select(path.c.id)


def newest_after(session: Session, conversation_id: str, roots: Iterable[str]) -> str | None:
    """The newest of these turns and of all that come after them; None if there are none."""
    tree = select(TurnRow.id).where(TurnRow.conversation_id == conversation_id, one_of(TurnRow.id, list(roots)))
    found = tree.cte("descendants", recursive=True)
    found = found.union_all(select(TurnRow.id).join(found, TurnRow.parent_id == found.c.id))
    newest = select(TurnRow.id).where(TurnRow.id.in_(select(found.c.id)))
    return session.scalar(newest.order_by(TurnRow.created_at.desc(), TurnRow.id.desc()).limit(1))


def versions_by_parent(session: Session, conversation_id: str) -> dict[str | None, tuple[str, ...]]:
    """The ids of the turns that come after each turn, oldest first; None: those that come first."""
    rows = session.execute(
        select(TurnRow.parent_id, TurnRow.id)
        .where(TurnRow.conversation_id == conversation_id)
        .order_by(TurnRow.created_at, TurnRow.id)
    )
    found: dict[str | None, tuple[str, ...]] = {}
    for parent_id, turn_id in rows:
        found[parent_id] = (*found.get(parent_id, ()), turn_id)
    return found


def remove(session: Session, conversation: ConversationRow, turn: TurnRow) -> None:
    """Delete a turn. What came after it comes after the one before; its newest other version goes on, if it did."""
    session.execute(update(TurnRow).where(TurnRow.parent_id == turn.id).values(parent_id=turn.parent_id))
    session.execute(delete(TurnRow).where(TurnRow.id == turn.id))
    if conversation.current_turn_id == turn.id:
        beside = versions_by_parent(session, conversation.id).get(turn.parent_id, ())
        conversation.current_turn_id = newest_after(session, conversation.id, beside) or turn.parent_id
    session.flush()
