"""The chat story: make the question stand alone, find passages, generate, attribute, save."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from typing import Any

from anyio.to_thread import run_sync

from app.adapters.pointers import AdapterPointers
from app.answering.citations import Attribution, quoted
from app.answering.history import stand_alone
from app.answering.markers import MarkerFilter
from app.answering.prompt import Prompt, build_prompt
from app.answering.refusal import QUOTE_LEAD, TEXTS, refusal_reason
from app.answering.result import (
    AdapterUsed,
    ChatAnswer,
    Citation,
    CitationEvent,
    ContextUsage,
    DoneEvent,
    Event,
    Question,
    RetrievalEvent,
    Span,
    TokenEvent,
    Usage,
    passage_dict,
)
from app.encoders.embedder import Embedder
from app.generation.generator import AdapterRef, Delta, GenerationRequest, Generator
from app.retrieval.language import Language, detect_language
from app.retrieval.retrieve import Retrieval, Retriever
from app.store.ids import new_id
from app.store.session import Database

EARLIER_TURNS = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """What is settled before any work: the conversation, the pinned adapter, the question as it is searched."""

    conversation_id: str | None
    adapter: AdapterRef | None
    searched: str
    language: Language


@dataclass(slots=True)
class Draft:
    """The answer while it grows."""

    text: str = ""
    last: Delta | None = None
    ttft_s: float = 0.0


class Answerer:
    """Answers questions of any tenant. Holds no transaction while generating."""

    def __init__(
        self,
        db: Database,
        retriever: Retriever,
        embedder: Embedder,
        generator: Generator,
        adapters: AdapterPointers,
        *,
        refusal_threshold: float,
        timeout_s: float,
    ) -> None:
        self._db = db
        self._retriever = retriever
        self._embedder = embedder
        self._generator = generator
        self._adapters = adapters
        self._refusal_threshold = refusal_threshold
        self._timeout_s = timeout_s

    async def answer(self, tenant_id: str, question: Question) -> ChatAnswer:
        """The whole answer at once; raises as `stream` does."""
        async with aclosing(self.stream(tenant_id, question)) as events:
            async for event in events:
                if isinstance(event, DoneEvent):
                    return event.answer
        raise AssertionError("a stream ends with its DoneEvent")

    async def stream(self, tenant_id: str, question: Question) -> AsyncGenerator[Event, None]:
        """One RetrievalEvent, TokenEvents, CitationEvents, one DoneEvent.

        Raises NotFound (conversation, adapter, collection), RateLimited, Unavailable and PromptTooLong before
        the first event's work is done, DeadlineExceeded later. Closing it cancels the generation.
        """
        started = time.perf_counter()
        self._generator.check_room(tenant_id)
        standing = await run_sync(self._stand, tenant_id, question)
        retrieval = await run_sync(self._retrieve, tenant_id, question, standing)
        reason = refusal_reason(retrieval, self._refusal_threshold)
        prompt = None if reason else await run_sync(self._prompt, question, standing, retrieval)
        yield RetrievalEvent(retrieval.passages)

        draft, citations, unsupported = Draft(), list[Citation](), list[Span]()
        if reason is not None:
            draft.text = TEXTS[reason][standing.language]
            yield TokenEvent(draft.text)
        elif prompt is not None:
            async with aclosing(self._generate(tenant_id, question, standing, prompt, draft)) as tokens:
                async for token in tokens:
                    yield token
            attribution = Attribution(self._embedder, standing.searched, prompt.passages)
            citations, unsupported = await run_sync(attribution.attribute, draft.text)
            if not citations:
                quote, citations = await run_sync(_quote, attribution, draft.text, standing.language)
                draft.text += quote
                yield TokenEvent(quote)
            for citation in citations:
                yield CitationEvent(citation)

        timings = _timings(retrieval, draft, time.perf_counter() - started)
        answer = _chat_answer(standing, retrieval, reason, prompt, draft, citations, unsupported, timings)
        yield DoneEvent(await run_sync(self._save, tenant_id, question, answer))

    def _stand(self, tenant_id: str, question: Question) -> Standing:
        earlier: list[str] = []
        if question.conversation_id is not None:
            with self._db.read_tenant(tenant_id) as store:
                page = store.conversations.turns(question.conversation_id, limit=EARLIER_TURNS, order="desc")
            earlier = [turn.question for turn in reversed(page.data)]
        conversation = question.conversation_id or question.request_id
        adapter = self._adapters.resolve(tenant_id, question.adapter, conversation=conversation)
        language: Language = question.language or detect_language(question.message)  # type: ignore[assignment]
        return Standing(question.conversation_id, adapter, stand_alone(question.message, earlier), language)

    def _retrieve(self, tenant_id: str, question: Question, standing: Standing) -> Retrieval:
        return self._retriever.search(
            tenant_id, standing.searched, k=question.k, restriction=question.restriction, sections=True
        )

    def _prompt(self, question: Question, standing: Standing, retrieval: Retrieval) -> Prompt:
        return build_prompt(
            standing.searched,
            retrieval.passages,
            language=standing.language,
            tokenizer=self._generator.tokenizer,
            budget=self._generator.context_tokens - question.sampling.max_tokens,
        )

    async def _generate(
        self, tenant_id: str, question: Question, standing: Standing, prompt: Prompt, draft: Draft
    ) -> AsyncGenerator[TokenEvent, None]:
        """The model's text without markers, token by token, kept in `draft`."""
        request = GenerationRequest(
            question.request_id, tenant_id, prompt.token_ids, standing.adapter, question.sampling, self._timeout_s
        )
        started = time.perf_counter()
        markers = MarkerFilter()
        async with aclosing(self._generator.stream(request)) as deltas:
            async for delta in deltas:
                draft.ttft_s = draft.ttft_s or time.perf_counter() - started
                draft.last = delta
                text = markers.push(delta.text)
                if delta.finish_reason is not None:
                    text += markers.finish()
                if text:
                    draft.text += text
                    yield TokenEvent(text)

    def _save(self, tenant_id: str, question: Question, answer: ChatAnswer) -> ChatAnswer:
        with self._db.write_tenant(tenant_id) as store:
            conversation_id = answer.conversation_id
            if not conversation_id:
                conversation_id = store.conversations.create(question.message).id
            answer = replace(answer, conversation_id=conversation_id)
            store.conversations.add_turn(conversation_id, question.message, answer.answer, answer_dict(answer))
        return answer


def answer_dict(answer: ChatAnswer) -> dict[str, Any]:
    """The answer as it is sent and saved."""
    shape = asdict(replace(answer, closest=[]))
    shape["closest"] = [passage_dict(passage) for passage in answer.closest]
    shape["timings"] = {name: round(seconds, 4) for name, seconds in answer.timings.items()}
    return shape


def _quote(attribution: Attribution, text: str, language: Language) -> tuple[str, list[Citation]]:
    """What follows an answer that no passage supports: the sentence nearest to the question, verbatim."""
    source = attribution.best_sentence()
    if source is None:
        return "", []
    lead = f"{QUOTE_LEAD[language]} “"
    lead = f"\n\n{lead}" if text else lead
    start = len(text) + len(lead)
    return f"{lead}{source.text}”", [quoted(1, source, Span(start, start + len(source.text)))]


def _timings(retrieval: Retrieval, draft: Draft, total_s: float) -> dict[str, float]:
    generation = dict(draft.last.timings) if draft.last is not None else {}
    return {**retrieval.timings, **generation, "ttft_s": draft.ttft_s, "total_s": total_s}


def _chat_answer(
    standing: Standing,
    retrieval: Retrieval,
    reason: str | None,
    prompt: Prompt | None,
    draft: Draft,
    citations: list[Citation],
    unsupported: list[Span],
    timings: dict[str, float],
) -> ChatAnswer:
    found = len(retrieval.passages)
    context = prompt.context if prompt is not None else ContextUsage(found, 0, found)
    return ChatAnswer(
        id=new_id("turn"),
        conversation_id=standing.conversation_id or "",
        question=standing.searched,
        answer=draft.text,
        citations=citations,
        unsupported=unsupported,
        refused=reason is not None,
        refusal_reason=reason,
        closest=retrieval.passages if reason is not None else [],
        adapter=AdapterUsed(standing.adapter.name, standing.adapter.version) if standing.adapter else None,
        usage=Usage(
            prompt_tokens=len(prompt.token_ids) if prompt is not None else 0,
            completion_tokens=draft.last.tokens if draft.last is not None else 0,
            context=context,
        ),
        timings=timings,
    )
