"""Chat: route a message, answer it by the flow of its route, save the turn."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from anyio.to_thread import run_sync

from app.adapters.deployments.service import DeploymentService
from app.chat.direct_answers import DirectAnswers, RoutedMessage
from app.chat.events import DoneEvent, Event
from app.chat.question_flow import FlowResult, QuestionFlow
from app.chat.schemas import ChatOut
from app.chat.settings.service import ChatSettingsService
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.generate import GenerateStep
from app.chat.steps.prompt import EarlierTurn
from app.domain.conversations import AdapterUsed, ChatAnswer, ContextUsage, RefusalReason, StepTrace, Turn, Usage
from app.errors import InvalidRequest
from app.llm.base import AdapterRef, Generator, Sampling
from app.metering.meter import add_tokens, assign_user, check_tokens
from app.observability import Metrics
from app.search.filters import EVERYWHERE, Restriction
from app.search.retriever import Retriever
from app.storage.ids import new_id
from app.storage.sqlite.database import Database
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
        self._db = db
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
        """Answer a question and return the whole answer. Raises as `stream` does."""
        async with aclosing(self.stream(tenant_id, question)) as events:
            async for event in events:
                if isinstance(event, DoneEvent):
                    return event.answer
        raise AssertionError("a stream ends with its DoneEvent")

    async def stream(self, tenant_id: str, question: Question) -> AsyncGenerator[Event, None]:
        """Answer a message: one RetrievalEvent, TokenEvents with CitationEvents as sentences close, one DoneEvent.

        ProgressEvents come between while whole documents are read.

        Raises InvalidRequest, NotFound (conversation, adapter, collection), RateLimited, Unavailable and PromptTooLong
        before the first event, DeadlineExceeded later. Closing it cancels the generation.
        """
        started = time.perf_counter()
        if (question.max_tokens or 0) > self._max_answer_tokens:
            raise InvalidRequest(f"max_tokens may be at most {self._max_answer_tokens} here.", param="max_tokens")
        assign_user(question.user)
        check_tokens()
        with self._generator.reserve(tenant_id):
            asked = await run_sync(self._route, tenant_id, question)
            routed_s = time.perf_counter() - started
            request, turns = await run_sync(self._resolve, tenant_id, question, asked)
            async with aclosing(self._run(request, asked, turns, question.k or self._top_k)) as events:
                async for event in events:
                    if isinstance(event, FlowResult):
                        answer = _chat_answer(question, request, event, total_s=time.perf_counter() - started)
                        answer = _with_route(answer, asked, routed_s)
                        answer = await run_sync(self._save, tenant_id, question, answer)
                        self._record_metrics(answer)
                        yield DoneEvent(answer)
                    else:
                        yield event

    def _route(self, tenant_id: str, question: Question) -> RoutedMessage:
        """Raises NotFound: conversation, or collection where no search raises it."""
        return self._direct.route(
            tenant_id,
            question.message,
            question.conversation_id,
            question.restriction,
            user=question.user,
            previous=_turn(question.turns[-1]) if question.turns else None,
        )

    def _run(
        self, request: AnswerRequest, asked: RoutedMessage, turns: Sequence[EarlierTurn], k: int
    ) -> AsyncGenerator[Event | FlowResult, None]:
        """The flow of the message's route."""
        if asked.is_question:
            return self._flow.run(request, turns, k=k, restriction=asked.restriction)
        return self._direct.run(request, asked)

    def _resolve(
        self, tenant_id: str, question: Question, asked: RoutedMessage
    ) -> tuple[AnswerRequest, list[EarlierTurn]]:
        """The request, and the conversation's turns before it. Raises NotFound.

        No adapter answers what is no question: that is done by rules and the base model.
        """
        adapter = self._resolve_adapter(tenant_id, question)
        request = AnswerRequest(
            profile=self._settings.profile(tenant_id),
            request_id=question.request_id,
            question=question.message,
            language=question.language or asked.routed.language or detect_language(question.message),
            adapter=adapter if asked.is_question else None,
            sampling=replace(question.sampling, max_tokens=question.max_tokens or self._usual_tokens),
            reserved=True,
        )
        if question.turns is not None:
            return request, list(question.turns[-EARLIER_TURNS:])
        return request, self._earlier_turns(tenant_id, question.conversation_id, question.user)

    def _resolve_adapter(self, tenant_id: str, question: Question) -> AdapterRef | None:
        """The adapter version that answers; a canary gets a share of the conversations. Raises NotFound."""
        begun = question.turns[0].question if question.turns else question.message
        conversation = question.conversation_id or (question.request_id if question.turns is None else begun)
        return self._adapters.resolve(tenant_id, question.adapter, conversation=conversation)

    def _earlier_turns(self, tenant_id: str, conversation_id: str | None, user: str | None) -> list[EarlierTurn]:
        """The conversation's last turns, oldest first. Raises NotFound."""
        if conversation_id is None:
            return []
        with self._db.read_tenant(tenant_id) as store:
            page = store.conversations.of_user(user).turns(conversation_id, limit=EARLIER_TURNS, order="desc")
        return [EarlierTurn(turn.question, turn.answer) for turn in reversed(page.data)]

    def _save(self, tenant_id: str, question: Question, answer: ChatAnswer) -> ChatAnswer:
        """Save the turn, in a new conversation if the question names none; the answer then names it.

        A client that keeps the conversation itself gets the answer as it is.
        """
        if question.turns is not None:
            return answer
        with self._db.write_tenant(tenant_id) as store:
            conversations, conversation_id = store.conversations.of_user(question.user), answer.conversation_id
            if not conversation_id:
                conversation_id = conversations.create(question.message).id
            answer = replace(answer, conversation_id=conversation_id)
            result = ChatOut.model_validate(answer).model_dump(mode="json")
            conversations.add_turn(conversation_id, question.message, answer.answer, result)
        return answer

    def _record_metrics(self, answer: ChatAnswer) -> None:
        self._metrics.answers.labels("refused" if answer.refused else "answered").inc()
        self._metrics.tokens.inc(answer.usage.completion_tokens)
        add_tokens(prompt=answer.usage.prompt_tokens, completion=answer.usage.completion_tokens)
        if not answer.refused:
            self._metrics.ttft.observe(answer.timings["ttft_s"])


def _turn(earlier: EarlierTurn) -> Turn:
    """A turn that the client keeps; only its words tell whether it was a refusal."""
    refused = is_refusal(earlier.answer)
    reason = RefusalReason.NOTHING_RELEVANT if refused else None
    return Turn("", "", earlier.question, earlier.answer, {"refused": refused, "refusal_reason": reason})


def _chat_answer(question: Question, request: AnswerRequest, result: FlowResult, *, total_s: float) -> ChatAnswer:
    retrieval, partial = result.retrieval, result.answer
    found, prompt, adapter = len(retrieval.passages), partial.prompt, request.adapter
    refused = partial.refusal_reason is not None
    return ChatAnswer(
        id=new_id("turn"),
        conversation_id=question.conversation_id or "",
        question=result.searched,
        answer=partial.text,
        citations=partial.citations,
        unsupported=partial.unsupported,
        refused=refused,
        refusal_reason=partial.refusal_reason,
        closest=retrieval.passages if refused else [],
        adapter=AdapterUsed(adapter.name, adapter.version) if adapter is not None else None,
        usage=Usage(
            prompt_tokens=len(prompt.token_ids) if prompt is not None else 0,
            completion_tokens=partial.completion_tokens,
            context=prompt.context if prompt is not None else ContextUsage(found, 0, found),
        ),
        timings={**result.timings, **partial.timings, "ttft_s": result.ttft_s, "total_s": total_s},
        finish_reason=partial.finish_reason,
        trace=result.trace,
    )


def _with_route(answer: ChatAnswer, asked: RoutedMessage, seconds: float) -> ChatAnswer:
    step = StepTrace("route", "rule", seconds, {"route": asked.routed.route, "kind": asked.routed.kind})
    timings = {**answer.timings, "route_s": seconds}
    return replace(answer, route=asked.routed.route, trace=[step, *answer.trace], timings=timings)
