"""Streamed answers at work: found, kept going and stopped from processes that do not generate them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from app.domain.live_answers import LiveAnswer
from app.storage.sql.records import record_from
from app.storage.sql.tables import LiveAnswerRow, now


class LiveAnswers:
    """The live answers of all processes. A process's own end with it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, turn_id: str, tenant_id: str, user: str | None, process_id: str) -> None:
        """Record that the process generates this turn."""
        self._session.add(LiveAnswerRow(turn_id=turn_id, tenant_id=tenant_id, user=user, process_id=process_id))
        self._session.flush()

    def end(self, turn_id: str) -> None:
        """Record that the turn is saved, or will never be."""
        self._session.execute(delete(LiveAnswerRow).where(LiveAnswerRow.turn_id == turn_id))

    def find(self, tenant_id: str, user: str | None, turn_id: str) -> LiveAnswer | None:
        """The live answer, if it is this tenant's and, if a user is named, this user's."""
        row = self._session.scalar(select(LiveAnswerRow).where(*_is(tenant_id, user, turn_id)))
        return None if row is None else record_from(row, LiveAnswer)

    def ask(self, tenant_id: str, user: str | None, turn_id: str, *, stop: bool) -> None:
        """Tell its process that somebody reads it elsewhere, or wants it stopped."""
        values = {"stop_requested": True} if stop else {"read_at": now()}
        self._session.execute(update(LiveAnswerRow).where(*_is(tenant_id, user, turn_id)).values(**values))

    def asked(self, process_id: str) -> list[LiveAnswer]:
        """The process's answers of which other processes asked something."""
        asked = or_(LiveAnswerRow.stop_requested, LiveAnswerRow.read_at.is_not(None))
        rows = self._session.scalars(select(LiveAnswerRow).where(LiveAnswerRow.process_id == process_id, asked))
        return [record_from(row, LiveAnswer) for row in rows]


def _is(tenant_id: str, user: str | None, turn_id: str) -> list[ColumnElement[bool]]:
    mine = [LiveAnswerRow.turn_id == turn_id, LiveAnswerRow.tenant_id == tenant_id]
    return mine if user is None else [*mine, LiveAnswerRow.user == user]
