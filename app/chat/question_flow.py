"""The flow of a question: retrieve passages, judge them, refuse or generate a cited answer."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from anyio.to_thread import run_sync

from app.chat.events import Event, RetrievalEvent
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.generate import GenerateStep, PartialAnswer
from app.chat.steps.judge import Judgement
from app.chat.steps.prompt import EarlierTurn
from app.chat.steps.refuse import RefusalDecision, refuse
from app.chat.steps.retrieve import Found, retrieve_in_conversation
from app.domain.conversations import RefusalReason, StepTrace
from app.search.filters import EVERYWHERE, Restriction
from app.search.retriever import Retrieval, Retriever

LONGEST_EARLIER_ANSWER = 300  # characters of an earlier answer that the model sees
EARLIER_SEEN = 2  # turns before a follow-up that the model sees


@dataclass(frozen=True, slots=True)
class FlowResult:
    """The end of a flow: the whole answer, what it rests on, and what the steps did."""

    answer: PartialAnswer
    retrieval: Retrieval
    searched: str  # what was searched for: a follow-up is made to stand alone
    trace: list[StepTrace] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)  # seconds, of the steps before the answer

    @property
    def ttft_s(self) -> float:
        """Seconds of the model until the first token: the judgement, which computes the prompt, and the rest of it."""
        return self.timings.get("judge_s", 0.0) + self.answer.ttft_s


class QuestionFlow:
    """Answers questions from passages. Thread-safe; it has no state of a request."""

    def __init__(
        self, retriever: Retriever, step: GenerateStep, is_reading: Callable[[str, Restriction], bool]
    ) -> None:
        """`is_reading`: whether documents of a tenant, so restricted, are still on their way."""
        self._retriever = retriever
        self._step = step
        self._is_reading = is_reading

    async def run(
        self,
        request: AnswerRequest,
        turns: Sequence[EarlierTurn],
        *,
        k: int,
        restriction: Restriction = EVERYWHERE,
    ) -> AsyncGenerator[Event | FlowResult, None]:
        """Yield the events of the answer, and the FlowResult last. `turns` are the conversation's, oldest first.

        Raises as ChatService.stream does.
        """
        found = await run_sync(self._retrieve, request, turns, k, restriction)
        if found.goes_on:
            request = replace(request, earlier=_seen(turns))
        judgement = await self._step.judge(request, found.retrieval)
        decision = refuse(judgement, request.profile.policy)
        nothing_found = decision.reason == RefusalReason.NO_DOCUMENTS
        if nothing_found and await run_sync(self._is_reading, request.profile.tenant_id, restriction):
            decision = RefusalDecision(RefusalReason.NOT_READY)
        partial = await run_sync(self._step.prepare, request, judgement, decision)
        yield RetrievalEvent(found.retrieval.passages)
        async with aclosing(self._step.write(request, partial)) as pieces:
            async for piece in pieces:
                if isinstance(piece, PartialAnswer):
                    partial = piece
                else:
                    yield piece
        trace = [*_search_trace(found, judgement), *_answer_trace(partial)]
        timings = {**found.retrieval.timings, "judge_s": judgement.seconds}
        yield FlowResult(partial, found.retrieval, found.searched, trace, timings)

    def _retrieve(
        self, request: AnswerRequest, turns: Sequence[EarlierTurn], k: int, restriction: Restriction
    ) -> Found:
        return retrieve_in_conversation(
            self._retriever,
            request.profile,
            request.question,
            [turn.question for turn in turns],
            k=k,
            restriction=restriction,
        )


def _seen(turns: Sequence[EarlierTurn]) -> list[EarlierTurn]:
    """The last turns, with answers short enough for a prompt."""
    return [EarlierTurn(turn.question, turn.answer[:LONGEST_EARLIER_ANSWER]) for turn in turns[-EARLIER_SEEN:]]


def _search_trace(found: Found, judgement: Judgement) -> list[StepTrace]:
    timings = found.retrieval.timings
    chosen: dict[str, Any] = {
        "passages": [one.chunk_id for one in judgement.passages],
        "answerable": round(judgement.answerable, 4),
    }
    if judgement.reason:
        chosen["reason"] = judgement.reason
    return [
        StepTrace("rewrite", "rule", 0.0, {"searched": found.searched, "goes_on": found.goes_on}),
        StepTrace(
            "retrieve",
            "rule",
            sum(timings.values()),
            {
                "passages": [one.chunk_id for one in found.retrieval.matched],
                "confidence": round(found.retrieval.confidence, 4),
            },
        ),
        StepTrace("judge", judgement.version, judgement.seconds, chosen),
    ]


def _answer_trace(partial: PartialAnswer) -> list[StepTrace]:
    version: Literal["rule", "model"] = "rule" if partial.prompt is None else "model"
    trace = [StepTrace("generate", version, sum(partial.timings.values()), {"tokens": partial.completion_tokens})]
    if partial.review is not None:
        right = round(partial.review.probability, 4)
        trace.append(StepTrace("review", "model", partial.review.seconds, {"right": right}))
    return trace
