"""Answers cases as chat does, many at a time, over the passages they provide or over a tenant's documents."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial

from anyio.to_thread import run_sync

from app.chat.settings.service import AnsweringProfile
from app.chat.steps.answer_request import AnswerRequest
from app.chat.steps.generate import GenerateStep
from app.chat.steps.refuse import refuse
from app.chat.steps.rewrite import rewrite
from app.documents.parsing.document_builder import ParserLimits
from app.embeddings.base import Embedder
from app.evaluations.case_concurrency import as_they_end
from app.evaluations.case_results import answer_result, case_head, decision_result
from app.evaluations.cases import Case
from app.evaluations.corpus import OpenRetriever
from app.evaluations.everyday.conversation_runner import OpenAsker
from app.evaluations.failures import CASE_TIMEOUT_S, recorded, when_free
from app.evaluations.provided_context import provided_retrieval
from app.evaluations.records import CaseResult
from app.evaluations.tenant_retrieval import TenantRetrieval
from app.llm.base import AdapterRef, Sampling
from app.search.retriever import Retrieval
from app.text.language import Language

CONCURRENT_CASES = 16


@dataclass(frozen=True, slots=True)
class Subject:
    """The configuration that is evaluated: models, adapter, documents, and a tenant's profile."""

    generate_step: GenerateStep
    embedder: Embedder
    profile: AnsweringProfile
    adapter: AdapterRef | None = None
    max_tokens: int = 64
    retrieval: TenantRetrieval | None = None  # for cases that provide no passages
    limits: ParserLimits = field(default_factory=ParserLimits)
    open_retriever: OpenRetriever | None = None  # for retrieval sets
    open_asker: OpenAsker | None = None  # for everyday questions
    timeout_s: float = CASE_TIMEOUT_S  # of one answer


async def answer_all(
    subject: Subject, cases: Sequence[Case], concurrency: int = CONCURRENT_CASES, *, decide: bool = False
) -> AsyncIterator[CaseResult]:
    """A result for each case, in the order in which they end; that of a case that fails has its error.

    With `decide`, an answer is generated only where the decision to refuse depends on it.
    """

    async def answer_one(case: Case) -> CaseResult:
        return await recorded(answer_in_time(subject, case, decide=decide), case_head(case))

    async with aclosing(as_they_end(answer_one, cases, concurrency)) as results:
        async for result in results:
            yield result


async def answer_in_time(subject: Subject, case: Case, *, decide: bool = False) -> CaseResult:
    """As `answer_case`, tried again while the service is at its limit.

    Raises TimeoutError when the subject's time for a case is over.
    """
    async with asyncio.timeout(subject.timeout_s):
        return await when_free(partial(answer_in_place, subject, case, decide=decide))


async def answer_in_place(subject: Subject, case: Case, *, decide: bool = False) -> CaseResult:
    """As `answer_case`, in one place of the generator. Raises RateLimited or Unavailable if none is free."""
    with subject.generate_step.reserve(subject.profile.tenant_id):
        return await answer_case(subject, case, decide=decide)


async def answer_case(subject: Subject, case: Case, *, decide: bool = False) -> CaseResult:
    """Answer a case over its own passages or, if it has none, over the tenant's documents.

    The caller holds a place of the generator.
    """
    question = rewrite(case.question, list(case.earlier))
    request = AnswerRequest(
        profile=subject.profile,
        request_id=f"eval-{case.id}"[:64],
        question=question,
        language=Language(case.language),
        adapter=subject.adapter,
        sampling=Sampling(max_tokens=subject.max_tokens),
        reserved=True,
    )
    retrieval = await run_sync(_retrieve, subject, case, question)
    started = time.perf_counter()
    judgement = await subject.generate_step.judge(request, retrieval)
    decision = refuse(judgement, subject.profile.policy)
    prepared = await run_sync(subject.generate_step.prepare, request, judgement, decision)
    if decide and not prepared.buffered:
        return decision_result(case, retrieval, prepared)
    answer = await subject.generate_step.answer(request, prepared)
    answer = replace(answer, ttft_s=judgement.seconds + answer.ttft_s)
    return answer_result(case, retrieval, answer, time.perf_counter() - started)


def _retrieve(subject: Subject, case: Case, question: str) -> Retrieval:
    if case.passages or subject.retrieval is None:
        return provided_retrieval(question, case.passages, subject.embedder)
    return subject.retrieval.retrieve(subject.profile, case)


def without_gold(case: Case) -> Case:
    """The same question without the passage that answers it: it is not answerable."""
    passages = tuple(text for i, text in enumerate(case.passages) if i != case.gold)
    return replace(case, id=f"{case.id}~removed", passages=passages, answers=(), answerable=False, gold=None)
