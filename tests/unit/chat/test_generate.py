"""The generate step: a doubtful answer is shown only if a passage supports it."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from app.chat.events import CitationEvent, TokenEvent
from app.chat.settings.service import AnsweringProfile
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.generate import GenerateStep, PartialAnswer
from app.chat.steps.judge import Judgement
from app.chat.steps.refuse import refuse
from app.domain.conversations import RefusalPolicy
from app.domain.documents import Chunk, LiveChunk
from app.domain.passages import Passage
from app.embeddings.hashing import HashingEmbedder
from app.llm.base import Delta, GenerationRequest
from app.llm.fake import FakeGenerator
from app.search.retriever import Retrieval
from app.text.language import DEFAULT_LANGUAGE
from app.text.locales import get_locale
from app.text.refusals import refusal_text

QUESTION = "What does a ticket cost?"
TEXT = "The museum opens at ten in the morning. A ticket costs twelve euros for adults."
SUPPORTED = "A ticket costs twelve euros for adults."
STRANGE = "Penguins live in Antarctica."
POLICY = RefusalPolicy(threshold=0.3, doubt=0.1)
DOUBTFUL, SURE = 0.35, 0.45  # confidences


class Saying(FakeGenerator):
    """A generator that says one text, whatever it is asked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        for count, word in enumerate(self.text.split(" ")[: request.sampling.max_tokens], 1):
            yield Delta(word if count == 1 else f" {word}", count)
        yield Delta("", count, "stop")


async def answered(text: str, confidence: float) -> tuple[PartialAnswer, list[str], int]:
    """The answer if the model writes this text, and what was sent of it: pieces of text, number of citations."""
    chunk = Chunk(0, TEXT, "", None, None, 0, len(TEXT), 20, id=1, document_id="doc_1", version=1)
    passages = [Passage(LiveChunk(chunk, "a.txt", "default", {}), 0.8, 0.9, 1.0)]
    retrieval = Retrieval(passages, confidence, {}, passages)
    step = GenerateStep(HashingEmbedder(), Saying(text), timeout_s=60)
    request = AnswerRequest(AnsweringProfile("acme", policy=POLICY), "request", QUESTION, DEFAULT_LANGUAGE)
    judgement = await step.judge(request, retrieval)
    prepared = step.prepare(request, judgement, refuse(judgement, POLICY))
    *events, answer = [event async for event in step.write(request, prepared)]
    assert isinstance(answer, PartialAnswer)
    pieces = [event.text for event in events if isinstance(event, TokenEvent)]
    return answer, pieces, sum(isinstance(event, CitationEvent) for event in events)


async def test_doubtful_answer_that_no_passage_supports_becomes_a_refusal() -> None:
    answer, pieces, citations = await answered(STRANGE, DOUBTFUL)
    assert answer.refusal_reason == "unsupported"
    assert pieces == [answer.text] == [refusal_text("unsupported", "en")]  # not a word of the answer was shown
    assert (answer.citations, answer.unsupported, citations) == ([], [], 0)


async def test_doubtful_answer_that_a_passage_supports_is_shown_with_its_citation() -> None:
    answer, pieces, citations = await answered(SUPPORTED, DOUBTFUL)
    assert answer.refusal_reason is None
    assert "".join(pieces) == answer.text == SUPPORTED
    assert ([citation.quote for citation in answer.citations], citations) == ([SUPPORTED], 1)


async def test_answer_given_without_doubt_is_not_withdrawn() -> None:
    answer, pieces, _ = await answered(STRANGE, SURE)
    assert answer.refusal_reason is None
    assert "".join(pieces).startswith(f"{STRANGE}\n\n{get_locale('en').quote_lead}")


async def test_answer_says_that_another_document_says_otherwise() -> None:
    def found(number: int, filename: str, text: str) -> Passage:
        chunk = Chunk(0, text, "", None, None, 0, len(text), 20, id=number, document_id=f"doc_{number}", version=1)
        return Passage(LiveChunk(chunk, filename, "default", {}), 0.8, 0.9, 1.0)

    read = found(1, "trips-2022.md", "A night in a hotel is paid up to 110 euros.")
    other = found(2, "trips-2025.md", "A night in a hotel is paid up to 140 euros.")
    step = GenerateStep(HashingEmbedder(), Saying("A night in a hotel is paid up to 110 euros."), timeout_s=60)
    profile = AnsweringProfile("acme", policy=POLICY)
    request = AnswerRequest(profile, "request", "What is paid for a night in a hotel?", DEFAULT_LANGUAGE)
    judgement = Judgement([read], 0.9, "model", beside=[other])
    prepared = step.prepare(request, judgement, refuse(judgement, POLICY))
    answer = await step.answer(request, prepared)
    assert answer.text.endswith("\n\ntrips-2025.md says otherwise: “A night in a hotel is paid up to 140 euros.”")
    assert [citation.verified for citation in answer.citations] == [False]


@pytest.mark.parametrize("opening", ["", "No, ", "Yes, ", "No. "])
async def test_own_refusal_of_a_model_that_was_judged_to_know_is_never_shown(opening: str) -> None:
    chunk = Chunk(0, TEXT, "", None, None, 0, len(TEXT), 20, id=1, document_id="doc_1", version=1)
    found = Passage(LiveChunk(chunk, "a.txt", "default", {}), 0.8, 0.9, 1.0)
    refusal = refusal_text("nothing_relevant", "en")
    said = f"{opening}{refusal[0].lower() if opening else refusal[0]}{refusal[1:]}"
    step = GenerateStep(HashingEmbedder(), Saying(said), timeout_s=60)
    request = AnswerRequest(AnsweringProfile("acme", policy=POLICY), "request", QUESTION, DEFAULT_LANGUAGE)
    judgement = Judgement([found], 0.9, "model")
    prepared = step.prepare(request, judgement, refuse(judgement, POLICY))
    *events, answer = [event async for event in step.write(request, prepared)]
    assert isinstance(answer, PartialAnswer)
    shown = "".join(event.text for event in events if isinstance(event, TokenEvent))
    assert shown == answer.text == f"{get_locale('en').quote_lead} “{SUPPORTED}”"
    assert [(one.verified, one.reason) for one in answer.citations] == [(False, "weak_support")]


async def test_answer_that_begins_with_yes_or_no_is_shown() -> None:
    answer, pieces, _ = await answered("Yes, a ticket costs twelve euros for adults.", SURE)
    assert "".join(pieces) == answer.text == "Yes, a ticket costs twelve euros for adults."


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Yes, rabbits are fasted before an operation.", f"{get_locale('en').quote_lead} “Rabbits are never fasted.”"),
        ("No, rabbits are never fasted.", "No, rabbits are never fasted."),
    ],
)
async def test_yes_or_no_that_its_source_denies_gives_way_to_the_source(said: str, shown: str) -> None:
    text = "Rabbits are never fasted. Dogs and cats eat nothing after ten in the evening."
    chunk = Chunk(0, text, "", None, None, 0, len(text), 20, id=1, document_id="doc_1", version=1)
    found = Passage(LiveChunk(chunk, "a.txt", "default", {}), 0.8, 0.9, 1.0)
    step = GenerateStep(HashingEmbedder(), Saying(said), timeout_s=60)
    profile = AnsweringProfile("acme", policy=POLICY)
    request = AnswerRequest(profile, "request", "Are rabbits fasted before an operation?", DEFAULT_LANGUAGE)
    judgement = Judgement([found], 0.9, "model")
    prepared = step.prepare(request, judgement, refuse(judgement, POLICY))
    *events, answer = [event async for event in step.write(request, prepared)]
    assert isinstance(answer, PartialAnswer)
    assert "".join(event.text for event in events if isinstance(event, TokenEvent)) == answer.text == shown
    cited = [event.citation for event in events if isinstance(event, CitationEvent)]
    assert cited == answer.citations
    assert [one.quote for one in cited] == ["Rabbits are never fasted."]
    assert answer.text[cited[0].start : cited[0].end] in {said, "Rabbits are never fasted."}
