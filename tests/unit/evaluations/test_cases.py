"""Files of cases: three formats, and every mistake named with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadline import Deadline, limited_by
from app.errors import ClientGone, InvalidRequest
from app.evaluations.cases import CasesInvalid, parse_cases, read_cases


def jsonl(*rows: dict[str, Any]) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def test_own_format_with_and_without_passages() -> None:
    cases = parse_cases(
        jsonl(
            {"id": "a", "question": "When does it open?", "answers": ["at ten", "ten"], "document": "rules.txt"},
            {"question": "Quem pintou o teto?", "answerable": False, "passages": ["Outra coisa."]},
            {"question": "Who?", "answer": "Ann", "gold_passage": "Ann did.", "distractors": ["Bob sat."]},
        )
    )
    assert [case.answers for case in cases] == [("at ten", "ten"), (), ("Ann",)]
    assert [case.language for case in cases] == ["en", "pt", "en"]
    assert [case.answerable for case in cases] == [True, False, True]
    assert cases[0].group == "rules.txt"
    assert cases[0].passages == ()
    assert cases[1].gold is None
    assert cases[2].passages[cases[2].gold or 0] == "Ann did."


def test_flat_squad_rows_have_their_context_as_gold() -> None:
    [case] = parse_cases(jsonl({"question": "Who?", "context": "Ann did.", "answers": {"text": ["Ann", "Ann"]}}))
    assert (case.passages, case.gold, case.answers) == (("Ann did.",), 0, ("Ann",))


def test_squad_itself_is_read_with_what_is_impossible() -> None:
    qas = [
        {"id": "1", "question": "Who?", "answers": [{"text": "Ann", "answer_start": 0}], "is_impossible": False},
        {"id": "2", "question": "When?", "answers": [], "is_impossible": True},
    ]
    squad = {"data": [{"title": "T", "paragraphs": [{"context": "Ann did.", "qas": qas}]}]}
    cases = parse_cases(json.dumps(squad), name="dev.json")
    assert [(case.id, case.answerable, case.group) for case in cases] == [("1", True, "T"), ("2", False, "T")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"answers": ["x"]}', "has no question"),
        ('{"question": "  ", "answers": ["x"]}', "has no question"),
        ('{"question": 7, "answers": ["x"]}', "question must be a string"),
        ('{"question": "q"}', "neither answers nor answerable"),
        ('{"question": "q", "answers": "x"}', "must be a list"),
        ('{"question": "q", "answers": [1]}', "must be strings"),
        ('{"question": "q", "answers": ["x"], "answerable": false}', "yet has answers"),
        ('{"question": "q", "answers": ["x"], "answerable": "yes"}', "true or false"),
        ('{"question": "q", "answers": ["x"], "language": "xx"}', "one of en, de, es, fr, it, pt"),
        ('{"question": "q", "answers": ["x"], "passages": "p"}', "passages must be a list"),
        ('{"question": "q", "answers": ["x"], "passages": ["p"], "context": "c"}', "either passages"),
        ('{"question": "\\ud800", "answers": ["x"]}', "valid Unicode"),
        ('{"question": "q", "answers": ["x"]', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "must be an object"),
        ('{"id": "good", "question": "q", "answers": ["x"]}', "used on line 1 already"),
    ],
)
def test_mistakes_are_named_with_their_line(row: str, reason: str) -> None:
    good = '{"id": "good", "question": "q", "answers": ["x"]}'
    with pytest.raises(CasesInvalid) as caught:
        parse_cases(f"{good}\n\n{row}\n", name="mine.jsonl")
    assert caught.value.message.startswith("mine.jsonl: line 3: ")
    assert reason in caught.value.message


def test_mistakes_come_at_once_up_to_a_number_at_which_the_check_stops() -> None:
    with pytest.raises(CasesInvalid) as caught:
        parse_cases("{}\n" * 50)
    assert caught.value.message.count("has no question") == 20
    assert caught.value.message.endswith("The check stopped at line 20; more may follow.")


def test_cases_are_read_no_further_than_the_most_that_are_allowed() -> None:
    row = '{{"id": "{}", "question": "q", "answers": ["x"]}}\n'
    text = row.format("a") + row.format("b")
    assert len(parse_cases(text + "\n", most=2)) == 2
    with pytest.raises(InvalidRequest, match="More than 2 cases; an evaluation takes at most 2"):
        parse_cases(text + row.format("c") + "no JSON\n" * 50, most=2)


def test_a_check_ends_when_the_client_is_gone() -> None:
    deadline = Deadline(60, 60)
    deadline.client_gone()
    with limited_by(deadline), pytest.raises(ClientGone):
        parse_cases('{"question": "q", "answers": ["x"]}\n' * 2)


def test_broken_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(CasesInvalid, match="no file"):
        read_cases(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CasesInvalid, match="UTF-8"):
        read_cases(tmp_path / "latin.jsonl")
    with pytest.raises(CasesInvalid, match="holds no cases"):
        parse_cases("\n")
    with pytest.raises(CasesInvalid, match="line 2: is not JSON"):
        parse_cases('{"data":\n]', name="x.json")
    with pytest.raises(CasesInvalid, match="not a SQuAD file"):
        parse_cases('{"data": [{"paragraphs": 3}]}', name="x.json")


@given(st.text(max_size=200), st.sampled_from(["x.jsonl", "x.json"]))
def test_any_text_is_cases_or_a_clear_error(text: str, name: str) -> None:
    try:
        message = "" if parse_cases(text, name=name) else "no cases"
    except CasesInvalid as fault:
        message = fault.message
    assert not message or message.startswith(name)
