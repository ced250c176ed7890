"""Evaluations that tenants ask for over HTTP: their own questions, their documents, the generator that serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from anyio.to_thread import run_sync

from app.adapters.registry import PLAIN_BASE, AdapterRegistry, split_label
from app.chat.settings.service import ChatSettingsService
from app.chat.steps.generate import GenerateStep
from app.domain.evaluations import Evaluation
from app.embeddings.base import Embedder
from app.errors import Conflict, InvalidRequest
from app.evaluations.answer_runner import Subject
from app.evaluations.cases import Case, parse_cases
from app.evaluations.compare import compare
from app.evaluations.records import CaseResult, RunScores, stored_results
from app.evaluations.report import render
from app.evaluations.run import measure
from app.evaluations.suite import Part, parts_of
from app.evaluations.summary import summarize
from app.llm.base import AdapterRef
from app.search.retriever import Retriever
from app.storage.sqlite.database import Database

MOST_CASES = 1000
AT_ONCE = 4  # requests: an evaluation leaves the tenant room to ask
DEFAULT_NAME = "questions.jsonl"


class HostedEvaluations:
    """Evaluations of all tenants on a running service's parts. Every call names its tenant."""

    def __init__(
        self,
        db: Database,
        composer: GenerateStep,
        embedder: Embedder,
        profiles: ChatSettingsService,
        retriever: Retriever,
        adapters: AdapterRegistry,
        *,
        top_k: int,
    ) -> None:
        self._db = db
        self._composer = composer
        self._embedder = embedder
        self._profiles = profiles
        self._retriever = retriever
        self._adapters = adapters
        self._top_k = top_k

    def request(self, tenant_id: str, text: str, filename: str, adapter: str | None) -> Evaluation:
        """Queue one. `adapter` is "base", a label or None for what is in force now.

        Raises CasesInvalid with lines, InvalidRequest (too many), NotFound (adapter).
        """
        cases = parse_cases(text, name=filename)
        if len(cases) > MOST_CASES:
            raise InvalidRequest(f"{len(cases)} cases; an evaluation takes at most {MOST_CASES}.", param="cases")
        with self._db.write_tenant(tenant_id) as store:
            if adapter is None:
                active = store.deployments.active()
                label = active.label if active is not None else None
            else:
                label = None if adapter in PLAIN_BASE else store.adapters.get(*split_label(adapter)).label
            return store.evaluations.create(filename, text, label)

    async def run(self, tenant_id: str, evaluation_id: str) -> None:
        """Ask what was not asked yet, keep each result, score all. Raises NotFound if it was deleted."""
        evaluation, parts, kept = await run_sync(self._begin, tenant_id, evaluation_id)
        subject = await run_sync(self._subject, evaluation)
        total, done = sum(len(part.cases) for part in parts), sum(map(len, kept.values()))
        for part in parts:
            answered = {row["id"] for row in kept.get(part.name, ())}
            left = [case for case in part.cases if case.id not in answered]
            async for row in measure(subject, part, left, AT_ONCE):
                done += 1
                await run_sync(self._keep, evaluation, part.name, row, min(0.99, done / total))
        await run_sync(self._finish, tenant_id, evaluation_id)

    def page(self, tenant_id: str, evaluation_id: str) -> str:
        """The report as HTML. Raises NotFound, Conflict while there are no scores yet."""
        with self._db.read_tenant(tenant_id) as store:
            evaluation = store.evaluations.get(evaluation_id)
        if not evaluation.scores:
            raise Conflict("The evaluation has no report yet: wait until its status is succeeded.")
        about = {"questions": evaluation.name, "adapter": evaluation.adapter or "base"}
        return render({evaluation.name: cast("RunScores", evaluation.scores)}, {}, about)

    def compare(self, tenant_id: str, first: str, second: str) -> Mapping[str, Any]:
        """Paired differences, second minus first, over the cases that both answered. Raises NotFound."""
        with self._db.read_tenant(tenant_id) as store:
            before, after = store.evaluations.rows(first), store.evaluations.rows(second)
        return compare(stored_results(before), stored_results(after))

    def _begin(self, tenant_id: str, evaluation_id: str) -> tuple[Evaluation, list[Part], dict[str, list[CaseResult]]]:
        with self._db.read_tenant(tenant_id) as store:
            evaluation = store.evaluations.get(evaluation_id)
            text, kept = store.evaluations.cases(evaluation_id), stored_results(store.evaluations.rows(evaluation_id))
        return evaluation, _parts(evaluation.name, parse_cases(text, name=evaluation.name)), kept

    def _subject(self, evaluation: Evaluation) -> Subject:
        """The service as this tenant's questions meet it: its documents, profile and adapter."""
        return Subject(
            self._composer,
            self._embedder,
            self._profiles.profile(evaluation.tenant_id),
            self._adapter_ref(evaluation),
            retriever=self._retriever,
            top_k=self._top_k,
        )

    def _adapter_ref(self, evaluation: Evaluation) -> AdapterRef | None:
        if evaluation.adapter is None:
            return None
        return self._adapters.ref(self._adapters.get(evaluation.tenant_id, *split_label(evaluation.adapter)))

    def _keep(self, evaluation: Evaluation, part: str, row: CaseResult, progress: float) -> None:
        with self._db.write_tenant(evaluation.tenant_id) as store:
            store.evaluations.add_result(evaluation.id, part, row["id"], {**row}, progress)

    def _finish(self, tenant_id: str, evaluation_id: str) -> None:
        with self._db.read_tenant(tenant_id) as store:
            rows = stored_results(store.evaluations.rows(evaluation_id))
        scores = summarize(rows)
        with self._db.write_tenant(tenant_id) as store:
            store.evaluations.finish(evaluation_id, {**scores})


def _parts(name: str, cases: Sequence[Case]) -> list[Part]:
    """Every layer the cases allow, none of them sampled."""
    return list(parts_of(name.rpartition(".")[0] or name, cases, len(cases)))
