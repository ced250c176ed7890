"""The review step: the model reads its answer again; where it does not find it right, nothing is verified."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from app.chat.events import CitationEvent, TokenEvent
from app.chat.settings.service import AnsweringProfile
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.generate import GenerateStep, PartialAnswer
from app.chat.steps.judge import Judgement
from app.chat.steps.refuse import refuse
from app.chat.steps.review import REVIEW, YES
from app.domain.conversations import Doubt, RefusalPolicy, RefusalReason, Support
from app.embeddings.hashing import HashingEmbedder
from app.llm.base import AdapterRef, ContinuationScore, Delta, GenerationRequest, Judge, ScoreRequest
from app.llm.fake import FakeGenerator
from app.text.language import DEFAULT_LANGUAGE
from app.text.locales import get_locale
from app.text.refusals import refusal_text
from tests.unit.chat.passages import passage

TEXT = "A ticket costs twelve euros for adults."
POLICY = RefusalPolicy(answerable=0.3, sure=0.6)


class Reviewing(FakeGenerator):
    """Says "yes" to the review of its answer with this probability, and remembers what it was asked."""

    def __init__(self, right: float) -> None:
        super().__init__()
        self.right = right
        self.reviewed: list[str] = []

    async def score(self, request: ScoreRequest) -> list[ContinuationScore]:
        self.reviewed.append(self.tokenizer.decode(request.prompt))
        said = [self.tokenizer.decode(one) for one in request.continuations]
        return [ContinuationScore((math.log(self.right if reply == YES else 1 - self.right),)) for reply in said]


class Refusing(Reviewing):
    """Writes a refusal, whatever it is asked."""

    async def stream(self, _: GenerationRequest) -> AsyncGenerator[Delta, None]:
        yield Delta(refusal_text("nothing_relevant", "en"), 1)
        yield Delta("", 1, "stop")


async def reviewed(
    generator: FakeGenerator, tmp_path: Path, threshold: float | None, *, answerable: float = 0.9
) -> list[object]:
    """What is written over one passage that the model judged to hold the answer."""
    (tmp_path / "adapter_config.json").write_text("{}")
    judge = Judge(AdapterRef("acme", "grounded-qa", "1", str(tmp_path)), 0.3, 0.6, threshold)
    profile = AnsweringProfile("acme", policy=POLICY, judge=judge)
    request = AnswerRequest(profile, "request", "What does a ticket cost?", DEFAULT_LANGUAGE)
    step = GenerateStep(HashingEmbedder(), generator, timeout_s=60)
    judgement = Judgement([passage(TEXT)], answerable, "model")
    prepared = step.prepare(request, judgement, refuse(judgement, POLICY))
    return [event async for event in step.write(request, prepared)]


async def test_answer_that_the_model_finds_right_stays_verified(tmp_path) -> None:
    generator = Reviewing(0.8)
    *events, answer = await reviewed(generator, tmp_path, 0.5)
    assert isinstance(answer, PartialAnswer)
    assert [citation.verified for citation in answer.citations] == [True]
    assert answer.review is not None
    assert answer.review.probability == pytest.approx(0.8)
    assert sum(isinstance(event, CitationEvent) for event in events) == 1
    (asked,) = generator.reviewed
    assert TEXT in asked
    assert asked.endswith(REVIEW)


async def test_answer_that_the_model_does_not_find_right_is_not_verified(tmp_path) -> None:
    *events, answer = await reviewed(Reviewing(0.2), tmp_path, 0.5)
    assert isinstance(answer, PartialAnswer)
    (citation,) = answer.citations
    assert (citation.verified, citation.support, citation.reason) == (False, Support.SUPPORTED, Doubt.REVIEW)
    told = [event.citation for event in events if isinstance(event, CitationEvent)]
    assert told[-1] == citation  # the citation that was sent while streaming is sent again


async def test_model_that_was_not_trained_to_review_is_not_asked(tmp_path) -> None:
    generator = Reviewing(0.2)
    *_, answer = await reviewed(generator, tmp_path, None)
    assert isinstance(answer, PartialAnswer)
    assert [citation.verified for citation in answer.citations] == [True]
    assert (answer.review, generator.reviewed) == (None, [])


async def test_answer_from_doubtful_passages_is_shown_if_the_model_finds_it_right(tmp_path) -> None:
    *events, answer = await reviewed(Reviewing(0.8), tmp_path, 0.5, answerable=0.4)
    assert isinstance(answer, PartialAnswer)
    assert (answer.refusal_reason, answer.text) == (None, TEXT)
    assert "".join(event.text for event in events if isinstance(event, TokenEvent)) == TEXT


async def test_answer_from_doubtful_passages_is_not_shown_if_the_model_does_not_find_it_right(tmp_path) -> None:
    *events, answer = await reviewed(Reviewing(0.2), tmp_path, 0.5, answerable=0.4)
    assert isinstance(answer, PartialAnswer)
    assert (answer.refusal_reason, answer.citations) == (RefusalReason.UNSUPPORTED, [])
    assert [event.text for event in events if isinstance(event, TokenEvent)] == [answer.text]
    assert TEXT not in answer.text


async def test_quotation_in_the_place_of_an_answer_is_refused_if_the_model_does_not_find_it_right(tmp_path) -> None:
    generator = Refusing(0.2)
    *events, answer = await reviewed(generator, tmp_path, 0.5)
    assert isinstance(answer, PartialAnswer)
    assert (answer.refusal_reason, answer.citations) == (RefusalReason.NOTHING_RELEVANT, [])
    assert answer.text.endswith(get_locale("en").nearest.format(place="notes.txt"))
    assert not any(isinstance(event, CitationEvent) for event in events)
    (asked,) = generator.reviewed
    assert TEXT in asked.split("\x00")[-2]  # the quotation is what was reviewed


async def test_quotation_that_the_model_finds_right_is_the_answer(tmp_path) -> None:
    *_, answer = await reviewed(Refusing(0.8), tmp_path, 0.5)
    assert isinstance(answer, PartialAnswer)
    assert (answer.refusal_reason, TEXT in answer.text) == (None, True)
