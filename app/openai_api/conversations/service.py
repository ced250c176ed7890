"""The rules about conversations of OpenAI's clients: those of the chat, with metadata, their turns as items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.conversations import Conversation, Turn
from app.domain.files import IdWindow
from app.errors import InvalidRequest, NotFound
from app.storage.database import Database

PAGE = 100  # turns read at once
MOST_TURNS = 1000  # of a conversation whose items are listed
SAID, ANSWERED = "_0", "_1"  # end the ids of the two items of a turn


class ConversationObjectService:
    """Makes, reads and deletes the conversations of all tenants; with a `user`, those of that end user alone."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(self, tenant_id: str, metadata: Mapping[str, str], user: str | None) -> Conversation:
        """Make one that has no turns yet; its first question will be its title."""
        with self._db.write_tenant(tenant_id) as store:
            conversations = store.conversations.of_user(user)
            return conversations.label(conversations.create("").id, metadata)

    def get(self, tenant_id: str, conversation_id: str, user: str | None) -> Conversation:
        """Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            return store.conversations.of_user(user).get(conversation_id)

    def set_metadata(
        self, tenant_id: str, conversation_id: str, metadata: Mapping[str, str], user: str | None
    ) -> Conversation:
        """Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            return store.conversations.of_user(user).label(conversation_id, metadata)

    def delete(self, tenant_id: str, conversation_id: str, user: str | None) -> None:
        """With all its turns. Raises NotFound."""
        with self._db.write_tenant(tenant_id) as store:
            store.conversations.of_user(user).delete(conversation_id)

    def items(
        self, tenant_id: str, conversation_id: str, window: IdWindow, user: str | None
    ) -> tuple[Sequence[tuple[str, Turn]], bool]:
        """Item ids with their turns, by time, and whether there are more. Raises NotFound, InvalidRequest (`after`)."""
        items = self._all_items(tenant_id, conversation_id, user)
        if window.order == "desc":
            items = items[::-1]
        start = 0
        if window.after is not None:
            ids = [item_id for item_id, _ in items]
            if window.after not in ids:
                raise InvalidRequest("`after` is no item of this conversation.", param="after", code="unknown_cursor")
            start = ids.index(window.after) + 1
        return items[start : start + window.limit], len(items) > start + window.limit

    def item(self, tenant_id: str, conversation_id: str, item_id: str, user: str | None) -> Turn:
        """The turn that the item is of. Raises NotFound."""
        for one, turn in self._all_items(tenant_id, conversation_id, user):
            if one == item_id:
                return turn
        raise NotFound("The conversation has no such item.", param="item_id")

    def _all_items(self, tenant_id: str, conversation_id: str, user: str | None) -> list[tuple[str, Turn]]:
        turns: list[Turn] = []
        after = None
        with self._db.read_tenant(tenant_id) as store:
            conversations = store.conversations.of_user(user)
            for _ in range(MOST_TURNS // PAGE):
                page = conversations.turns(conversation_id, limit=PAGE, after=after)
                turns += page.data
                after = page.next_cursor
                if after is None:
                    break
        return [(item_id(turn, end), turn) for turn in turns for end in (SAID, ANSWERED)]


def item_id(turn: Turn, end: str) -> str:
    return f"msg_{turn.id.removeprefix('turn_')}{end}"
