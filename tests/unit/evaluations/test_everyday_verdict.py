"""The verdict on an answer, and the scores of many."""

from __future__ import annotations

from typing import Any

import pytest

from app.evaluations.everyday.verdict import failure, judge
from app.evaluations.records import CaseResult
from app.evaluations.summary import summarize
from tests.unit.evaluations.everyday_samples import answer, question

RIGHT_QUOTE, OTHER_QUOTE = "The pool opens at seven.", "The sauna costs 14 euros."
NEITHER: dict[str, Any] = {"must": [], "cite": []}


def test_useful_answer_with_right_citation() -> None:
    figures = judge(question(), answer("It opens at seven.", RIGHT_QUOTE))
    assert (figures["useful"], figures["wrong_refusal"], figures["right_citation"]) == (1.0, 0.0, 1.0)
    assert figures["reasons"] == []


def test_answer_without_the_text_is_not_useful_and_says_why() -> None:
    figures = judge(question(), answer("It opens at eight.", RIGHT_QUOTE))
    assert (figures["useful"], figures["wrong_refusal"]) == (0.0, 0.0)
    assert "right_citation" not in figures
    assert figures["reasons"] == ['It does not say "at seven" or "7 a.m.".']


def test_forbidden_text_makes_an_answer_useless() -> None:
    figures = judge(question(must_not=["re:\\beight\\b"]), answer("At seven or at eight."))
    assert figures["useful"] == 0.0
    assert r'It says "re:\beight\b", which it must not.' in figures["reasons"]


def test_refusal_of_an_answerable_question_is_wrong_even_if_its_text_holds_all() -> None:
    figures = judge(question(), answer("No answer at seven.", refused=True))
    assert (figures["useful"], figures["wrong_refusal"]) == (0.0, 1.0)


def test_wrong_quote_is_a_wrong_citation_of_a_useful_answer() -> None:
    figures = judge(question(), answer("At seven.", OTHER_QUOTE))
    assert (figures["useful"], figures["right_citation"]) == (1.0, 0.0)
    assert 'No quote holds "opens at seven".' in figures["reasons"]


def test_groups_of_cite_may_stand_in_different_quotes() -> None:
    both = question(cite=[["opens at seven"], ["14 euros"]])
    assert judge(both, answer("At seven.", RIGHT_QUOTE, OTHER_QUOTE))["right_citation"] == 1.0
    assert judge(both, answer("At seven.", RIGHT_QUOTE))["right_citation"] == 0.0


def test_verified_citations_are_checked_one_by_one() -> None:
    figures = judge(question(), answer("At seven.", RIGHT_QUOTE, OTHER_QUOTE))
    assert (figures["verified_right"], figures["verified_checked"]) == (1, 2)
    unverified = judge(question(), answer("At seven.", RIGHT_QUOTE, verified=False))
    assert (unverified["verified_right"], unverified["verified_checked"]) == (0, 0)
    assert unverified["right_citation"] == 1.0


def test_question_that_the_documents_do_not_hold_must_be_refused() -> None:
    unknown = question(answerable=False, **NEITHER)
    assert judge(unknown, answer("No.", refused=True)) == {"right_refusal": 1.0, "reasons": []}
    assert judge(unknown, answer("At seven.", RIGHT_QUOTE))["right_refusal"] == 0.0


@pytest.mark.parametrize(
    ("said", "useful"),
    [
        (answer("You are welcome."), 1.0),
        (answer("The documents hold no answer.", refused=True), 0.0),
        (answer("At seven.", RIGHT_QUOTE), 0.0),
        (answer("  "), 0.0),
    ],
)
def test_small_talk_gets_a_reply_without_citations(said: Any, useful: float) -> None:
    assert judge(question(answerable=None, **NEITHER), said)["useful"] == useful


def result(number: int, group: str, kind: str = "direct", **figures: Any) -> CaseResult:
    found: CaseResult = {"id": f"q{number}", "group": group, "language": "en", "kind": kind, **figures}  # type: ignore[typeddict-item]
    return found


def test_scores_by_kind_and_in_total_with_intervals_by_pack() -> None:
    rows = {
        "everyday/a": [result(i, "a", useful=1.0, total_s=1.0 + i) for i in range(4)],
        "everyday/b": [result(i, "b", "list", useful=0.0) for i in range(3)]
        + [result(9, "b", "far", right_refusal=1.0)],
    }
    scores = summarize(rows)
    layer = scores["layers"]["everyday"]
    assert layer["useful"]["mean"] == pytest.approx(4 / 7)
    assert (layer["useful"]["low"], layer["useful"]["high"]) == (0.0, 1.0)  # two packs, one all right, one all wrong
    assert {kind: place["n"] for kind, place in layer["kinds"].items()} == {"direct": 4, "list": 3, "far": 1}
    assert "useful" not in layer["kinds"]["far"]
    assert layer["kinds"]["direct"]["total_s"]["p50"] == 2.5


def test_interval_within_one_pack_is_drawn_by_question() -> None:
    rows = [result(i, "a", useful=float(i % 2)) for i in range(10)]
    figures = summarize({"everyday/a": rows})["parts"]["everyday/a"]["useful"]
    assert figures["low"] < 0.5 < figures["high"]


def test_precision_of_verified_counts_citations() -> None:
    rows = [result(1, "a", verified_checked=3, verified_right=2), result(2, "b", verified_checked=1, verified_right=1)]
    rows.append(result(3, "b", verified_checked=0, verified_right=0))
    figures = summarize({"everyday/x": rows})["layers"]["everyday"]["verified_right"]
    assert (figures["mean"], figures["n"]) == (0.75, 4)


def test_failed_question_counts_as_not_useful_and_is_counted_as_failed() -> None:
    lost: Any = {**failure(question()), "error": {"code": "timed_out", "message": "Too slow."}}
    rows = {"everyday/a": [result(1, "a", useful=1.0, wrong_refusal=0.0), result(2, "a", **lost)]}
    scores = summarize(rows)
    assert scores["layers"]["everyday"]["useful"]["mean"] == 0.5
    assert (scores["parts"]["everyday/a"]["failed"], scores["overall"]["failed"]) == (1, 1)
    assert failure(question(answerable=False, **NEITHER)) == {"right_refusal": 0.0}
    assert failure(question(answerable=None, **NEITHER)) == {"useful": 0.0}
