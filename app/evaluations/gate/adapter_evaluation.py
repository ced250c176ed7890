"""The trial of an adapter: it and what it would replace answer the same cases side by side; the gate judges.

Both run in the serving engine, in the same batches, so that what is measured is what will answer, and no second
copy of the base model is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anyio.to_thread import run_sync

from app.adapters.registry import PLAIN_BASE, AdapterRegistry, split_label
from app.chat.settings.service import AnsweringProfile, ChatSettingsService
from app.chat.steps.retrieve import retrieve
from app.chat.steps.rewrite import rewrite
from app.domain.evaluations import AdapterEvaluation, EvaluationSide
from app.domain.passages import Passage
from app.embeddings.base import Embedder
from app.errors import InvalidRequest
from app.evaluations.cases import Case, parse_cases
from app.evaluations.gate.checkpoint import TrialNotes
from app.evaluations.gate.promotion_gate import Judgement, Observation, Paired, Probe, judge
from app.evaluations.retention_probe import CLOZES
from app.evaluations.runner import FrozenCase, Observer, freeze, given_passages
from app.llm.base import AdapterRef, Generator
from app.search.retriever import Retriever
from app.storage.sqlite.database import Database

MOST_CASES = 2000


class AdapterTrial:
    """Evaluations of all tenants' adapters on the serving generator."""

    def __init__(
        self,
        db: Database,
        registry: AdapterRegistry,
        generator: Generator,
        embedder: Embedder,
        retriever: Retriever,
        profiles: ChatSettingsService,
        *,
        top_k: int,
    ) -> None:
        self._db = db
        self._registry = registry
        self._generator = generator
        self._embedder = embedder
        self._retriever = retriever
        self._profiles = profiles
        self._top_k = top_k

    def request(
        self, tenant_id: str, name: str, version: str | None, against: str | None, cases: str, filename: str
    ) -> AdapterEvaluation:
        """Queue an evaluation; `against` is "base", a label, or None for what is in force now.

        Raises NotFound (adapter), InvalidRequest (cases).
        """
        parsed = parse_cases(cases, name=filename)
        check_cases(parsed)
        self._registry.adopt(tenant_id, name)
        with self._db.write_tenant(tenant_id) as store:
            adapter = store.adapters.get(name, version)
            self._registry.ref(adapter)
            other = against or (active.label if (active := store.deployments.active()) is not None else "base")
            other = "base" if other in PLAIN_BASE else store.adapters.get(*split_label(other)).label
            if other == adapter.label:
                raise InvalidRequest("An adapter cannot be evaluated against itself.", param="against")
            return store.adapter_evaluations.create(name, adapter.version, other, _kept(cases, filename))

    async def run(self, tenant_id: str, evaluation_id: str) -> Judgement:
        """Measure and record.

        Raises NotFound if the adapter is gone, InvalidRequest for a case that does not fit, JobCancelled on request.
        """
        evaluation, cases = await run_sync(self._read, tenant_id, evaluation_id)
        sides: dict[EvaluationSide, AdapterRef | None] = {
            EvaluationSide.INCUMBENT: await run_sync(self._ref, tenant_id, evaluation.against),
            EvaluationSide.CANDIDATE: await run_sync(self._ref, tenant_id, evaluation.adapter),
        }
        frozen = await run_sync(self._freeze, tenant_id, cases)
        judgement = await self._measure(evaluation, frozen, sides)
        await run_sync(self._record, tenant_id, evaluation_id, judgement)
        return judgement

    async def _measure(
        self, evaluation: AdapterEvaluation, frozen: list[FrozenCase], sides: Mapping[EvaluationSide, AdapterRef | None]
    ) -> Judgement:
        observer = Observer(self._generator, self._embedder, evaluation.tenant_id, evaluation.id)
        notes = TrialNotes(self._db, evaluation, len(sides) * len(frozen))
        incumbent, candidate = [await _observed(observer, notes, frozen, *side) for side in sides.items()]
        pairs = [
            Paired(one.case.id, _group(one.case), one.case.answerable, before, after)
            for one, before, after in zip(frozen, incumbent, candidate, strict=True)
        ]
        known = [await observer.probe(side) for side in sides.values()]
        probes = [Probe(prompt, *both) for (prompt, _), *both in zip(CLOZES, *known, strict=True)]
        return await run_sync(judge, pairs, probes)

    def _read(self, tenant_id: str, evaluation_id: str) -> tuple[AdapterEvaluation, list[Case]]:
        with self._db.write_tenant(tenant_id) as store:
            filename, _, text = store.adapter_evaluations.cases(evaluation_id).partition("\n")
            return store.adapter_evaluations.begin(evaluation_id), parse_cases(text, name=filename)

    def _record(self, tenant_id: str, evaluation_id: str, judgement: Judgement) -> None:
        report = {**judgement.as_dict(), "passes": judgement.passes}
        with self._db.write_tenant(tenant_id) as store:
            store.adapter_evaluations.finish(evaluation_id, judgement.verdict, report)

    def _ref(self, tenant_id: str, label: str) -> AdapterRef | None:
        if label == "base":
            return None
        return self._registry.ref(self._registry.get(tenant_id, *split_label(label)))

    def _freeze(self, tenant_id: str, cases: Sequence[Case]) -> list[FrozenCase]:
        profile = self._profiles.profile(tenant_id)
        return [freeze(case, self._passages(profile, case), self._generator, profile.preamble) for case in cases]

    def _passages(self, profile: AnsweringProfile, case: Case) -> list[Passage]:
        if case.passages:
            return given_passages(case)
        question = rewrite(case.question, case.earlier)
        found = retrieve(self._retriever, profile, question, k=self._top_k, original=case.question)
        return found.passages


async def _observed(
    observer: Observer, notes: TrialNotes, frozen: Sequence[FrozenCase], side: EvaluationSide, ref: AdapterRef | None
) -> list[Observation]:
    """One observation per case, in order: those that an earlier run kept, and the others."""
    known = await run_sync(notes.known, side, frozen)
    left = [one for one in frozen if one.case.id not in known]

    async def keep(asked: FrozenCase, seen: Observation) -> None:
        await run_sync(notes.keep, side, asked, seen)

    seen = await observer.observe(left, ref, keep)
    known |= {one.case.id: observation for one, observation in zip(left, seen, strict=True)}
    return [known[one.case.id] for one in frozen]


def check_cases(cases: Sequence[Case]) -> None:
    """Raises InvalidRequest if these cannot be evaluated: too many, or nothing that F1 can be taken of."""
    if len(cases) > MOST_CASES:
        raise InvalidRequest(f"{len(cases)} cases; an evaluation takes at most {MOST_CASES}.", param="cases")
    unscored = [case.id for case in cases if case.answerable and not case.answers]
    if unscored:
        raise InvalidRequest(f"Cases {', '.join(unscored[:10])} are answerable but have no answers.", param="cases")


def _kept(cases: str, filename: str) -> str:
    """The cases with the name that decides their format before them."""
    return f"{'cases.json' if filename.lower().endswith('.json') else 'cases.jsonl'}\n{cases}"


def _group(case: Case) -> str:
    return case.group or case.id
