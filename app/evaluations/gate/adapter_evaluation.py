"""Runs the evaluation of an adapter: it and the version that it would replace answer the same cases.

Both run in the serving engine, in the same batches: the evaluation measures what would answer, and it loads no second
copy of the base model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anyio.to_thread import run_sync

from app.adapters.registry import AdapterRegistry
from app.chat.settings.service import AnsweringProfile
from app.domain.evaluations import AdapterEvaluation, EvaluationSide
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.evaluations.case_concurrency import slices
from app.evaluations.case_file import from_stored
from app.evaluations.cases import Case
from app.evaluations.gate.checkpoint import EvaluationCheckpoint
from app.evaluations.gate.examples import choose_examples
from app.evaluations.gate.promotion_gate import Judgement, PairedObservation, RetentionResult, judge
from app.evaluations.gate.service import MOST_CASES
from app.evaluations.provided_context import provided_passages
from app.evaluations.retention_probe import RETENTION_PROMPTS
from app.evaluations.runner import CaseRunner, FrozenCase, Observation, freeze
from app.evaluations.tenant_retrieval import TenantRetrieval
from app.jobs.turn import Turn
from app.llm.base import AdapterRef, Generator
from app.storage.database import Database

Sides = Mapping[EvaluationSide, AdapterRef | None]  # None: the plain base model


class AdapterEvaluationRunner:
    """Runs evaluations of all tenants' adapters on the serving generator."""

    def __init__(
        self,
        db: Database,
        registry: AdapterRegistry,
        generator: Generator,
        embedder: Embedder,
        retrieval: TenantRetrieval,
    ) -> None:
        self._db = db
        self._registry = registry
        self._generator = generator
        self._embedder = embedder
        self._retrieval = retrieval

    async def run(self, tenant_id: str, evaluation_id: str, turn: Turn | None = None) -> Judgement:
        """Ask both sides all cases, judge, and record the verdict with its report.

        With a `turn`, it gives way to other tenants after every slice of its cases. Raises NotFound if an adapter was
        deleted, InvalidRequest for a case that does not fit the context, JobCancelled on request.
        """
        evaluation, cases = await run_sync(self._begin, tenant_id, evaluation_id)
        sides: Sides = {
            EvaluationSide.INCUMBENT: await run_sync(self._registry.ref_of, tenant_id, evaluation.against),
            EvaluationSide.CANDIDATE: await run_sync(self._registry.ref_of, tenant_id, evaluation.adapter),
        }
        runner = CaseRunner(self._generator, self._embedder, tenant_id, evaluation_id)
        checkpoint = EvaluationCheckpoint(self._db, evaluation, len(sides) * len(cases))
        pairs = await self._observe(runner, checkpoint, cases, sides, turn)
        retained = [await runner.probe_retention(ref) for ref in sides.values()]
        retention = [
            RetentionResult(prompt, *both) for (prompt, _), *both in zip(RETENTION_PROMPTS, *retained, strict=True)
        ]
        judgement = await run_sync(judge, pairs, retention)
        await run_sync(self._record, tenant_id, evaluation_id, judgement, choose_examples(cases, pairs))
        return judgement

    async def _observe(
        self,
        runner: CaseRunner,
        checkpoint: EvaluationCheckpoint,
        cases: Sequence[Case],
        sides: Sides,
        turn: Turn | None,
    ) -> list[PairedObservation]:
        """How both sides answer the cases, in their order. Raises JobYielded between two slices of them."""
        observed = await run_sync(checkpoint.pairs)
        remaining = [case for case in cases if case.id not in observed]
        for number, some in enumerate(slices(remaining)):
            if number and turn is not None:
                await run_sync(turn.end_if_awaited)
            frozen = await run_sync(self._freeze, checkpoint.tenant_id, some)
            incumbent, candidate = [await _observations(runner, checkpoint, frozen, *side) for side in sides.items()]
            both = zip(incumbent, candidate, strict=True)
            observed |= {case.id: pair for case, pair in zip(some, both, strict=True)}
        return [
            PairedObservation(case.id, case.group or case.id, case.answerable, *observed[case.id]) for case in cases
        ]

    def _begin(self, tenant_id: str, evaluation_id: str) -> tuple[AdapterEvaluation, list[Case]]:
        with self._db.write_tenant(tenant_id) as store:
            file = from_stored(store.adapter_evaluations.cases(evaluation_id))
            evaluation = store.adapter_evaluations.begin(evaluation_id, self._registry.base_fingerprint)
            return evaluation, file.cases(MOST_CASES)

    def _record(self, tenant_id: str, evaluation_id: str, judgement: Judgement, examples: list[dict[str, Any]]) -> None:
        report = {**judgement.as_dict(), "passes": judgement.passes, "examples": examples}
        with self._db.write_tenant(tenant_id) as store:
            store.adapter_evaluations.finish(evaluation_id, judgement.verdict, report)

    def _freeze(self, tenant_id: str, cases: Sequence[Case]) -> list[FrozenCase]:
        profile = self._retrieval.chat_settings.profile(tenant_id)
        return [freeze(case, self._passages(profile, case), self._generator, profile.preamble) for case in cases]

    def _passages(self, profile: AnsweringProfile, case: Case) -> list[Passage]:
        return provided_passages(case) if case.passages else self._retrieval.retrieve(profile, case).passages


async def _observations(
    runner: CaseRunner,
    checkpoint: EvaluationCheckpoint,
    frozen: Sequence[FrozenCase],
    side: EvaluationSide,
    ref: AdapterRef | None,
) -> list[Observation]:
    """One observation for each case, in order: from the checkpoint where it has one."""
    done = await run_sync(checkpoint.observations, side, frozen)
    remaining = [one for one in frozen if one.case.id not in done]

    async def record(case: FrozenCase, observation: Observation) -> None:
        await run_sync(checkpoint.record, side, case, observation)

    observations = await runner.run(remaining, ref, record)
    done |= {one.case.id: observation for one, observation in zip(remaining, observations, strict=True)}
    return [done[one.case.id] for one in frozen]
