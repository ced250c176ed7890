"""Clozes: a sentence with its most telling words left out, in its own language."""

from __future__ import annotations

import pytest

from app.training.cloze import GAP, generate_clozes


@pytest.mark.parametrize(
    ("text", "answer", "language"),
    [
        ("The reading room of the museum opens at 9.30 in the morning, all year.", "9.30", "en"),
        ("In the harbour museum the permanent collection of Ada Lovelace may be seen.", "Ada Lovelace", "en"),
        ("O prazo de entrega dos relatórios do estágio é de 30 dias corridos para todos.", "30 dias", "pt"),
        ("borrowed books must be returned to the desk before the very last day ends", "very last day ends", "en"),
    ],
)
def test_the_most_telling_words_are_asked_for(text: str, answer: str, language: str) -> None:
    (cloze,) = generate_clozes(text)
    assert cloze.language == language
    assert cloze.answer.startswith(answer)
    assert cloze.answer in text
    assert cloze.answer not in cloze.question
    assert GAP in cloze.question


def test_headings_and_walls_of_text_are_passed_over() -> None:
    assert list(generate_clozes("Opening hours")) == []
    assert list(generate_clozes("word " * 200)) == []


def test_words_that_stand_twice_are_not_left_out() -> None:
    found = list(generate_clozes("The price of 12 coins for a ticket is 12 coins for everybody, rich or poor."))
    assert all(cloze.answer != "12 coins" for cloze in found)
