"""The rephrase step: what is certain is done on the text; what a model writes is shown only if it invents nothing."""

from __future__ import annotations

import pytest

from app.chat.settings.service import AnsweringProfile
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.cited_text import CitedText
from app.chat.steps.previous_answer import PreviousAnswer, standing_citations, without_note
from app.chat.steps.rephrase import RephraseStep, Spent
from app.domain.conversations import Citation, Turn
from app.embeddings.hashing import HashingEmbedder
from app.text.language import DEFAULT_LANGUAGE
from app.text.locales import get_locale
from tests.unit.chat.test_generate import Saying

TEXT = "A ticket costs 12 euros. The shop is closed on Mondays."
ONE = "Bring a towel, clean shoes and 2 litres of water."


def citation(text: str, quote: str, index: int = 1) -> Citation:
    start = text.index(quote)
    return Citation(
        index,
        "chk_7",
        "doc_1",
        "a.txt",
        1,
        quote,
        start,
        start + len(quote),
        None,
        None,
        10,
        10 + len(quote),
        0.9,
        True,
    )


def previous(text: str = TEXT, *quotes: str) -> PreviousAnswer:
    found = quotes or ("A ticket costs 12 euros.", "The shop is closed on Mondays.")
    citations = [citation(text, quote, place) for place, quote in enumerate(found, 1)]
    return PreviousAnswer("What does a ticket cost?", text, citations)


async def rephrased(kind: str, answer: PreviousAnswer, says: str, target: str = "") -> tuple[CitedText, Spent]:
    """The answer if the model says `says` to whatever it is asked."""
    text, spent = CitedText(), Spent()
    step = RephraseStep(HashingEmbedder(), Saying(says), timeout_s=60)
    request = AnswerRequest(AnsweringProfile("acme"), "request", "again", DEFAULT_LANGUAGE)
    pieces = [piece async for piece in step.write(request, kind, target, answer, text, spent)]
    assert len(pieces) >= len(text.citations)
    return text, spent


async def test_shorter_answer_has_the_sentence_asked_about_without_a_model_call() -> None:
    text, spent = await rephrased("shorter", previous(), "anything")
    assert text.text == "A ticket costs 12 euros."
    assert [(one.index, one.quote, one.start, one.end) for one in text.citations] == [(1, text.text, 0, len(text.text))]
    assert spent.completion_tokens == 0


async def test_list_keeps_its_lead_and_loses_items() -> None:
    listed = "The rules:\n- A ticket costs 12 euros.\n- The shop is closed on Mondays."
    text, _ = await rephrased("shorter", previous(listed), "anything")
    assert text.text == "The rules:\n- A ticket costs 12 euros."


async def test_models_list_is_cited_from_the_same_quotes() -> None:
    text, spent = await rephrased("bullets", previous(ONE, ONE), "- a towel\n- clean shoes\n- 2 litres of water")
    assert text.text == "- a towel\n- clean shoes\n- 2 litres of water"
    assert {one.quote for one in text.citations} == {ONE}
    assert spent.completion_tokens > 0


@pytest.mark.parametrize("invented", ["- a towel\n- 5 litres of water", "- helmets\n- ropes\n- gloves and maps", ""])
async def test_list_with_inventions_is_not_shown(invented: str) -> None:
    text, _ = await rephrased("bullets", previous(TEXT), invented)
    assert text.text == "- A ticket costs 12 euros.\n- The shop is closed on Mondays."
    assert len(text.citations) == 2


async def test_text_that_is_no_shorter_is_not_shown() -> None:
    text, _ = await rephrased("shorter", previous(ONE, ONE), ONE.replace("Bring", "Please do bring"))
    assert text.text == ONE


async def test_translation_keeps_citations_that_are_not_verified() -> None:
    answer = previous("A ticket costs 12 euros.", "A ticket costs 12 euros.")
    text, _ = await rephrased("translate", answer, "Um ingresso custa 12 euros para adultos.", "pt")
    assert text.text == "Um ingresso custa 12 euros para adultos."
    assert [(one.quote, one.verified) for one in text.citations] == [("A ticket costs 12 euros.", False)]
    assert text.citations[0].reason == "other_language"


@pytest.mark.parametrize(
    "wrong", ["Um ingresso custa 21 euros.", "A ticket costs 12 euros.", "It costs 12 euros for all."]
)
async def test_wrong_figure_or_language_is_no_translation(wrong: str) -> None:
    answer = previous("A ticket costs 12 euros.", "A ticket costs 12 euros.")
    text, _ = await rephrased("translate", answer, wrong, "pt")
    note = get_locale("en").dialogue.replies["untranslated"]
    assert text.text == f"A ticket costs 12 euros.\n\n{note}"
    assert text.citations[0].verified
    assert without_note(text.text) == "A ticket costs 12 euros."


async def test_answer_in_the_language_asked_for_is_repeated() -> None:
    text, spent = await rephrased("translate", previous(), "anything", "en")
    assert (text.text, spent.completion_tokens) == (TEXT, 0)


def test_citations_of_deleted_documents_do_not_stand() -> None:
    stored = {name: getattr(citation(TEXT, TEXT), name) for name in Citation.__dataclass_fields__}
    turn = Turn("turn_1", "conv_1", "?", TEXT, {"citations": [stored, {**stored, "document_id": "doc_2", "more": 1}]})
    assert [one.document_id for one in standing_citations(turn, {"doc_2"})] == ["doc_2"]
