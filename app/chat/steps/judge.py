"""The judge step: which of the passages found answer the question, and whether any does.

A model that was trained to refuse says how sure it is by the probability that it gives to a refusal. Each of the best
passages is put into a prompt of its own, and the refusal is scored behind all of them in one step. The passage over
which a refusal is least likely comes first, with the search's score as what was to be expected. The answer goes on from
its prompt, so that the judgement costs no prefill. An older edition of a passage that answers too is not answered from.

Where no adapter was trained to refuse on the base that is served, the rule decides: the confidence of the retrieval.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.editions import is_outdated
from app.chat.steps.prompt import build_prompt
from app.domain.passages import Passage
from app.llm.base import AdapterRef, Generator, ScoreRequest
from app.search.retriever import Retrieval
from app.text.refusals import refusal_text

JUDGED = 4  # passages that are judged, each alone
PRIOR = 10.0  # log-probability that a fused score of 1 is worth: 40 of 45 right passages first; judged alone 37
NEAR = 0.7  # a passage that is worth at most so much less than the best one is read too (log-probability)
MOST_READ = 2  # passages that the answer is written from
ANSWERS = math.log(0.5)  # log-probability of a refusal below which a passage holds an answer rather than none


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which passages to answer from, best first, and how likely they hold the answer."""

    passages: list[Passage]
    answerable: float  # probability, 0 to 1
    version: Literal["rule", "model"]
    seconds: float = 0.0
    refusals: tuple[float, ...] = ()  # the log-probability of a refusal over each judged passage alone
    beside: Sequence[Passage] = ()  # judged, and not answered from
    reason: str = ""  # why the rule decided where the settings ask for the model


def judge_by_retrieval(retrieval: Retrieval, reason: str = "") -> Judgement:
    """The rule version: the retrieval's confidence, and its passages in its order."""
    return Judgement(retrieval.passages, retrieval.confidence, "rule", reason=reason)


class JudgeStep:
    """Judges passages with the model. Thread-safe; it has no state of a request."""

    def __init__(self, generator: Generator, *, timeout_s: float) -> None:
        self._generator = generator
        self._timeout_s = timeout_s

    async def judge(self, request: AnswerRequest, adapter: AdapterRef, retrieval: Retrieval) -> Judgement:
        """Judge the best chunks that were found, by an adapter that was trained to refuse.

        Raises the errors of Generator.score.
        """
        if not retrieval.matched:
            return judge_by_retrieval(retrieval)
        started = time.perf_counter()
        candidates = retrieval.matched[:JUDGED]
        refusals = await asyncio.gather(*(self._refusal(request, adapter, one) for one in candidates))
        worth = [PRIOR * one.score - refusal for one, refusal in zip(candidates, refusals, strict=True)]
        answering = [one for one, refusal in zip(candidates, refusals, strict=True) if refusal < ANSWERS]
        outdated = [is_outdated(one, answering, request.question) for one in candidates]
        order = sorted(range(len(candidates)), key=lambda i: (outdated[i], -worth[i], i))
        near = [i for i in order if worth[i] >= worth[order[0]] - NEAR and not outdated[i]]
        read = [candidates[i] for i in near[:MOST_READ]]
        beside = [candidates[i] for i in order if candidates[i] not in read]
        seconds = time.perf_counter() - started
        return Judgement(read, 1 - math.exp(min(0.0, *refusals)), "model", seconds, tuple(refusals), beside)

    async def _refusal(self, request: AnswerRequest, adapter: AdapterRef, passage: Passage) -> float:
        """The log-probability of the service's refusal over this passage alone."""
        tokenizer = self._generator.tokenizer
        refusal = tuple(tokenizer.encode(refusal_text("nothing_relevant", request.language)))
        prompt = build_prompt(
            request.question,
            [passage],
            language=request.language,
            tokenizer=tokenizer,
            budget=self._generator.context_tokens - len(refusal),
            preamble=request.profile.preamble,
            earlier=request.earlier,
        )
        score = ScoreRequest(
            request.request_id,
            request.profile.tenant_id,
            prompt.token_ids,
            (refusal,),
            adapter,
            self._timeout_s,
            request.reserved,
        )
        return (await self._generator.score(score))[0].logprob
