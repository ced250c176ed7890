"""Which words stand in a negated clause."""

from __future__ import annotations

import pytest

from app.text.polarity import negated_stems


def negated(text: str, language: str = "en") -> set[str]:
    return {stem for stem, senses in negated_stems(text, language).items() if senses == {True}}


def test_negation_holds_for_its_own_clause() -> None:
    found = negated("Bikes are allowed in the yard but not in the hall.")
    assert "hall" in found
    assert not {"bikes", "yard"} & found
    found = negated("Visitors must sign in and may not enter the lab.")
    assert "lab" in found
    assert "sign" not in found
    assert {"scratc", "dents"} <= negated("Scratches and dents are excluded, and so is rust.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lift isn't open.", "en"),
        ("The lift is closed.", "en"),
        ("Nobody may use the lift.", "en"),
        ("É proibido usar o elevador.", "pt"),
        ("Não há nenhum elevador.", "pt"),  # two negations in one clause are one
        ("Der Aufzug ist nicht offen.", "de"),
        ("El ascensor está cerrado.", "es"),
        ("L'ascenseur n'est pas ouvert.", "fr"),
        ("L'ascensore è vietato.", "it"),
    ],
)
def test_negated_sentences(text: str, language: str) -> None:
    assert negated(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hand it in no later than Friday.", "en"),
        ("It is not forbidden.", "en"),
        ("O elevador fica no pátio.", "pt"),  # "no" is no negation in Portuguese
        ("Das kostet nicht mehr als 5 Euro.", "de"),
    ],
)
def test_sentences_that_negate_nothing(text: str, language: str) -> None:
    assert negated(text, language) == set()
