"""Question sets as training rows: short answers with a full stop, and refusals of near questions."""

from __future__ import annotations

import pytest

from samples.question_sets import Paragraph, as_answer, divide, question_rows

CAPITALS = {"Lisbon": "Portugal", "Madrid": "Spain", "Paris": "France", "Rome": "Italy", "Vienna": "Austria"}


def paragraphs(name: str = "xquad_en", language: str = "en") -> list[Paragraph]:
    return [
        Paragraph(
            f"{name}-{place}",
            language,
            f"{city} is the capital of {land}. It lies on a river.",
            ((f"What is the capital of {land}?", (city, f"{city} is the capital")), (f"Where is {city}?", (land,))),
        )
        for place, (city, land) in enumerate(CAPITALS.items())
    ]


@pytest.mark.parametrize(
    ("span", "answer"),
    [("1943", "1943."), ("the copper statue,", "The copper statue."), ("iPhone 6", "iPhone 6."), ("Who?", "Who?")],
)
def test_a_span_becomes_a_short_answer(span: str, answer: str) -> None:
    assert as_answer(span) == answer


def test_only_questions_without_an_answer_in_the_passages_are_refused() -> None:
    rows = question_rows(paragraphs(), 1)
    refused = [row for row in rows if row["answer"] is None]
    assert refused
    for row in refused:
        text = " ".join(row["context"])
        assert not any(city in text and land in row["question"] for city, land in CAPITALS.items())
        assert not any(land in text and city in row["question"] for city, land in CAPITALS.items())
    for row in rows:
        if row["answer"] is not None:
            assert row["answer"].rstrip(".") in " ".join(row["context"])


def test_rows_are_the_same_for_the_same_seed() -> None:
    assert question_rows(paragraphs(), 4) == question_rows(paragraphs(), 4)


def test_what_is_kept_out_is_never_learned() -> None:
    many = [Paragraph(f"xquad_en-{place // 5}", "en", f"Text {place}.", ()) for place in range(500)]
    learned, kept_out = divide(many)
    assert kept_out
    assert not {one.name for one in learned} & {one.name for one in kept_out}
