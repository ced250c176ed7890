"""Further versions of turns: branches of a conversation, which of them goes on, and what deleting a turn leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.domain.conversations import ConversationChanges, Fork
from app.errors import NotFound
from app.storage.database import Database
from app.storage.sql.repositories.conversations import Conversations

pytestmark = pytest.mark.both_databases


class Talk:
    """A conversation whose turns are named by their questions."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self.db = db
        self.tenant_id = tenant_id
        with self._conversations() as mine:
            self.id = mine.create("talk").id

    @contextmanager
    def _conversations(self) -> Iterator[Conversations]:
        with self.db.write_tenant(self.tenant_id) as store:
            yield store.conversations

    def say(self, question: str, *, beside: str | None = None) -> str:
        with self._conversations() as mine:
            fork = None if beside is None else Fork(mine.turn(beside).parent_id)
            return mine.add_turn(self.id, question, "answer", {}, fork=fork).id

    def change(self, current_turn_id: str) -> None:
        with self._conversations() as mine:
            mine.update(self.id, ConversationChanges(current_turn_id=current_turn_id))

    def delete(self, turn_id: str) -> None:
        with self._conversations() as mine:
            mine.delete_turn(self.id, turn_id)

    def questions(self, **options: object) -> list[str]:
        with self._conversations() as mine:
            return [turn.question for turn in mine.turns(self.id, **options).data]  # type: ignore[arg-type]

    def versions(self, turn_id: str) -> list[str]:
        with self._conversations() as mine:
            turns = {turn.id: turn for turn in mine.turns(self.id, branches="all").data}
            return [turns[one].question for one in turns[turn_id].versions]

    def up_to(self, turn_id: str | None, limit: int = 9) -> list[str]:
        with self._conversations() as mine:
            return [turn.question for turn in mine.turns_up_to(turn_id, limit)]


@pytest.fixture
def talk(db: Database, tenant_id: str) -> Talk:
    return Talk(db, tenant_id)


def test_turns_follow_each_other(talk: Talk) -> None:
    ids = [talk.say(name) for name in ("a", "b", "c")]
    assert talk.questions() == talk.questions(branches="all") == ["a", "b", "c"]
    assert talk.up_to(ids[1]) == ["a", "b"]
    assert talk.up_to(ids[2], limit=2) == ["b", "c"]
    assert talk.up_to(None) == []


def test_another_version_begins_a_branch_that_goes_on(talk: Talk) -> None:
    talk.say("a")
    b = talk.say("b")
    talk.say("c")
    b2 = talk.say("b2", beside=b)
    talk.say("d")
    assert talk.questions() == ["a", "b2", "d"]
    assert talk.questions(branches="all") == ["a", "b", "c", "b2", "d"]
    assert talk.versions(b) == talk.versions(b2) == ["b", "b2"]
    assert talk.questions(limit=2, order="desc") == ["d", "b2"]


def test_first_turn_has_versions_too(talk: Talk) -> None:
    a = talk.say("a")
    talk.say("b")
    talk.say("a2", beside=a)
    assert talk.questions() == ["a2"]
    assert talk.versions(a) == ["a", "a2"]


def test_earlier_branch_goes_on_with_the_newest_that_came_after(talk: Talk) -> None:
    a = talk.say("a")
    b = talk.say("b")
    talk.say("c")
    talk.say("b2", beside=b)
    talk.change(b)
    assert talk.questions() == ["a", "b", "c"]
    talk.change(a)
    assert talk.questions() == ["a", "b2"]
    talk.say("d")
    assert talk.questions() == ["a", "b2", "d"]


def test_deleting_a_turn_leaves_what_came_after_it(talk: Talk) -> None:
    talk.say("a")
    b = talk.say("b")
    talk.say("c")
    talk.delete(b)
    assert talk.questions() == ["a", "c"]


def test_deleting_the_last_version_brings_back_the_one_before(talk: Talk) -> None:
    talk.say("a")
    b = talk.say("b")
    talk.say("c")
    b2 = talk.say("b2", beside=b)
    talk.delete(b2)
    assert talk.questions() == ["a", "b", "c"]


def test_deleting_all_turns_leaves_an_empty_conversation_that_goes_on(talk: Talk) -> None:
    a, b = talk.say("a"), talk.say("b")
    talk.delete(b)
    assert talk.questions() == ["a"]
    talk.delete(a)
    assert talk.questions() == []
    talk.say("c")
    assert talk.questions() == ["c"]


def test_version_of_a_turn_whose_parent_was_deleted_meanwhile_goes_to_the_end(talk: Talk) -> None:
    a, b = talk.say("a"), talk.say("b")
    talk.delete(a)
    with talk._conversations() as mine:
        mine.add_turn(talk.id, "b2", "answer", {}, fork=Fork(a))
    assert talk.questions() == ["b", "b2"]
    assert talk.versions(b) == ["b"]


def test_turn_of_another_conversation_is_unknown(talk: Talk, db: Database, tenant_id: str) -> None:
    other = Talk(db, tenant_id).say("x")
    for call in (talk.change, talk.delete):
        with pytest.raises(NotFound):
            call(other)
