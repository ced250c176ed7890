"""The record of an answer: a whole one from the result of its flow, one that was cut short from what was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.chat.direct_answers import RoutedMessage
from app.chat.events import CitationEvent, Event, RetrievalEvent, TokenEvent
from app.chat.question_flow import FlowResult
from app.chat.steps.answer_request import AnswerRequest
from app.domain.conversations import (
    AdapterUsed,
    ChatAnswer,
    Citation,
    ContextUsage,
    StepTrace,
    TurnStatus,
    Usage,
)


@dataclass(frozen=True, slots=True)
class TurnIds:
    """What a turn is known by from its first event on."""

    turn_id: str
    conversation_id: str  # "" if the client keeps the conversation itself
    is_new: bool = False  # the conversation is to be created


def whole_answer(ids: TurnIds, request: AnswerRequest, result: FlowResult, *, total_s: float) -> ChatAnswer:
    """The answer that a flow gave, in `total_s` seconds."""
    retrieval, partial = result.retrieval, result.answer
    found, prompt = len(retrieval.passages), partial.prompt
    refused = partial.refusal_reason is not None
    return ChatAnswer(
        id=ids.turn_id,
        conversation_id=ids.conversation_id,
        question=result.searched,
        answer=partial.text,
        citations=partial.citations,
        unsupported=partial.unsupported,
        refused=refused,
        refusal_reason=partial.refusal_reason,
        closest=retrieval.passages if refused else [],
        adapter=adapter_used(request),
        usage=Usage(
            prompt_tokens=len(prompt.token_ids) if prompt is not None else 0,
            completion_tokens=partial.completion_tokens,
            context=prompt.context if prompt is not None else ContextUsage(found, 0, found),
        ),
        timings={**result.timings, **partial.timings, "ttft_s": result.ttft_s, "total_s": total_s},
        finish_reason=partial.finish_reason,
        trace=result.trace,
        logprobs=partial.logprobs,
    )


def with_route(answer: ChatAnswer, asked: RoutedMessage, seconds: float) -> ChatAnswer:
    """The answer with its route, which was found in `seconds`."""
    step = StepTrace("route", "rule", seconds, {"route": asked.routed.route, "kind": asked.routed.kind})
    timings: Mapping[str, float] = {**answer.timings, "route_s": seconds}
    return replace(answer, route=asked.routed.route, trace=[step, *answer.trace], timings=timings)


def adapter_used(request: AnswerRequest) -> AdapterUsed | None:
    adapter = request.adapter
    return AdapterUsed(adapter.name, adapter.version) if adapter is not None else None


class ShownAnswer:
    """What a client was shown of an answer so far: the record of one that does not come to its end."""

    def __init__(self, question: str, first: RetrievalEvent) -> None:
        self._question = question
        self._first = first
        self._pieces: list[str] = []
        self._citations: dict[tuple[int, int], Citation] = {}  # by sentence: one may be cited again

    def add(self, event: Event) -> None:
        match event:
            case TokenEvent(text):
                self._pieces.append(text)
            case CitationEvent(citation):
                self._citations[citation.start, citation.end] = citation

    def record(self, status: TurnStatus) -> ChatAnswer:
        """The answer as it was shown. Its tokens are counted by the pieces of text, as each is about one."""
        first, found = self._first, len(self._first.passages)
        return ChatAnswer(
            id=first.turn_id,
            conversation_id=first.conversation_id,
            question=self._question,
            answer="".join(self._pieces),
            citations=list(self._citations.values()),
            unsupported=[],
            refused=False,
            refusal_reason=None,
            closest=[],
            adapter=first.adapter,
            usage=Usage(0, len(self._pieces), ContextUsage(found, 0, found)),
            timings={},
            finish_reason="stopped",
            route=first.route,
            status=status,
        )
