"""Asking cases of a generator, many at a time, over the passages that come with them or a tenant's documents."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from anyio.to_thread import run_sync

from app.chat.settings.service import AnsweringProfile
from app.chat.steps.generate import AnswerRequest, GenerateStep
from app.chat.steps.refuse import refuse
from app.chat.steps.retrieve import retrieve
from app.chat.steps.rewrite import rewrite
from app.documents.parsing.document_builder import ParserLimits
from app.embeddings.base import Embedder
from app.errors import RateLimited, Unavailable
from app.evaluations.case_results import answer_row, decision_row
from app.evaluations.cases import Case
from app.evaluations.corpus import OpenRetriever
from app.evaluations.provided_context import given_retrieval
from app.evaluations.records import CaseResult
from app.llm.base import AdapterRef, Sampling
from app.search.retriever import Retrieval, Retriever
from app.text.language import answer_language

AT_ONCE = 16
FULL_S = 0.5  # until asking again when the queue was full


@dataclass(frozen=True, slots=True)
class Subject:
    """What is evaluated: models, adapter, documents, and the profile of the tenant that is answered."""

    composer: GenerateStep
    embedder: Embedder
    profile: AnsweringProfile
    adapter: AdapterRef | None = None
    max_tokens: int = 64
    retriever: Retriever | None = None  # over the tenant's documents, for cases that bring no passages
    top_k: int = 4
    limits: ParserLimits = field(default_factory=ParserLimits)
    open_retriever: OpenRetriever | None = None  # for retrieval sets


async def ask_all(
    subject: Subject, cases: Sequence[Case], at_once: int = AT_ONCE, *, decide: bool = False
) -> AsyncIterator[CaseResult]:
    """A row for each case, in the order they end. A fault of one case fails the run: half a result misleads.

    With `decide` an answer is written only where the decision to refuse depends on what is written.
    """
    places = asyncio.Semaphore(at_once)

    async def one(case: Case) -> CaseResult:
        async with places:
            return await ask(subject, case, decide=decide)

    tasks = [asyncio.create_task(one(case)) for case in cases]
    try:
        for ended in asyncio.as_completed(tasks):
            yield await ended
    finally:
        for task in tasks:
            task.cancel()


async def ask(subject: Subject, case: Case, *, decide: bool = False) -> CaseResult:
    """One case, over its own passages or, without any, over what the tenant's documents hold."""
    question = rewrite(case.question, list(case.earlier))
    request = AnswerRequest(
        profile=subject.profile,
        request_id=f"eval-{case.id}"[:64],
        question=question,
        language=answer_language(case.language),
        adapter=subject.adapter,
        sampling=Sampling(max_tokens=subject.max_tokens),
    )
    retrieval = await run_sync(_passages, subject, case, question)
    decision = refuse(retrieval, subject.profile.policy)
    while True:
        prepared = await run_sync(subject.composer.prepare, request, retrieval, decision)
        if decide and not prepared.buffered:
            return decision_row(case, retrieval, prepared)
        started = time.perf_counter()
        try:
            answer = await subject.composer.answer(request, prepared)
        except (RateLimited, Unavailable):
            await asyncio.sleep(FULL_S)
            continue
        return answer_row(case, retrieval, answer, time.perf_counter() - started)


def _passages(subject: Subject, case: Case, question: str) -> Retrieval:
    if case.passages or subject.retriever is None:
        return given_retrieval(question, case.passages, subject.embedder)
    return retrieve(subject.retriever, subject.profile, question, k=subject.top_k, original=case.question)


def without_gold(case: Case) -> Case:
    """The same question where its passage is missing: not answerable."""
    passages = tuple(text for i, text in enumerate(case.passages) if i != case.gold)
    return replace(case, id=f"{case.id}~removed", passages=passages, answers=(), answerable=False, gold=None)
