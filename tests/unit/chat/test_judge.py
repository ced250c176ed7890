"""The judge step: the passage over which a refusal is least likely comes first, and decides whether to answer."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from app.chat.settings.service import AnsweringProfile
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.editions import is_outdated
from app.chat.steps.generate import GenerateStep
from app.chat.steps.judge import JUDGED, JudgeStep, judge_by_retrieval
from app.chat.steps.refuse import refuse
from app.domain.conversations import RefusalPolicy
from app.domain.documents import Chunk, LiveChunk
from app.domain.passages import Passage
from app.embeddings.hashing import HashingEmbedder
from app.errors import RateLimited
from app.llm.base import AdapterRef, ContinuationScore, Judge, ScoreRequest
from app.llm.fake import FakeGenerator
from app.search.retriever import Retrieval
from app.text.language import DEFAULT_LANGUAGE
from tests.unit.chat.passages import passage as passage_of

POLICY = RefusalPolicy(threshold=0.3, answerable=0.5)


class Refusing(FakeGenerator):
    """Gives a refusal the log-probability that stands in the passage: "refusal -2.5"."""

    async def score(self, request: ScoreRequest) -> list[ContinuationScore]:
        await super().score(request)  # its checks
        prompt = self.tokenizer.decode(request.prompt)
        logprob = float(prompt.split("refusal ")[1].split()[0])
        return [ContinuationScore((logprob,))]


def passage(logprob: float, number: int) -> Passage:
    text = f"refusal {logprob} \nText {number}."
    chunk = Chunk(0, text, "", None, None, 0, len(text), 20, id=number, document_id="doc_1", version=1)
    return Passage(LiveChunk(chunk, "a.txt", "default", {}), 0.9 - number / 1000, 0.9, 1.0)


def retrieval(*logprobs: float, confidence: float = 0.1) -> Retrieval:
    passages = [passage(logprob, number) for number, logprob in enumerate(logprobs)]
    return Retrieval(passages, confidence, {}, passages)


def judge(tmp_path) -> AdapterRef:
    (tmp_path / "adapter_config.json").write_text("{}")
    return AdapterRef("acme", "grounded-qa", "1", str(tmp_path))


def request(*, reserved: bool = False) -> AnswerRequest:
    return AnswerRequest(AnsweringProfile("acme"), "request", "When?", DEFAULT_LANGUAGE, reserved=reserved)


async def test_passage_whose_refusal_is_least_likely_comes_first(tmp_path) -> None:
    judgement = await JudgeStep(Refusing(), timeout_s=60).judge(request(), judge(tmp_path), retrieval(-0.5, -4.0, -0.1))
    assert [one.live.chunk.id for one in judgement.passages] == [1]
    assert judgement.answerable == pytest.approx(1 - math.exp(-4.0))
    assert judgement.refusals == (-0.5, -4.0, -0.1)
    assert refuse(judgement, POLICY).reason is None  # whatever the retrieval's confidence


async def test_passages_that_answer_about_as_well_are_read_together(tmp_path) -> None:
    judgement = await JudgeStep(Refusing(), timeout_s=60).judge(
        request(), judge(tmp_path), retrieval(-3.0, -0.1, -3.4, -3.2)
    )
    assert [one.live.chunk.id for one in judgement.passages] == [2, 3]


async def test_search_decides_between_passages_that_answer_about_as_well(tmp_path) -> None:
    found = retrieval(-1.0, -2.0)
    ahead = replace(found.matched[0], score=1.0)
    behind = replace(found.matched[1], score=0.5)
    judged = replace(found, matched=[ahead, behind])
    judgement = await JudgeStep(Refusing(), timeout_s=60).judge(request(), judge(tmp_path), judged)
    assert [one.live.chunk.id for one in judgement.passages] == [0]
    assert judgement.answerable == pytest.approx(1 - math.exp(-2.0))  # some passage answers: how likely that is


async def test_question_is_refused_if_a_refusal_is_likely_over_every_passage(tmp_path) -> None:
    found = retrieval(-0.3, -0.2, confidence=0.9)
    judgement = await JudgeStep(Refusing(), timeout_s=60).judge(request(), judge(tmp_path), found)
    assert refuse(judgement, POLICY).reason == "nothing_relevant"


async def test_answer_is_written_from_the_judged_passages_whatever_the_search_thought_of_them(tmp_path) -> None:
    generator = Refusing()
    found = retrieval(-0.1, -5.6)
    judged = replace(found, matched=[replace(found.matched[0], score=0.7), replace(found.matched[1], score=0.2)])
    step = GenerateStep(HashingEmbedder(), generator, timeout_s=60)
    profile = AnsweringProfile("acme", policy=POLICY, judge=Judge(judge(tmp_path), 0.5))
    answering = AnswerRequest(profile, "request", "When?", DEFAULT_LANGUAGE)
    judgement = await step.judge(answering, judged)
    prepared = step.prepare(answering, judgement, refuse(judgement, POLICY))
    assert prepared.prompt is not None
    assert [one.live.chunk.id for one in prepared.prompt.passages] == [1, 0]


@pytest.mark.parametrize(
    ("question", "newer", "read"),
    [
        ("How much is the allowance?", -2.0, [1]),
        ("How much was the allowance in 2023?", -2.0, [0]),
        ("How much is the allowance?", -0.2, [0]),  # the newer one says nothing of it
    ],
)
async def test_older_edition_is_not_answered_from(tmp_path, question: str, newer: float, read: list[int]) -> None:
    found = retrieval(-4.0, newer)
    editions = [
        replace(
            one, live=replace(one.live, filename=f"policy-{year}.md", chunk=replace(one.live.chunk, document_id=year))
        )
        for one, year in zip(found.matched, ("2023", "2025"), strict=True)
    ]
    asked = replace(request(), question=question)
    judgement = await JudgeStep(Refusing(), timeout_s=60).judge(
        asked, judge(tmp_path), replace(found, matched=editions)
    )
    assert [one.live.chunk.id for one in judgement.passages] == read
    assert len(judgement.beside) == 1


def test_edition_is_told_by_its_headings_or_file_name_and_by_its_words() -> None:
    old = passage_of("The daily allowance is 45 euros.", heading="Policy of 2023 > Allowance", number=1)
    new = passage_of("The daily allowance is 58 euros.", heading="Policy of 2025 > Allowance", number=2)
    other = passage_of("Hotels cost up to 150 euros a night.", heading="Policy of 2025 > Hotels", number=3)
    undated = passage_of("The daily allowance is 58 euros.", heading="Allowance", number=4)
    same = passage_of("The daily allowance is 58 euros.", heading="Policy of 2025", number=1)
    assert is_outdated(old, [new], "what is the daily allowance?")
    assert not is_outdated(new, [old], "what is the daily allowance?")
    for beside in (other, undated, same):
        assert not is_outdated(old, [beside], "what is the daily allowance?")
    assert not is_outdated(undated, [new], "what is the daily allowance?")


async def test_only_the_best_passages_of_the_search_are_judged(tmp_path) -> None:
    found = retrieval(*[-0.1] * JUDGED, -9.0)
    judgement = await JudgeStep(Refusing(), timeout_s=60).judge(request(), judge(tmp_path), found)
    assert len(judgement.refusals) == JUDGED


async def test_question_that_holds_its_place_is_judged_although_the_tenant_is_at_its_limit(tmp_path) -> None:
    generator = Refusing(tenant_queue_size=1)
    with generator.reserve("acme"):
        adapter = judge(tmp_path)
        with pytest.raises(RateLimited):
            await JudgeStep(generator, timeout_s=60).judge(request(), adapter, retrieval(-1.0))
        asked = request(reserved=True)
        judgement = await JudgeStep(generator, timeout_s=60).judge(asked, adapter, retrieval(-1.0, -2.0))
    assert judgement.version == "model"


def test_without_a_judge_the_confidence_of_the_retrieval_decides() -> None:
    assert refuse(judge_by_retrieval(retrieval(-9.0, confidence=0.2)), POLICY).reason == "nothing_relevant"
    assert refuse(judge_by_retrieval(retrieval(-0.1, confidence=0.9)), POLICY).reason is None
    assert refuse(judge_by_retrieval(retrieval()), POLICY).reason == "no_documents"
