"""Runs evaluations of tenants on the parts of the running service: their questions, documents, profile and adapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from anyio.to_thread import run_sync

from app.adapters.registry import AdapterRegistry
from app.chat.service import ChatService
from app.chat.steps.generate import GenerateStep
from app.domain.adapters import BASE_LABEL
from app.domain.evaluations import Evaluation
from app.embeddings.base import Embedder
from app.evaluations.answer_runner import Subject
from app.evaluations.case_concurrency import slices
from app.evaluations.cases import Case
from app.evaluations.everyday.conversation_runner import Asker
from app.evaluations.everyday.questions import parse_questions
from app.evaluations.records import CaseResult, stored_results
from app.evaluations.run import measure
from app.evaluations.suite import Part, parts_of
from app.evaluations.summary import summarize
from app.evaluations.tenant_retrieval import TenantRetrieval
from app.jobs.turn import Turn
from app.storage.database import Database

CONCURRENT_CASES = 4  # of one evaluation: the tenant's users need the rest of its share


class TenantEvaluationRunner:
    """Runs queued evaluations and resumes interrupted ones."""

    def __init__(
        self,
        db: Database,
        generate_step: GenerateStep,
        embedder: Embedder,
        registry: AdapterRegistry,
        retrieval: TenantRetrieval,
        chat: ChatService,
    ) -> None:
        self._db = db
        self._generate_step = generate_step
        self._embedder = embedder
        self._registry = registry
        self._retrieval = retrieval
        self._chat = chat

    async def run(self, tenant_id: str, evaluation_id: str, turn: Turn | None = None) -> None:
        """Answer the cases without a result, record each result, score all.

        With a `turn`, it gives way to other tenants after every slice of its cases. Raises NotFound if it was deleted.
        """
        evaluation, parts, results = await run_sync(self._begin, tenant_id, evaluation_id)
        subject = await run_sync(self._subject, evaluation)
        total, done = sum(len(part.cases) for part in parts), sum(map(len, results.values()))
        begun = False
        for part in parts:
            finished = {result["id"] for result in results.get(part.name, ())}
            remaining = [case for case in part.cases if case.id not in finished]
            for cases in slices(remaining):
                if begun and turn is not None:
                    await run_sync(turn.end_if_awaited)
                begun = True
                async for result in measure(subject, part, cases, CONCURRENT_CASES, CONCURRENT_CASES):
                    done += 1
                    await run_sync(self._record, evaluation, part.name, result, min(0.99, done / total))
        await run_sync(self._finish, tenant_id, evaluation_id)

    def _begin(self, tenant_id: str, evaluation_id: str) -> tuple[Evaluation, list[Part], dict[str, list[CaseResult]]]:
        with self._db.read_tenant(tenant_id) as store:
            evaluation = store.evaluations.get(evaluation_id)
            text = store.evaluations.cases(evaluation_id)
            results = stored_results(store.evaluations.rows(evaluation_id))
        return evaluation, _all_parts(evaluation.name, parse_questions(text, name=evaluation.name)), results

    def _subject(self, evaluation: Evaluation) -> Subject:
        tenant_id = evaluation.tenant_id
        return Subject(
            self._generate_step,
            self._embedder,
            self._retrieval.chat_settings.profile(tenant_id),
            self._registry.ref_of(tenant_id, evaluation.adapter),
            retrieval=self._retrieval,
            open_asker=partial(self._open_asker, evaluation),
        )

    @contextmanager
    def _open_asker(self, evaluation: Evaluation, _: Path | None) -> Iterator[Asker]:
        """The tenant's own documents are asked, in conversations that its list does not show."""
        adapter = evaluation.adapter or BASE_LABEL
        yield Asker(self._chat, self._db, evaluation.tenant_id, adapter, evaluation.id)

    def _record(self, evaluation: Evaluation, part: str, result: CaseResult, progress: float) -> None:
        with self._db.write_tenant(evaluation.tenant_id) as store:
            store.evaluations.add_result(evaluation.id, part, result["id"], {**result}, progress)

    def _finish(self, tenant_id: str, evaluation_id: str) -> None:
        with self._db.read_tenant(tenant_id) as store:
            results = stored_results(store.evaluations.rows(evaluation_id))
        scores = summarize(results)
        with self._db.write_tenant(tenant_id) as store:
            store.evaluations.finish(evaluation_id, {**scores})


def _all_parts(filename: str, cases: Sequence[Case]) -> list[Part]:
    """Every layer that the cases allow, with all of them: no sample is drawn."""
    return list(parts_of(filename.rpartition(".")[0] or filename, cases, len(cases)))
