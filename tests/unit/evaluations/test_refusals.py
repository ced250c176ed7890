"""Refusals are told from answers."""

from __future__ import annotations

import pytest

from app.evaluations.retention_probe import RETENTION_PROMPTS, completes_correctly
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
        "The text doesn’t mention when he was born.",
        "Os trechos nao mencionam essa data.",
        "Sorry. I cannot find the answer.",
        "Unfortunately, the passages do not say.",
        "Infelizmente, o documento não fornece essa informação.",
        "The answer cannot be determined from the passages.",
        "The documents do not contain an answer. " + "They describe the museum at great length. " * 10,
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
        "The museum opens at ten. The text does not say when it closes.",
        "1943. The passages do not say more.",
        "O museu abre às dez. O texto não diz quando fecha.",
        "Penguins are not found in the Arctic.",
        "The court could not determine the cause.",
    ],
)
def test_answers_are_not(text: str) -> None:
    assert not is_refusal(text)


def test_probe_prompts_are_different_and_their_answers_are_words() -> None:
    assert len({prompt for prompt, _ in RETENTION_PROMPTS}) == len(RETENTION_PROMPTS) >= 60
    for prompt, answers in RETENTION_PROMPTS:
        assert completes_correctly(f" {answers[0]}. And so on", answers), prompt
        assert not completes_correctly(" something else", answers)
