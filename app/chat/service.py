"""The chat pipeline: route the message, rewrite the question, retrieve passages, refuse or answer with citations, save.

What is no question for the passages is answered by `DirectAnswers` in the place of the steps between.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from anyio.to_thread import run_sync

from app.adapters.deployments.service import DeploymentService
from app.chat.direct_answers import DirectAnswers, RoutedMessage
from app.chat.events import DoneEvent, Event, ProgressEvent, RetrievalEvent
from app.chat.schemas import ChatOut
from app.chat.settings.service import ChatSettingsService
from app.chat.steps.cited_text import Piece
from app.chat.steps.generate import AnswerRequest, GenerateStep, PartialAnswer
from app.chat.steps.refuse import refuse
from app.chat.steps.retrieve import retrieve
from app.chat.steps.rewrite import rewrite
from app.domain.conversations import AdapterUsed, ChatAnswer, ContextUsage, Usage
from app.errors import InvalidRequest
from app.llm.base import AdapterRef, Generator, Sampling
from app.observability import Metrics
from app.search.filters import EVERYWHERE, Restriction
from app.search.retriever import Retrieval, Retriever
from app.storage.ids import new_id
from app.storage.sqlite.database import Database
from app.text.language import Language, detect_language

EARLIER_TURNS = 4  # of the conversation, that a rewrite reads
NOTHING_RETRIEVED = Retrieval([], 0.0, {}, [])


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
    sampling: Sampling = field(default_factory=Sampling)


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
        self._retriever = retriever
        self._step = step
        self._direct = direct
        self._generator = generator
        self._adapters = adapters
        self._settings = settings
        self._metrics = metrics
        self._top_k = top_k
        self._max_answer_tokens = max_answer_tokens

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
        self._check_capacity(tenant_id, question)
        asked = await run_sync(self._route, tenant_id, question)
        request = await run_sync(self._resolve, tenant_id, question, asked)
        if asked.is_question:
            retrieval = await run_sync(self._retrieve, request, question)
            decision = refuse(retrieval, request.profile.policy)
            partial = await run_sync(self._step.prepare, request, retrieval, decision)
            pieces: AsyncGenerator[Piece | ProgressEvent | PartialAnswer, None] = self._step.write(request, partial)
        else:
            retrieval, partial, pieces = NOTHING_RETRIEVED, PartialAnswer(), self._direct.write(request, asked)
        yield RetrievalEvent(retrieval.passages)
        async with aclosing(pieces):
            async for piece in pieces:
                if isinstance(piece, PartialAnswer):
                    partial = piece
                else:
                    yield piece
        answer = _chat_answer(question, request, retrieval, partial, total_s=time.perf_counter() - started)
        answer = replace(answer, route=asked.routed.route)
        answer = await run_sync(self._save, tenant_id, question, answer)
        self._record_metrics(answer)
        yield DoneEvent(answer)

    def _check_capacity(self, tenant_id: str, question: Question) -> None:
        """Raises InvalidRequest (answer too long), RateLimited or Unavailable, before any work."""
        if question.sampling.max_tokens > self._max_answer_tokens:
            raise InvalidRequest(f"max_tokens may be at most {self._max_answer_tokens} here.", param="max_tokens")
        self._generator.check_capacity(tenant_id)

    def _route(self, tenant_id: str, question: Question) -> RoutedMessage:
        """Raises NotFound: conversation, or collection where no search raises it."""
        return self._direct.route(tenant_id, question.message, question.conversation_id, question.restriction)

    def _resolve(self, tenant_id: str, question: Question, asked: RoutedMessage) -> AnswerRequest:
        """Without an adapter where none writes: small talk and the like are answered by rules and the base model."""
        adapter = self._resolve_adapter(tenant_id, question)
        text = question.message
        if asked.is_question:
            text = rewrite(text, self._earlier_questions(tenant_id, question.conversation_id))
        return AnswerRequest(
            profile=self._settings.profile(tenant_id),
            request_id=question.request_id,
            question=text,
            language=question.language or asked.routed.language or detect_language(question.message),
            adapter=adapter if asked.is_question else None,
            sampling=question.sampling,
        )

    def _resolve_adapter(self, tenant_id: str, question: Question) -> AdapterRef | None:
        """The adapter version that answers; a canary gets a share of the conversations. Raises NotFound."""
        conversation = question.conversation_id or question.request_id
        return self._adapters.resolve(tenant_id, question.adapter, conversation=conversation)

    def _earlier_questions(self, tenant_id: str, conversation_id: str | None) -> list[str]:
        """The conversation's last questions, oldest first. Raises NotFound."""
        if conversation_id is None:
            return []
        with self._db.read_tenant(tenant_id) as store:
            page = store.conversations.turns(conversation_id, limit=EARLIER_TURNS, order="desc")
        return [turn.question for turn in reversed(page.data)]

    def _retrieve(self, request: AnswerRequest, question: Question) -> Retrieval:
        return retrieve(
            self._retriever,
            request.profile,
            request.question,
            k=question.k or self._top_k,
            original=question.message,
            restriction=question.restriction,
        )

    def _save(self, tenant_id: str, question: Question, answer: ChatAnswer) -> ChatAnswer:
        """Save the turn, in a new conversation if the question names none; the answer then names it."""
        with self._db.write_tenant(tenant_id) as store:
            conversation_id = answer.conversation_id
            if not conversation_id:
                conversation_id = store.conversations.create(question.message).id
            answer = replace(answer, conversation_id=conversation_id)
            result = ChatOut.model_validate(answer).model_dump(mode="json")
            store.conversations.add_turn(conversation_id, question.message, answer.answer, result)
        return answer

    def _record_metrics(self, answer: ChatAnswer) -> None:
        self._metrics.answers.labels("refused" if answer.refused else "answered").inc()
        self._metrics.tokens.inc(answer.usage.completion_tokens)
        if not answer.refused:
            self._metrics.ttft.observe(answer.timings["ttft_s"])


def _chat_answer(
    question: Question, request: AnswerRequest, retrieval: Retrieval, partial: PartialAnswer, *, total_s: float
) -> ChatAnswer:
    found, prompt, adapter = len(retrieval.passages), partial.prompt, request.adapter
    refused = partial.refusal_reason is not None
    return ChatAnswer(
        id=new_id("turn"),
        conversation_id=question.conversation_id or "",
        question=request.question,
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
        timings={**retrieval.timings, **partial.timings, "ttft_s": partial.ttft_s, "total_s": total_s},
    )
