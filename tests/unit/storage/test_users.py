"""What belongs to one end user is unknown to every other: the same NotFound as for an id that never was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.conversations import ConversationChanges, Rating
from app.domain.visibility import Visibility
from app.errors import NotFound
from app.storage.database import Database
from app.storage.sql.repositories.conversations import Conversations
from app.storage.visibility import seeing

CALLS: dict[str, Callable[[Conversations, str, str], Any]] = {
    "get": lambda mine, conversation, _: mine.get(conversation),
    "turns": lambda mine, conversation, _: mine.turns(conversation),
    "add_turn": lambda mine, conversation, _: mine.add_turn(conversation, "q", "a", {}),
    "turn": lambda mine, _, turn: mine.turn(turn),
    "turns_up_to": lambda mine, _, turn: mine.turns_up_to(turn, 1),
    "update": lambda mine, conversation, _: mine.update(conversation, ConversationChanges(title="new")),
    "delete_turn": lambda mine, conversation, turn: mine.delete_turn(conversation, turn),
    "delete": lambda mine, conversation, _: mine.delete(conversation),
}


@pytest.fixture
def asked(db: Database, tenant_id: str) -> tuple[str, str]:
    """A conversation of ana and its turn, with feedback, beside a conversation of no named user."""
    with db.write_tenant(tenant_id) as store:
        store.conversations.create("of the key")
        mine = store.conversations.of_user("ana")
        conversation = mine.create("of ana")
        turn = mine.add_turn(conversation.id, "q", "a", {})
        store.feedback.of_user("ana").save(turn.id, "up")
    return conversation.id, turn.id


@pytest.mark.parametrize("name", CALLS)
def test_other_user_reaches_nothing_and_a_key_reaches_all(
    db: Database, tenant_id: str, asked: tuple[str, str], name: str
) -> None:
    with db.write_tenant(tenant_id) as store, pytest.raises(NotFound):
        CALLS[name](store.conversations.of_user("rui"), *asked)
    with db.write_tenant(tenant_id) as store:
        CALLS[name](store.conversations, *asked)


def test_what_is_narrowed_to_a_user_is_not_widened(db: Database, tenant_id: str, asked: tuple[str, str]) -> None:
    with seeing(Visibility(user="rui")), db.read_tenant(tenant_id) as store:
        assert store.conversations.page().data == []
        assert store.conversations.of_user("ana").page().data == []
        assert store.conversations.of_user(None).page().data == []
        assert store.feedback.page().data == store.feedback.of_user("ana").page().data == []


def test_lists_hold_what_is_the_users_own(db: Database, tenant_id: str, asked: tuple[str, str]) -> None:
    with db.read_tenant(tenant_id) as store:
        ana, rui = store.conversations.of_user("ana"), store.conversations.of_user("rui")
        assert [(one.id, one.user) for one in ana.page().data] == [(asked[0], "ana")]
        assert [one.turn_id for one in store.feedback.of_user("ana").page().data] == [asked[1]]
        assert rui.page().data == []
        assert store.feedback.of_user("rui").page().data == []
        assert len(store.conversations.page().data) == 2


def test_feedback_is_on_ones_own_answers_and_one_for_each_user(
    db: Database, tenant_id: str, asked: tuple[str, str]
) -> None:
    with db.write_tenant(tenant_id) as store:
        ana, rui = store.feedback.of_user("ana"), store.feedback.of_user("rui")
        (said,) = store.feedback.page().data
        with pytest.raises(NotFound):
            rui.save(asked[1], Rating.UP)
        with pytest.raises(NotFound):
            rui.delete(said.id)
        changed = ana.save(asked[1], Rating.DOWN)
        assert (changed.id, store.feedback.page().data) == (said.id, [changed])
        store.feedback.save(asked[1], Rating.UP)  # of nobody named
        assert len(store.feedback.page().data) == 2
        (turn,) = store.conversations.of_user("ana").turns(asked[0]).data
        assert turn.feedback == (changed,)
        ana.delete(changed.id)
        assert [one.user for one in store.feedback.page().data] == [None]
