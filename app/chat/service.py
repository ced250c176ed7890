"""Chat: route a message, answer it by the flow of its route, save the turn."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, field, replace
from typing import Any

from anyio.to_thread import run_sync

from app.adapters.deployments.service import DeploymentService
from app.chat.answer_record import TurnIds, adapter_used, whole_answer, with_route
from app.chat.direct_answers import DirectAnswers, RoutedMessage
from app.chat.events import DoneEvent, Event, RetrievalEvent, TokenEvent
from app.chat.question_flow import FlowResult, QuestionFlow
from app.chat.settings.service import ChatSettingsService
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.generate import GenerateStep
from app.chat.steps.prompt import EarlierTurn
from app.chat.turn_history import AskedMessage, TurnHistory
from app.domain.conversations import ChatAnswer, Fork, RefusalReason, Turn
from app.errors import InvalidRequest
from app.llm.base import AdapterRef, Generator, Sampling
from app.metering.meter import assign_user, check_tokens
from app.observability import Metrics
from app.precedence import going_first
from app.search.filters import EVERYWHERE, Restriction
from app.search.retriever import Retriever
from app.storage.database import Database
from app.storage.ids import new_id
from app.text.language import Language, detect_language
from app.text.refusals import is_refusal

USUAL_ANSWER_TOKENS = 256  # most that an answer gets if the request does not say
EARLIER_TURNS = 4  # of the conversation, that a rewrite reads


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a user asks it."""

    message: str
    request_id: str
    conversation_id: str | None = None
    adapter: str | None = None  # "name", "name@version" or "base"; None: the tenant's active adapter
    restriction: Restriction = EVERYWHERE
    k: int | None = None  # passages to find; None: the service's default
    language: Language | None = None  # of the answer; None: the question's
    max_tokens: int | None = None  # of the answer; None: as many as it needs
    sampling: Sampling = field(default_factory=Sampling)
    user: str | None = None  # end user who asks, and sees only conversations of their own; None: those of all
    turns: Sequence[EarlierTurn] | None = None  # so far, which the client keeps: then nothing is saved
    fork: Fork | None = None  # where the branch of a further version of a turn begins
    options: Mapping[str, Any] = field(default_factory=dict)  # of the request, kept for further versions

    @property
    def asked(self) -> AskedMessage:
        return AskedMessage(self.message, self.options, self.fork)


class ChatService:
    """Answers the questions of all tenants. It holds no transaction while it generates."""

    def __init__(
        self,
        db: Database,
        retriever: Retriever,
        step: GenerateStep,
        direct: DirectAnswers,
        generator: Generator,
        adapters: DeploymentService,
        settings: ChatSettingsService,
        metrics: Metrics,
        *,
        top_k: int,
        max_answer_tokens: int,
    ) -> None:
        """`top_k`: passages of an answer, unless a question says how many."""
        self._history = TurnHistory(db)
        self._flow = QuestionFlow(retriever, step, direct.is_reading)
        self._direct = direct
        self._generator = generator
        self._adapters = adapters
        self._settings = settings
        self._metrics = metrics
        self._top_k = top_k
        self._max_answer_tokens = max_answer_tokens
        self._usual_tokens = min(USUAL_ANSWER_TOKENS, max_answer_tokens)

    @property
    def max_answer_tokens(self) -> int:
        return self._max_answer_tokens

    async def answer(self, tenant_id: str, question: Question) -> ChatAnswer:
        """Answer a question and return the whole answer. Raises as `stream` does; then nothing is saved."""
        async with aclosing(self._events(tenant_id, question)) as events:
            async for event in events:
                if isinstance(event, DoneEvent):
                    return event.answer
        raise AssertionError("a stream ends with its DoneEvent")

    async def stream(self, tenant_id: str, question: Question) -> AsyncGenerator[Event, None]:
        """Answer a message: one RetrievalEvent, TokenEvents with CitationEvents as sentences close, one DoneEvent.

        ProgressEvents come between while whole documents are read. The conversation that the first event names is
        there from then on; the turn is saved before the DoneEvent.

        Raises InvalidRequest, NotFound (conversation, adapter, collection), RateLimited, Unavailable and PromptTooLong
        before the first event, DeadlineExceeded later. Closing it cancels the generation.
        """
        async with aclosing(self._events(tenant_id, question, opening=True)) as events:
            async for event in events:
                yield event

    def turn(self, tenant_id: str, user: str | None, turn_id: str) -> Turn:
        """A saved turn of this end user; None: of any. Raises NotFound."""
        return self._history.get(tenant_id, user, turn_id)

    def save_shown(self, tenant_id: str, question: Question, answer: ChatAnswer) -> Turn:
        """Save the turn of a stream that was cut short. Raises NotFound if the conversation was deleted."""
        self._metrics.answers.labels(answer.status).inc()
        self._metrics.tokens.inc(answer.usage.completion_tokens)
        return self._history.save(tenant_id, question.user, question.asked, answer, is_new=False)

    async def _events(
        self, tenant_id: str, question: Question, *, opening: bool = False
    ) -> AsyncGenerator[Event, None]:
        """As `stream`; without `opening`, a new conversation is created with its turn."""
        started = time.perf_counter()
        if (question.max_tokens or 0) > self._max_answer_tokens:
            raise InvalidRequest(f"max_tokens may be at most {self._max_answer_tokens} here.", param="max_tokens")
        assign_user(question.user)
        await check_tokens()
        with self._generator.reserve(tenant_id), ExitStack() as until_shown:
            until_shown.enter_context(going_first())
            turns = await run_sync(self._turns_before, tenant_id, question)
            asked = await run_sync(self._route, tenant_id, question, turns)
            routed_s = time.perf_counter() - started
            request = await run_sync(self._resolve, tenant_id, question, asked)
            ids = _turn_ids(question)
            async with aclosing(self._run(request, asked, turns, question.k or self._top_k)) as events:
                async for event in events:
                    if isinstance(event, TokenEvent):
                        until_shown.close()
                    if isinstance(event, FlowResult):
                        answer = whole_answer(ids, request, event, total_s=time.perf_counter() - started)
                        answer = with_route(answer, asked, routed_s)
                        await run_sync(self._save, tenant_id, question, answer, ids.is_new and not opening)
                        self._record_metrics(answer)
                        yield DoneEvent(answer)
                    elif isinstance(event, RetrievalEvent):
                        if opening and ids.is_new:
                            await run_sync(
                                self._history.open, tenant_id, question.user, ids.conversation_id, question.message
                            )
                        yield _first_event(event, ids, request, asked)
                    else:
                        yield event

    def _turns_before(self, tenant_id: str, question: Question) -> list[Turn]:
        """The last turns before the question, oldest first. Raises NotFound: conversation."""
        if question.turns is not None:
            return [_turn(earlier) for earlier in question.turns[-EARLIER_TURNS:]]
        return self._history.before(tenant_id, question.user, question.conversation_id, question.fork, EARLIER_TURNS)

    def _route(self, tenant_id: str, question: Question, turns: Sequence[Turn]) -> RoutedMessage:
        """Raises NotFound: collection where no search raises it."""
        previous = turns[-1] if turns else None
        return self._direct.route(tenant_id, question.message, previous, question.restriction)

    def _run(
        self, request: AnswerRequest, asked: RoutedMessage, turns: Sequence[Turn], k: int
    ) -> AsyncGenerator[Event | FlowResult, None]:
        """The flow of the message's route."""
        if asked.is_question:
            earlier = [EarlierTurn(turn.question, turn.answer) for turn in turns]
            return self._flow.run(request, earlier, k=k, restriction=asked.restriction)
        return self._direct.run(request, asked)

    def _resolve(self, tenant_id: str, question: Question, asked: RoutedMessage) -> AnswerRequest:
        """The request with its profile, adapter and language. Raises NotFound.

        No adapter answers what is no question: that is done by rules and the base model.
        """
        adapter = self._resolve_adapter(tenant_id, question)
        return AnswerRequest(
            profile=self._settings.profile(tenant_id),
            request_id=question.request_id,
            question=question.message,
            language=question.language or asked.routed.language or detect_language(question.message),
            adapter=adapter if asked.is_question else None,
            sampling=replace(question.sampling, max_tokens=question.max_tokens or self._usual_tokens),
            reserved=True,
        )

    def _resolve_adapter(self, tenant_id: str, question: Question) -> AdapterRef | None:
        """The adapter version that answers; a canary gets a share of the conversations. Raises NotFound."""
        begun = question.turns[0].question if question.turns else question.message
        conversation = question.conversation_id or (question.request_id if question.turns is None else begun)
        return self._adapters.resolve(tenant_id, question.adapter, conversation=conversation)

    def _save(self, tenant_id: str, question: Question, answer: ChatAnswer, is_new: bool) -> None:
        """Save the turn, unless the client keeps the conversation itself. Raises NotFound."""
        if question.turns is None:
            self._history.save(tenant_id, question.user, question.asked, answer, is_new=is_new)

    def _record_metrics(self, answer: ChatAnswer) -> None:
        self._metrics.answers.labels("refused" if answer.refused else "answered").inc()
        self._metrics.tokens.inc(answer.usage.completion_tokens)
        if not answer.refused:
            self._metrics.ttft.observe(answer.timings["ttft_s"])


def _turn(earlier: EarlierTurn) -> Turn:
    """A turn that the client keeps; only its words tell whether it was a refusal."""
    refused = is_refusal(earlier.answer)
    reason = RefusalReason.NOTHING_RELEVANT if refused else None
    return Turn("", "", earlier.question, earlier.answer, {"refused": refused, "refusal_reason": reason})


def _turn_ids(question: Question) -> TurnIds:
    if question.turns is not None:
        return TurnIds(new_id("turn"), "")
    known = question.conversation_id
    return TurnIds(new_id("turn"), known or new_id("conv"), is_new=known is None)


def _first_event(event: RetrievalEvent, ids: TurnIds, request: AnswerRequest, asked: RoutedMessage) -> RetrievalEvent:
    """The event with what the answer will be known by."""
    return replace(
        event,
        turn_id=ids.turn_id,
        conversation_id=ids.conversation_id,
        request_id=request.request_id,
        route=asked.routed.route,
        adapter=adapter_used(request),
    )
