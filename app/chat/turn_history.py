"""The turns of saved conversations: those before a question, and the one that it becomes."""

from __future__ import annotations

from contextlib import suppress

from app.chat.schemas import ChatOut
from app.chat.steps.prompt import EarlierTurn
from app.domain.conversations import ChatAnswer, Turn
from app.errors import NotFound
from app.storage.sqlite.database import Database


class TurnHistory:
    """Reads and saves the turns of all tenants. `user`: the end user that a conversation must belong to; None: any."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def before(self, tenant_id: str, user: str | None, conversation_id: str | None, limit: int) -> list[EarlierTurn]:
        """The conversation's last turns, oldest first. Raises NotFound."""
        if conversation_id is None:
            return []
        with self._db.read_tenant(tenant_id) as store:
            page = store.conversations.of_user(user).turns(conversation_id, limit=limit, order="desc")
        return [EarlierTurn(turn.question, turn.answer) for turn in reversed(page.data)]

    def open(self, tenant_id: str, user: str | None, conversation_id: str, message: str) -> None:
        """Create the conversation that begins with this message."""
        with self._db.write_tenant(tenant_id) as store:
            store.conversations.of_user(user).create(message, conversation_id=conversation_id)

    def save(self, tenant_id: str, user: str | None, message: str, answer: ChatAnswer, *, is_new: bool) -> None:
        """Save the turn, in a new conversation if it `is_new`. Raises NotFound if the conversation was deleted."""
        with self._db.write_tenant(tenant_id) as store:
            conversations = store.conversations.of_user(user)
            if is_new:
                conversations.create(message, conversation_id=answer.conversation_id)
            conversations.add_turn(answer.conversation_id, message, answer.answer, _as_sent(answer))

    def save_shown(self, tenant_id: str, user: str | None, message: str, answer: ChatAnswer) -> Turn:
        """Save the turn of an answer that was cut short; the whole turn if it was saved just before that.

        Raises NotFound if the conversation was deleted.
        """
        with self._db.write_tenant(tenant_id) as store:
            conversations = store.conversations.of_user(user)
            with suppress(NotFound):
                return conversations.turn(answer.id)
            return conversations.add_turn(answer.conversation_id, message, answer.answer, _as_sent(answer))

    def get(self, tenant_id: str, user: str | None, turn_id: str) -> Turn:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.conversations.of_user(user).turn(turn_id)


def _as_sent(answer: ChatAnswer) -> dict[str, object]:
    return ChatOut.model_validate(answer).model_dump(mode="json")
