"""Refusals are told from answers."""

from __future__ import annotations

import pytest

from app.evaluation.probe import CLOZES, continues_rightly
from app.text.locales import LOCALES
from app.text.refusals import is_refusal


@pytest.mark.parametrize("text", [text for locale in LOCALES.values() for text in locale.refusals.values()])
def test_the_services_own_sentences_are_refusals(text: str) -> None:
    assert is_refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "The passages do not contain an answer to this question.",
        "The text does not mention when he was born.",
        "I cannot answer this from the passages.",
        "This is not mentioned in the document.",
        "Os trechos não mencionam essa data.",
        "Não consigo responder com os trechos.",
    ],
)
def test_refusals_in_other_words_are_refusals(text: str) -> None:
    assert is_refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1943",
        "He did not attend the school.",
        "The treaty does not apply to islands.",
        "Não",
        "Em 7 de janeiro de 1943.",
        "The museum opens at ten.",
    ],
)
def test_answers_are_not(text: str) -> None:
    assert not is_refusal(text)


def test_probe_prompts_are_different_and_their_answers_are_words() -> None:
    assert len({prompt for prompt, _ in CLOZES}) == len(CLOZES) >= 60
    for prompt, answers in CLOZES:
        assert continues_rightly(f" {answers[0]}. And so on", answers), prompt
        assert not continues_rightly(" something else", answers)
