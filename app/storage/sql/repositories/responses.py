"""Responses of OpenAI's clients, by which they find turns again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.responses import SavedResponse
from app.errors import NotFound
from app.storage.sql.repositories.conversations import Conversations
from app.storage.sql.tables import ResponseRow


class Responses:
    """Saves, reads and deletes the responses of one tenant; with a `user`, those of that end user alone."""

    def __init__(self, session: Session, tenant_id: str, user: str | None = None) -> None:
        self._session = session
        self._tenant_id = tenant_id
        self._user = user
        self._conversations = Conversations(session, tenant_id, user)

    def of_user(self, user: str | None) -> Responses:
        """The same, narrowed to one end user; what is narrowed already stays so."""
        return Responses(self._session, self._tenant_id, self._user or user)

    def create(self, response_id: str, turn_id: str, envelope: dict[str, Any]) -> None:
        row = ResponseRow(id=response_id, tenant_id=self._tenant_id, turn_id=turn_id, envelope=envelope)
        self._session.add(row)
        self._session.flush()

    def get(self, response_id: str) -> SavedResponse:
        """Raises NotFound."""
        row = self._row(response_id)
        return SavedResponse(row.id, self._conversations.turn(row.turn_id), dict(row.envelope))

    def delete(self, response_id: str) -> None:
        """Delete the response with its turn. Raises NotFound."""
        turn = self._conversations.turn(self._row(response_id).turn_id)
        self._conversations.delete_turn(turn.conversation_id, turn.id)

    def _row(self, response_id: str) -> ResponseRow:
        mine = ResponseRow.tenant_id == self._tenant_id, ResponseRow.id == response_id
        row = self._session.scalar(select(ResponseRow).where(*mine))
        if row is None:
            raise unknown_response()
        try:
            self._conversations.turn(row.turn_id)
        except NotFound:  # of another end user
            raise unknown_response() from None
        return row


def unknown_response() -> NotFound:
    return NotFound("No such response.", param="response_id")
