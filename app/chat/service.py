"""The chat story: make the question stand alone, find passages, compose a cited answer, save."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from typing import Any

from anyio.to_thread import run_sync

from app.adapters.deployments.service import DeploymentService
from app.chat.answer import (
    AdapterUsed,
    ChatAnswer,
    ContextUsage,
    DoneEvent,
    Event,
    Question,
    RetrievalEvent,
    Usage,
    passage_dict,
)
from app.chat.answering_profile import AnsweringProfile, AnsweringProfiles
from app.chat.steps.generate import Assignment, Composer, Draft
from app.chat.steps.retrieve import passages_for_answer
from app.chat.steps.rewrite import stand_alone
from app.llm.base import Generator
from app.search.retriever import Retrieval, Retriever
from app.storage.ids import new_id
from app.storage.sqlite.database import Database
from app.text.language import detect_language

EARLIER_TURNS = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """What is settled before any work: conversation, the tenant's profile, and the question and adapter."""

    conversation_id: str | None
    assignment: Assignment
    profile: AnsweringProfile


class Answerer:
    """Answers questions of any tenant. Holds no transaction while generating."""

    def __init__(
        self,
        db: Database,
        retriever: Retriever,
        composer: Composer,
        generator: Generator,
        adapters: DeploymentService,
        profiles: AnsweringProfiles,
    ) -> None:
        self._db = db
        self._retriever = retriever
        self._composer = composer
        self._generator = generator
        self._adapters = adapters
        self._profiles = profiles

    async def answer(self, tenant_id: str, question: Question) -> ChatAnswer:
        """The whole answer at once; raises as `stream` does."""
        async with aclosing(self.stream(tenant_id, question)) as events:
            async for event in events:
                if isinstance(event, DoneEvent):
                    return event.answer
        raise AssertionError("a stream ends with its DoneEvent")

    async def stream(self, tenant_id: str, question: Question) -> AsyncGenerator[Event, None]:
        """One RetrievalEvent; TokenEvents, with CitationEvents as sentences close; one DoneEvent.

        Raises NotFound (conversation, adapter, collection), RateLimited, Unavailable and PromptTooLong before
        the first event's work is done, DeadlineExceeded later. Closing it cancels the generation.
        """
        started = time.perf_counter()
        self._generator.check_capacity(tenant_id)
        standing = await run_sync(self._stand, tenant_id, question)
        retrieval = await run_sync(self._retrieve, question, standing)
        draft = await run_sync(self._composer.begin, standing.assignment, retrieval)
        yield RetrievalEvent(retrieval.passages)
        async with aclosing(self._composer.write(standing.assignment, draft)) as events:
            async for event in events:
                yield event
        timings = _timings(retrieval, draft, time.perf_counter() - started)
        answer = _chat_answer(standing, retrieval, draft, timings)
        yield DoneEvent(await run_sync(self._save, tenant_id, question, answer))

    def _stand(self, tenant_id: str, question: Question) -> Standing:
        profile = self._profiles.get(tenant_id)
        conversation = question.conversation_id or question.request_id
        assignment = Assignment(
            tenant_id=tenant_id,
            request_id=question.request_id,
            question=stand_alone(question.message, self._earlier(tenant_id, question.conversation_id)),
            language=question.language or detect_language(question.message),
            adapter=self._adapters.resolve(tenant_id, question.adapter, conversation=conversation),
            sampling=question.sampling,
            preamble=profile.preamble,
            policy=profile.policy,
        )
        return Standing(question.conversation_id, assignment, profile)

    def _earlier(self, tenant_id: str, conversation_id: str | None) -> list[str]:
        """The conversation's last questions, oldest first. Raises NotFound."""
        if conversation_id is None:
            return []
        with self._db.read_tenant(tenant_id) as store:
            page = store.conversations.turns(conversation_id, limit=EARLIER_TURNS, order="desc")
        return [turn.question for turn in reversed(page.data)]

    def _retrieve(self, question: Question, standing: Standing) -> Retrieval:
        return passages_for_answer(
            self._retriever,
            standing.profile,
            standing.assignment.question,
            k=question.k,
            original=question.message,
            restriction=question.restriction,
        )

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


def _timings(retrieval: Retrieval, draft: Draft, total_s: float) -> dict[str, float]:
    generation = dict(draft.last.timings) if draft.last is not None else {}
    return {**retrieval.timings, **generation, "ttft_s": draft.ttft_s, "total_s": total_s}


def _chat_answer(standing: Standing, retrieval: Retrieval, draft: Draft, timings: dict[str, float]) -> ChatAnswer:
    found, prompt = len(retrieval.passages), draft.prompt
    adapter = standing.assignment.adapter
    return ChatAnswer(
        id=new_id("turn"),
        conversation_id=standing.conversation_id or "",
        question=standing.assignment.question,
        answer=draft.text,
        citations=draft.citations,
        unsupported=draft.unsupported,
        refused=draft.reason is not None,
        refusal_reason=draft.reason,
        closest=retrieval.passages if draft.reason is not None else [],
        adapter=AdapterUsed(adapter.name, adapter.version) if adapter else None,
        usage=Usage(
            prompt_tokens=len(prompt.token_ids) if prompt is not None else 0,
            completion_tokens=draft.last.tokens if draft.last is not None else 0,
            context=prompt.context if prompt is not None else ContextUsage(found, 0, found),
        ),
        timings=timings,
    )
