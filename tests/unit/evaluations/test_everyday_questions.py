"""Reading everyday questions: what a row may hold, and errors that name the line and what to do."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import InvalidRequest
from app.evaluations.case_file import CaseFile
from app.evaluations.cases import CasesInvalid
from app.evaluations.everyday.patterns import PatternTimeout, fold, held, missing_group
from app.evaluations.everyday.questions import EverydayQuestion, is_everyday, parse_questions
from tests.unit.evaluations.everyday_samples import FOLLOW_UP, OPENING, ROWS, THANKS, UNKNOWN, jsonl


def test_rows_become_conversations() -> None:
    found = parse_questions(jsonl(*ROWS))
    assert [one.expects for one in found if isinstance(one, EverydayQuestion)] == ["answer"] * 2 + ["refusal", "reply"]
    price = found[1]
    assert isinstance(price, EverydayQuestion)
    assert price.turns == tuple(FOLLOW_UP["turns"])
    assert (price.question, price.earlier) == (FOLLOW_UP["turns"][1], (FOLLOW_UP["turns"][0],))
    assert (price.kind, price.must, price.must_not, price.cite) == ("followup", (("re:\\b14\\b",),), ("41",), ())
    assert [one.answerable for one in found] == [True, True, False, False]


def test_first_line_decides_the_format() -> None:
    single = '{"question": "When?", "answers": ["at ten"]}\n'
    assert is_everyday("\n" + jsonl(OPENING))
    assert not any(is_everyday(text) for text in (single, "", "{", "[1]", '"turns"'))
    assert parse_questions(single)[0].answers == ("at ten",)
    with pytest.raises(CasesInvalid, match=r"line 2: turns must be a list"):
        parse_questions(jsonl(OPENING) + single.replace("question", "note").replace("answers", "group"))
    with pytest.raises(CasesInvalid, match=r"line 2: has turns: a file is either"):
        parse_questions(single + jsonl(OPENING))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"musts": [["x"]]}, "unknown field 'musts'; known are id, kind"),
        ({"turns": []}, "turns must be a list of what the user says"),
        ({"turns": "When?"}, "turns must be a list"),
        ({"turns": ["When?", " "]}, "turn 2 is empty"),
        ({"turns": [3]}, "turn 1 is empty or no text"),
        ({"turns": ["x" * 8001]}, "turn 1 has 8001 characters; 8000 are the most"),
        ({"turns": ["x"] * 21}, "has 21 turns; 20 are the most"),
        ({"turns": ["a\x00b"]}, "turn 1 holds a NUL character"),
        ({"turns": ["\ud800"]}, "turn 1 must be valid Unicode"),
        ({"answerable": "yes"}, "answerable must be true"),
        ({"answerable": 1}, "answerable must be true"),
        ({"must": ["at seven"]}, "must must be a list of lists"),
        ({"must": "at seven"}, "must must be a list of lists"),
        ({"must": [[7]]}, "must must hold texts only"),
        ({"must": [[]]}, "must has an empty group"),
        ({"must": []}, "has no must: say what a useful answer holds"),
        ({"must": [["re:("]]}, "must has no valid regular expression: 're:('"),
        ({"must": [["re:(?R)"]]}, "must has no valid regular expression"),
        ({"must": [["re:a{99999999999}"]]}, "must has no valid regular expression"),
        ({"must": [["re:"]]}, "must has an empty alternative"),
        ({"must": [["x" * 501]]}, "alternative of 501 characters; 500 are the most"),
        ({"must": [["x"]] * 31}, "must has 31 groups; 30 are the most"),
        ({"cite": [["x"] * 31]}, "cite has 31 alternatives in a row; 30 are the most"),
        ({"must_not": "41"}, "must_not must be a list of texts"),
        ({"must_not": [["41"]]}, "must_not must be a list of texts"),
        ({"cite": [["re:["]]}, "cite has no valid regular expression"),
        ({"kind": "a kind"}, "kind must be a word"),
        ({"language": "english please"}, "language must be a code"),
        ({"id": "x" * 201}, "id must be a text of at most 200 characters"),
        ({"answerable": False}, "must, must_not and cite are for answerable questions, and its answerable is false"),
        ({"answerable": None}, "its answerable is null"),
    ],
)
def test_errors_name_the_line_and_what_is_wrong(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(CasesInvalid) as caught:
        parse_questions(jsonl(THANKS, {**OPENING, **changed}), name="mine.jsonl")
    assert caught.value.message.startswith("mine.jsonl: line 2: ")
    assert message in caught.value.message


def test_all_bad_lines_are_listed() -> None:
    missing = {name: value for name, value in OPENING.items() if name != "answerable"}
    text = jsonl(OPENING, {**OPENING, "id": "b", "turns": []}, missing, UNKNOWN) + "[1]\n{\n" + jsonl(OPENING)
    with pytest.raises(CasesInvalid) as caught:
        parse_questions(text)
    for message in ("line 2: turns", "line 3: has no answerable", "line 5: must be an object", "line 6: is not JSON"):
        assert message in caught.value.message
    assert "line 7: id 'opening' was used on line 1 already" in caught.value.message
    assert "line 4" not in caught.value.message


def test_turns_count_towards_the_limit_of_an_upload() -> None:
    file = CaseFile("mine.jsonl", jsonl(OPENING, FOLLOW_UP))
    assert len(file.questions(3)) == 2
    with pytest.raises(InvalidRequest, match="3 turns; an evaluation takes at most 2"):
        file.questions(2)


def test_texts_are_compared_folded() -> None:
    assert fold(" Às  NOVE\nhoras ") == "as nove horas"
    assert held(("às nove",), fold("AS NOVE")) == "às nove"
    assert held(("re:\\b9 ?h\\b", "re:às nov.s?"), fold("às noves")) == "re:às nov.s?"
    assert held(("re:^\\S+$",), fold("one two")) is None  # \S stays \S: only accents are folded in a pattern
    assert missing_group((("one", "two"), ("re:^x",)), "It is one.") == ("re:^x",)
    assert missing_group((("one", "two"),), "It is TWO.") is None


def test_search_that_does_not_end_is_stopped() -> None:
    with pytest.raises(PatternTimeout, match="write a simpler pattern"):
        held(("re:(x+x+)+y",), "x" * 5000)
