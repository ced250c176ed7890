"""Retrieval within a conversation: a follow-up finds what it goes on from, a new topic is not mixed with the last."""

from __future__ import annotations

import pytest

from app.chat.settings.service import AnsweringProfile
from app.chat.steps.prompt import EarlierTurn, with_earlier
from app.chat.steps.retrieve import retrieve_in_conversation
from app.chat.steps.rewrite import is_followup, refers_back
from app.search.retriever import Retrieval

CONFIDENCES = {
    "What is the daily allowance?": 0.8,
    "How much is the pool? What is the daily allowance?": 0.5,
    "the price?": 0.2,
    "How much is the pool? the price?": 0.6,
    "And on Sundays?": 0.9,
    "When does the pool open? And on Sundays?": 0.4,
}


class Searching:
    """Finds nothing, with the confidence that the table gives to each wording, and names the better one."""

    def search(self, _tenant: str, query: str, *, original: str | None = None, **_: object) -> Retrieval:
        wording = max((original or query, query), key=CONFIDENCES.__getitem__)
        return Retrieval([], CONFIDENCES[wording], {}, [], wording)


@pytest.mark.parametrize(
    ("question", "earlier", "searched"),
    [
        ("What is the daily allowance?", "How much is the pool?", "What is the daily allowance?"),  # a new topic
        ("the price?", "How much is the pool?", "How much is the pool? the price?"),
        ("And on Sundays?", "When does the pool open?", "When does the pool open? And on Sundays?"),  # it refers back
    ],
)
def test_short_question_goes_on_from_the_last_one_only_if_that_finds_better(
    question: str, earlier: str, searched: str
) -> None:
    found = retrieve_in_conversation(Searching(), AnsweringProfile("acme"), question, [earlier], k=4)  # type: ignore[arg-type]
    assert found.searched == searched
    assert found.goes_on is (searched != question)


def test_pronouns_and_openings_refer_back_and_short_questions_may() -> None:
    assert refers_back("And for part-timers?")
    assert refers_back("e para visitantes?")
    assert is_followup("the price?")
    assert not refers_back("the price?")
    assert not is_followup("What does a ticket to the Louvre cost?")


def test_earlier_turns_stand_before_the_question_with_their_answers() -> None:
    turns = [EarlierTurn("When does the pool open?", "At nine.")]
    assert with_earlier("And on Sundays?", turns, "en") == (  # type: ignore[arg-type]
        "When does the pool open?\nAnswer: At nine.\nQuestion: And on Sundays?"
    )
