"""The turns of saved conversations: those before a question, and the one that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from app.chat.schemas import ChatOut
from app.domain.conversations import ChatAnswer, Fork, Turn
from app.errors import NotFound
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class AskedMessage:
    """What a turn keeps of its request."""

    message: str
    options: Mapping[str, Any] = field(default_factory=dict)
    fork: Fork | None = None  # where its branch begins, if it is a further version of a turn


class TurnHistory:
    """Reads and saves the turns of all tenants. `user`: the end user that a conversation must belong to; None: any."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def before(
        self, tenant_id: str, user: str | None, conversation_id: str | None, fork: Fork | None, limit: int
    ) -> list[Turn]:
        """The last turns of the conversation, or of its branch up to the fork, oldest first. Raises NotFound."""
        if conversation_id is None:
            return []
        with self._db.read_tenant(tenant_id) as store:
            conversations = store.conversations.of_user(user)
            last = conversations.get(conversation_id).current_turn_id if fork is None else fork.parent_id
            return conversations.turns_up_to(last, limit)

    def open(self, tenant_id: str, user: str | None, conversation_id: str, message: str) -> None:
        """Create the conversation that begins with this message."""
        with self._db.write_tenant(tenant_id) as store:
            store.conversations.of_user(user).create(message, conversation_id=conversation_id)

    def save(self, tenant_id: str, user: str | None, asked: AskedMessage, answer: ChatAnswer, *, is_new: bool) -> Turn:
        """Save the turn, in a new conversation if it `is_new`; the turn of this id if it was saved before.

        Raises NotFound if the conversation was deleted.
        """
        with self._db.write_tenant(tenant_id) as store:
            conversations = store.conversations.of_user(user)
            with suppress(NotFound):
                return conversations.turn(answer.id)
            if is_new:
                conversations.create(asked.message, conversation_id=answer.conversation_id)
            return conversations.add_turn(
                answer.conversation_id,
                asked.message,
                answer.answer,
                ChatOut.model_validate(answer).model_dump(mode="json"),
                options=asked.options,
                fork=asked.fork,
            )

    def get(self, tenant_id: str, user: str | None, turn_id: str) -> Turn:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.conversations.of_user(user).turn(turn_id)
