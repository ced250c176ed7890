"""The rules about conversations, their turns, and feedback on their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.chat.conversations.feedback_cases import feedback_cases
from app.domain.conversations import (
    Branches,
    Conversation,
    ConversationChanges,
    ConversationSort,
    Feedback,
    Rating,
    Turn,
)
from app.domain.pagination import Order, Page
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class DeletedConversations:
    """What was deleted of the conversations that were named, by their ids."""

    deleted: list[str]
    unknown: list[str]


class ConversationService:
    """Lists and deletes the conversations of all tenants; every call names its tenant.

    With a `user`, a call knows only what belongs to that end user; with None, what belongs to all of the tenant.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def list(
        self,
        tenant_id: str,
        *,
        user: str | None = None,
        q: str | None = None,
        archived: bool = False,
        pinned: bool | None = None,
        sort: ConversationSort = "updated_at",
        limit: int,
        after: str | None = None,
        order: Order | None = None,
    ) -> Page[Conversation]:
        """Conversations that are `archived` or not, pinned ones first. `q`: words of the title or of a turn."""
        with self._db.read_tenant(tenant_id) as store:
            return store.conversations.of_user(user).page(
                q=q, archived=archived, pinned=pinned, sort=sort, limit=limit, after=after, order=order
            )

    def get(self, tenant_id: str, conversation_id: str, *, user: str | None = None) -> Conversation:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.conversations.of_user(user).get(conversation_id)

    def list_turns(
        self,
        tenant_id: str,
        conversation_id: str,
        *,
        user: str | None = None,
        branches: Branches = "current",
        limit: int,
        after: str | None = None,
        order: Order = "asc",
    ) -> Page[Turn]:
        """Turns by time; citations of documents that were deleted since are marked. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            conversations = store.conversations.of_user(user)
            page = conversations.turns(conversation_id, branches=branches, limit=limit, after=after, order=order)
            known = store.documents.known({one["document_id"] for turn in page.data for one in _citations(turn)})
        return replace(page, data=[_with_gone_marked(turn, known) for turn in page.data])

    def delete(self, tenant_id: str, conversation_id: str, *, user: str | None = None) -> None:
        """Delete a conversation with its turns and their feedback. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            store.conversations.of_user(user).delete(conversation_id)

    def update(
        self, tenant_id: str, conversation_id: str, changes: ConversationChanges, *, user: str | None = None
    ) -> Conversation:
        """Raises NotFound: conversation, or the turn whose branch is to go on."""
        with self._db.write_tenant(tenant_id) as store:
            return store.conversations.of_user(user).update(conversation_id, changes)

    def delete_many(
        self, tenant_id: str, conversation_ids: Sequence[str], *, user: str | None = None
    ) -> DeletedConversations:
        """Delete the conversations that are there."""
        wanted = dict.fromkeys(conversation_ids)
        with self._db.write_tenant(tenant_id) as store:
            deleted = set(store.conversations.of_user(user).delete_many(list(wanted)))
        return DeletedConversations(
            [one for one in wanted if one in deleted], [one for one in wanted if one not in deleted]
        )

    def delete_turn(self, tenant_id: str, conversation_id: str, turn_id: str, *, user: str | None = None) -> None:
        """Delete a turn and its feedback; what came after it comes after the one before. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            store.conversations.of_user(user).delete_turn(conversation_id, turn_id)

    def delete_feedback(self, tenant_id: str, feedback_id: str, *, user: str | None = None) -> None:
        """Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            store.feedback.of_user(user).delete(feedback_id)

    def add_feedback(
        self,
        tenant_id: str,
        turn_id: str,
        rating: Rating,
        corrected_answer: str | None = None,
        comment: str | None = None,
        *,
        user: str | None = None,
    ) -> Feedback:
        """The user's feedback on an answer, in the place of what the same user said of it before.

        Raises NotFound if the tenant, or its user, has no such turn.
        """
        with self._db.write_tenant(tenant_id) as store:
            return store.feedback.of_user(user).save(turn_id, rating, corrected_answer, comment)

    def list_feedback(
        self,
        tenant_id: str,
        *,
        user: str | None = None,
        limit: int,
        after: str | None = None,
        order: Order = "desc",
    ) -> Page[Feedback]:
        """Feedback by time."""
        with self._db.read_tenant(tenant_id) as store:
            return store.feedback.of_user(user).page(limit=limit, after=after, order=order)

    def feedback_cases(self, tenant_id: str) -> str:
        """The tenant's feedback as evaluation cases, JSONL; empty if none of it says what is right."""
        with self._db.read_tenant(tenant_id) as store:
            return feedback_cases(store.feedback.rated_turns())


def _citations(turn: Turn) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = turn.result.get("citations", [])
    return found


def _with_gone_marked(turn: Turn, known: set[str]) -> Turn:
    """`turn`, its citations of documents that are not `known` with `gone: true`."""
    cited = [one if one["document_id"] in known else {**one, "gone": True} for one in _citations(turn)]
    return replace(turn, result={**turn.result, "citations": cited}) if cited else turn
