"""Conversations, their turns and the feedback on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.domain.conversations import Conversation, Feedback, Rating, Turn
from app.domain.pagination import Order, Page
from app.errors import NotFound
from app.storage.sql.pagination import paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.tables import ConversationRow, FeedbackRow, TurnRow, now


class Conversations:
    """Creates, reads and deletes the conversations of one tenant, with their turns and feedback.

    With a `user` it holds nothing but what belongs to that end user; without one it holds what belongs to all.
    """

    def __init__(self, session: Session, tenant_id: str, user: str | None = None) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._user = user

    def of_user(self, user: str | None) -> Conversations:
        """The same, narrowed to one end user; what is narrowed already stays so."""
        return Conversations(self._session, self._tenant_id, self._user or user)

    def create(self, title: str, *, evaluation_id: str | None = None) -> Conversation:
        """Create a conversation. One of an evaluation is in no list, and goes with the evaluation."""
        row = ConversationRow(
            tenant_id=self._tenant_id, title=title[:200], evaluation_id=evaluation_id, user=self._user
        )
        self._session.add(row)
        self._session.flush()
        return record_from(row, Conversation)

    def get(self, conversation_id: str) -> Conversation:
        return record_from(self._row(conversation_id), Conversation)

    def page(self, *, limit: int = 20, after: str | None = None, order: Order = "desc") -> Page[Conversation]:
        """Those of users, without those of evaluations."""
        mine = self._mine().where(ConversationRow.evaluation_id.is_(None))
        keys = (ConversationRow.updated_at, ConversationRow.id)
        return paginate(
            self._session, mine, keys=keys, to_record=record_mapper(Conversation), limit=limit, after=after, order=order
        )

    def label(self, conversation_id: str, labels: Mapping[str, str]) -> Conversation:
        """Replace the labels."""
        row = self._row(conversation_id)
        row.labels = dict(labels)
        self._session.flush()
        return record_from(row, Conversation)

    def delete(self, conversation_id: str) -> None:
        row = self._row(conversation_id)
        self._session.execute(delete(ConversationRow).where(ConversationRow.id == row.id))

    def add_turn(self, conversation_id: str, question: str, answer: str, result: dict[str, Any]) -> Turn:
        """Save a turn. Its id is `result["id"]` if there is one, so that the answer and its turn have the same id."""
        conversation = self._row(conversation_id)
        conversation.updated_at = now()
        conversation.title = conversation.title or question[:200]
        row = TurnRow(
            tenant_id=self._tenant_id,
            conversation_id=conversation_id,
            question=question,
            answer=answer,
            result=result,
        )
        if "id" in result:
            row.id = result["id"]
        self._session.add(row)
        self._session.flush()
        return record_from(row, Turn)

    def turns(
        self, conversation_id: str, *, limit: int = 20, after: str | None = None, order: Order = "asc"
    ) -> Page[Turn]:
        query = select(TurnRow).where(TurnRow.conversation_id == self._row(conversation_id).id)
        keys = (TurnRow.created_at, TurnRow.id)
        return paginate(
            self._session, query, keys=keys, to_record=record_mapper(Turn), limit=limit, after=after, order=order
        )

    def turn(self, turn_id: str) -> Turn:
        return record_from(self._turn_row(turn_id), Turn)

    def add_feedback(
        self,
        turn_id: str,
        rating: Rating,
        corrected_answer: str | None = None,
        comment: str | None = None,
    ) -> Feedback:
        row = FeedbackRow(
            tenant_id=self._tenant_id,
            turn_id=self._turn_row(turn_id).id,
            user=self._user,
            rating=rating,
            corrected_answer=corrected_answer,
            comment=comment,
        )
        self._session.add(row)
        self._session.flush()
        return record_from(row, Feedback)

    def list_feedback(self, *, limit: int = 20, after: str | None = None, order: Order = "desc") -> Page[Feedback]:
        mine = select(FeedbackRow).where(FeedbackRow.tenant_id == self._tenant_id)
        if self._user is not None:
            mine = mine.where(FeedbackRow.user == self._user)
        keys = (FeedbackRow.created_at, FeedbackRow.id)
        return paginate(
            self._session, mine, keys=keys, to_record=record_mapper(Feedback), limit=limit, after=after, order=order
        )

    def rated_turns(self) -> list[tuple[Feedback, Turn]]:
        """All feedback with the turn it is about, newest first."""
        query = select(FeedbackRow, TurnRow).join(TurnRow, FeedbackRow.turn_id == TurnRow.id)
        mine = query.where(FeedbackRow.tenant_id == self._tenant_id, TurnRow.tenant_id == self._tenant_id)
        newest = mine.order_by(FeedbackRow.created_at.desc(), FeedbackRow.id.desc())
        return [
            (record_from(feedback, Feedback), record_from(turn, Turn))
            for feedback, turn in self._session.execute(newest)
        ]

    def _mine(self) -> Select[tuple[ConversationRow]]:
        """The conversations of the tenant, or of the user if there is one."""
        mine = select(ConversationRow).where(ConversationRow.tenant_id == self._tenant_id)
        return mine if self._user is None else mine.where(ConversationRow.user == self._user)

    def _row(self, conversation_id: str) -> ConversationRow:
        row = self._session.scalar(self._mine().where(ConversationRow.id == conversation_id))
        if row is None:
            raise NotFound("No such conversation.", param="conversation_id")
        return row

    def _turn_row(self, turn_id: str) -> TurnRow:
        mine = select(TurnRow).where(TurnRow.tenant_id == self._tenant_id)
        if self._user is not None:
            mine = mine.join(ConversationRow).where(ConversationRow.user == self._user)
        row = self._session.scalar(mine.where(TurnRow.id == turn_id))
        if row is None:
            raise NotFound("No such answer.", param="turn_id")
        return row
