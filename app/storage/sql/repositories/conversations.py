"""Conversations and their turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, or_, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.conversations import (
    Branches,
    Conversation,
    ConversationChanges,
    ConversationSort,
    Fork,
    Turn,
    TurnStatus,
)
from app.domain.pagination import Order, Page, order_of
from app.errors import NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.pagination import Sorts, by_name, has_word, paginate, words_of
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.repositories.feedback import FeedbackEntries
from app.storage.sql.tables import ConversationRow, TurnRow, now
from app.storage.sql.turn_tree import branch_ids, newest_after, remove, to_turn, turn_row, versions_by_parent

SORTS: Sorts = {
    "updated_at": ConversationRow.updated_at,
    "created_at": ConversationRow.created_at,
    "title": by_name(ConversationRow.title),
}
PINNED_FIRST: dict[Order, ColumnElement[int]] = {
    "asc": case((ConversationRow.pinned, 0), else_=1),
    "desc": case((ConversationRow.pinned, 1), else_=0),
}


class Conversations:
    """Creates, reads, changes and deletes the conversations of one tenant, and their turns.

    With a `user` it holds nothing but what belongs to that end user; without one it holds what belongs to all.
    """

    def __init__(self, session: Session, tenant_id: str, user: str | None = None) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._user = user

    def of_user(self, user: str | None) -> Conversations:
        """The same, narrowed to one end user; what is narrowed already stays so."""
        return Conversations(self._session, self._tenant_id, self._user or user)

    def create(
        self, title: str, *, conversation_id: str | None = None, evaluation_id: str | None = None
    ) -> Conversation:
        """Create a conversation, with this id if one is given.

        One of an evaluation is in no list, and goes with the evaluation.
        """
        row = ConversationRow(
            tenant_id=self._tenant_id, title=title[:200], evaluation_id=evaluation_id, user=self._user
        )
        if conversation_id is not None:
            row.id = conversation_id
        self._session.add(row)
        self._session.flush()
        return record_from(row, Conversation)

    def get(self, conversation_id: str) -> Conversation:
        return record_from(self._row(conversation_id), Conversation)

    def page(
        self,
        *,
        q: str | None = None,
        archived: bool | None = False,
        pinned: bool | None = None,
        sort: ConversationSort = "updated_at",
        limit: int = 20,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Conversation]:
        """Those of users, pinned ones first, without those of evaluations. `q`: words of the title or of a turn."""
        mine = self._mine().where(ConversationRow.evaluation_id.is_(None))
        found = mine.where(*(_has_word(word) for word in words_of(q)))
        if archived is not None:
            found = found.where(ConversationRow.archived == archived)
        if pinned is not None:
            found = found.where(ConversationRow.pinned == pinned)
        direction = order_of(sort, order)
        return paginate(
            self._session,
            found,
            keys=(PINNED_FIRST[direction], SORTS[sort], ConversationRow.id),
            to_record=record_mapper(Conversation),
            limit=limit,
            after=after,
            order=direction,
            scope=mine,
        )

    def update(self, conversation_id: str, changes: ConversationChanges) -> Conversation:
        """Raises NotFound, also for a turn of another conversation."""
        row = self._row(conversation_id)
        if changes.title is not None:
            row.title = changes.title
        if changes.pinned is not None:
            row.pinned = changes.pinned
        if changes.archived is not None:
            row.archived = changes.archived
        if changes.current_turn_id is not None:
            turn = self._turn_row(changes.current_turn_id, row.id, param="current_turn_id")
            row.current_turn_id = newest_after(self._session, row.id, [turn.id])
        self._session.flush()
        self._session.refresh(row, ["last_question"])
        return record_from(row, Conversation)

    def label(self, conversation_id: str, labels: Mapping[str, str]) -> Conversation:
        """Replace the labels."""
        row = self._row(conversation_id)
        row.labels = dict(labels)
        self._session.flush()
        return record_from(row, Conversation)

    def delete(self, conversation_id: str) -> None:
        row = self._row(conversation_id)
        self._audit_deletion(row.id)
        self._session.execute(delete(ConversationRow).where(ConversationRow.id == row.id))

    def delete_many(self, conversation_ids: Sequence[str]) -> list[str]:
        """Delete those that are there; returns their ids."""
        found = list(self._session.scalars(self._mine().where(one_of(ConversationRow.id, conversation_ids))))
        ids = [row.id for row in found if row.evaluation_id is None]
        for conversation_id in ids:
            self._audit_deletion(conversation_id)
        self._session.execute(delete(ConversationRow).where(one_of(ConversationRow.id, ids)))
        return ids

    def add_turn(
        self,
        conversation_id: str,
        question: str,
        answer: str,
        result: dict[str, Any],
        *,
        options: Mapping[str, Any] | None = None,
        fork: Fork | None = None,
    ) -> Turn:
        """Save a turn after the current one, or where the `fork` says; it is the current one then.

        Its id and status are those of `result` if it has them: an answer and its turn have the same.
        """
        conversation = self._row(conversation_id)
        conversation.updated_at = now()
        conversation.title = conversation.title or question[:200]
        row = TurnRow(
            tenant_id=self._tenant_id,
            conversation_id=conversation_id,
            question=question,
            answer=answer,
            result=result,
            options=dict(options or {}),
            status=TurnStatus(result.get("status", TurnStatus.COMPLETED)),
            parent_id=self._parent_id(conversation, fork),
        )
        if "id" in result:
            row.id = result["id"]
        self._session.add(row)
        self._session.flush()
        conversation.current_turn_id = row.id
        self._session.flush()
        return to_turn(row)

    def turns(
        self,
        conversation_id: str,
        *,
        branches: Branches = "current",
        limit: int = 20,
        after: str | None = None,
        order: Order = "asc",
    ) -> Page[Turn]:
        """Turns by time, with their versions and the feedback on them."""
        row = self._row(conversation_id)
        query = select(TurnRow).where(TurnRow.conversation_id == row.id)
        if branches == "current":
            query = query.where(TurnRow.id.in_(branch_ids(row.current_turn_id)))
        keys = (TurnRow.created_at, TurnRow.id)
        page = paginate(self._session, query, keys=keys, to_record=to_turn, limit=limit, after=after, order=order)
        return replace(page, data=self._with_surroundings(row.id, page.data))

    def turns_up_to(self, turn_id: str | None, limit: int) -> list[Turn]:
        """The last `limit` turns of the branch that ends with this one, oldest first."""
        if turn_id is None:
            return []
        query = select(TurnRow).where(TurnRow.id.in_(branch_ids(self._turn_row(turn_id).id)))
        newest = query.order_by(TurnRow.created_at.desc(), TurnRow.id.desc()).limit(limit)
        return [to_turn(row) for row in reversed(self._session.scalars(newest).all())]

    def turn(self, turn_id: str) -> Turn:
        return to_turn(self._turn_row(turn_id))

    def delete_turn(self, conversation_id: str, turn_id: str) -> None:
        """Raises NotFound, also for a turn of another conversation."""
        conversation = self._row(conversation_id)
        remove(self._session, conversation, self._turn_row(turn_id, conversation.id))
        self._audit_deletion(conversation.id, turn=turn_id)

    def _audit_deletion(self, conversation_id: str, **details: Any) -> None:
        action, mine = AuditAction.CONVERSATION_DELETED, self._tenant_id
        record_audit(self._session, action, "conversation", conversation_id, tenant_id=mine, **details)

    def _mine(self) -> Select[ConversationRow]:
        """The conversations of the tenant, or of the user if there is one."""
        mine = select(ConversationRow).where(ConversationRow.tenant_id == self._tenant_id)
        return mine if self._user is None else mine.where(ConversationRow.user == self._user)

    def _row(self, conversation_id: str) -> ConversationRow:
        row = self._session.scalar(self._mine().where(ConversationRow.id == conversation_id))
        if row is None:
            raise NotFound("No such conversation.", param="conversation_id")
        return row

    def _turn_row(self, turn_id: str, conversation_id: str | None = None, *, param: str = "turn_id") -> TurnRow:
        """A turn, of this conversation if one is named."""
        return turn_row(self._session, self._tenant_id, self._user, turn_id, conversation_id, param=param)

    def _parent_id(self, conversation: ConversationRow, fork: Fork | None) -> str | None:
        """The turn that a new one comes after; the current one if that of the fork was deleted meanwhile."""
        if fork is None:
            return conversation.current_turn_id
        of_fork = select(TurnRow.id).where(TurnRow.conversation_id == conversation.id, TurnRow.id == fork.parent_id)
        known = fork.parent_id is None or self._session.scalar(of_fork) is not None
        return fork.parent_id if known else conversation.current_turn_id

    def _with_surroundings(self, conversation_id: str, turns: Sequence[Turn]) -> list[Turn]:
        """The turns of a conversation with their versions and the feedback on them."""
        versions = versions_by_parent(self._session, conversation_id)
        feedback = FeedbackEntries(self._session, self._tenant_id, self._user).of_turns([turn.id for turn in turns])
        return [replace(turn, versions=versions[turn.parent_id], feedback=feedback.get(turn.id, ())) for turn in turns]


def _has_word(word: str) -> ColumnElement[bool]:
    """Whether the word stands in a conversation's title, or in a question or an answer of it."""
    turn = select(TurnRow.id).where(TurnRow.conversation_id == ConversationRow.id)
    said = or_(*(has_word(column, word) for column in (TurnRow.question, TurnRow.answer)))
    return or_(has_word(ConversationRow.title, word), turn.where(said).exists())
