"""What users said of answers: one feedback for each answer and user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.conversations import Feedback, Rating, Turn
from app.domain.pagination import Order, Page
from app.errors import NotFound
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.dialects.lists import one_of
from app.storage.sql.pagination import paginate
from app.storage.sql.records import record_from, record_mapper
from app.storage.sql.tables import FeedbackRow, TurnRow, now
from app.storage.sql.turn_tree import to_turn, turn_row


class FeedbackEntries:
    """Saves, lists and deletes the feedback of one tenant.

    With a `user` it holds nothing but what that end user said of answers of their own; without one, what all said.
    """

    def __init__(self, session: Session, tenant_id: str, user: str | None = None) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._user = user

    def of_user(self, user: str | None) -> FeedbackEntries:
        """The same, narrowed to one end user; what is narrowed already stays so."""
        return FeedbackEntries(self._session, self._tenant_id, self._user or user)

    def save(
        self,
        turn_id: str,
        rating: Rating,
        corrected_answer: str | None = None,
        comment: str | None = None,
    ) -> Feedback:
        """Save the user's feedback on an answer, in the place of what the same user said of it before."""
        turn = turn_row(self._session, self._tenant_id, self._user, turn_id)
        same_user = FeedbackRow.user.is_not_distinct_from(self._user)
        row = self._session.scalar(select(FeedbackRow).where(FeedbackRow.turn_id == turn.id, same_user))
        row = row or FeedbackRow(tenant_id=self._tenant_id, turn_id=turn.id, user=self._user)
        row.rating, row.corrected_answer, row.comment, row.created_at = rating, corrected_answer, comment, now()
        self._session.add(row)
        self._session.flush()
        return record_from(row, Feedback)

    def delete(self, feedback_id: str) -> None:
        row = self._session.scalar(self._mine().where(FeedbackRow.id == feedback_id))
        if row is None:
            raise NotFound("No such feedback.", param="feedback_id")
        self._session.delete(row)
        action, mine = AuditAction.FEEDBACK_DELETED, self._tenant_id
        record_audit(self._session, action, "feedback", feedback_id, tenant_id=mine)
        self._session.flush()

    def page(self, *, limit: int = 20, after: str | None = None, order: Order = "desc") -> Page[Feedback]:
        return paginate(
            self._session,
            self._mine(),
            keys=(FeedbackRow.created_at, FeedbackRow.id),
            to_record=record_mapper(Feedback),
            limit=limit,
            after=after,
            order=order,
        )

    def of_turns(self, turn_ids: Sequence[str]) -> Mapping[str, tuple[Feedback, ...]]:
        """The feedback on each of these turns that has any, oldest first."""
        found: dict[str, tuple[Feedback, ...]] = {}
        said = self._mine().where(one_of(FeedbackRow.turn_id, turn_ids)).order_by(FeedbackRow.created_at)
        for row in self._session.scalars(said):
            found[row.turn_id] = (*found.get(row.turn_id, ()), record_from(row, Feedback))
        return found

    def rated_turns(self) -> list[tuple[Feedback, Turn]]:
        """All feedback with the turn it is about, newest first."""
        query = select(FeedbackRow, TurnRow).join(TurnRow, FeedbackRow.turn_id == TurnRow.id)
        mine = query.where(FeedbackRow.tenant_id == self._tenant_id, TurnRow.tenant_id == self._tenant_id)
        newest = mine.order_by(FeedbackRow.created_at.desc(), FeedbackRow.id.desc())
        return [(record_from(feedback, Feedback), to_turn(turn)) for feedback, turn in self._session.execute(newest)]

    def _mine(self) -> Select[FeedbackRow]:
        mine = select(FeedbackRow).where(FeedbackRow.tenant_id == self._tenant_id)
        return mine if self._user is None else mine.where(FeedbackRow.user == self._user)
