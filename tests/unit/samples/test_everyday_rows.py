"""The invented everyday rows, which the starter adapter is trained on, say what their passages say."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from samples.everyday_rows import GROUPS, careless, everyday_rows
from samples.everyday_templates import Ask, choose, fill, read_sections

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
ROWS = everyday_rows(11)
ANSWERED = [row for row in ROWS if row["answer"] is not None]


def test_rows_are_the_same_for_the_same_seed() -> None:
    assert everyday_rows(11) == ROWS
    assert everyday_rows(12) != ROWS


@pytest.mark.parametrize("language", GROUPS)
def test_every_question_of_every_section_can_be_filled(language: str) -> None:
    draw = random.Random(1)
    for section in read_sections(language):
        assert {bool(ask.answers) for ask in section.asks} == {True, False}, section.headings
        for _ in range(20):
            filled = fill(section, draw)
            assert "{" not in filled.text
            for ask in section.asks:
                question, answer = filled.render(ask, draw)
                assert "{" not in question + (answer or "")


def test_numbers_of_an_answer_stand_in_the_passages_or_the_question() -> None:
    for row in ANSWERED:
        known = set(NUMBER.findall(" ".join([*row["context"], row["question"]])))
        assert set(NUMBER.findall(row["answer"])) <= known, row


def test_yes_is_as_likely_as_no_and_a_sixth_is_refused() -> None:
    openings = Counter(row["answer"].split()[0].strip(",.:") for row in ANSWERED)
    yes, no = openings["Yes"] + openings["Sim"], openings["No"] + openings["Não"]
    assert 0.7 < yes / no < 1.3
    assert 0.1 < 1 - len(ANSWERED) / len(ROWS) < 0.25


def test_a_question_about_an_edition_that_is_not_there_is_refused() -> None:
    years = re.compile(r"\b20[12]\d\b")
    asked = [row for row in ROWS if len(years.findall(row["question"])) == 1]
    for row in asked:
        if years.search(row["question"]).group() not in " ".join(row["context"]):  # type: ignore[union-attr]
            assert row["answer"] is None, row
    assert any(row["answer"] is None for row in asked)


def test_a_number_may_depend_on_another_one() -> None:
    draw = random.Random(3)
    for _ in range(50):
        limit = choose("5..20/5", {}, {}, draw)
        above = choose("limit+1..limit+9", {}, {"limit": limit}, draw)
        assert int(str(limit)) % 5 == 0
        assert int(str(limit)) < int(str(above)) <= int(str(limit)) + 9


def test_what_is_not_in_a_list_is_not_in_it() -> None:
    draw = random.Random(3)
    slots = {"items": "2 of paint | oil | glass"}
    items = choose(slots["items"], slots, {}, draw)
    assert choose("one items", slots, {"items": items}, draw) in items
    assert choose("not items", slots, {"items": items}, draw) not in items


def test_a_careless_question_keeps_its_numbers() -> None:
    draw = random.Random(5)
    for _ in range(50):
        typed = careless("What does E21 mean on the Aroma 300?", draw)
        assert NUMBER.findall(typed) == ["21", "300"]


def test_a_table_is_asked_for_the_cell_of_its_row() -> None:
    draw = random.Random(2)
    section = next(one for one in read_sections("en") if one.header)
    filled = fill(section, draw)
    row = filled.rows[0]
    question, answer = filled.render(Ask("en", ("{row}?",), ("{cell}",), column=1), random.Random(0))
    asked = next(one for one in filled.rows if one[0] in question)
    assert answer == asked[1]
    assert f"{section.header[1]}: {row[1]}" in filled.text
