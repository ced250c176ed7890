"""The checkpoint of an adapter's evaluation: an interrupted one resumes, a cancelled one ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from app.domain.evaluations import AdapterEvaluation, EvaluationSide
from app.evaluations.runner import FrozenCase, Observation
from app.jobs.signals import JobCancelled
from app.storage.database import Database


class EvaluationCheckpoint:
    """Stores the observations of one evaluation; `total` is their number on both sides together."""

    def __init__(self, db: Database, evaluation: AdapterEvaluation, total: int) -> None:
        self._db = db
        self._evaluation = evaluation
        self._total = total
        self._done = 0
        self._stored: dict[EvaluationSide, dict[tuple[str, str], Observation]] | None = None

    @property
    def tenant_id(self) -> str:
        return self._evaluation.tenant_id

    def pairs(self) -> dict[str, tuple[Observation, Observation]]:
        """What both sides, the incumbent first, were observed with over the same prompt, by case."""
        incumbent, candidate = (self._of(side) for side in (EvaluationSide.INCUMBENT, EvaluationSide.CANDIDATE))
        found = {key[0]: (incumbent[key], candidate[key]) for key in incumbent.keys() & candidate.keys()}
        self._done += 2 * len(found)
        return found

    def observations(self, side: EvaluationSide, frozen: Sequence[FrozenCase]) -> dict[str, Observation]:
        """What was stored before, by case. Observations of another prompt are left out: both see the same passages."""
        stored = self._of(side)
        keys = [(one.case.id, one.prompt_sha256) for one in frozen]
        found = {key[0]: stored[key] for key in keys if key in stored}
        self._done += len(found)
        return found

    def _of(self, side: EvaluationSide) -> dict[tuple[str, str], Observation]:
        """By case and sha256 of its prompt, as they were when this object was first asked."""
        if self._stored is None:
            with self._db.read_tenant(self.tenant_id) as store:
                figures = {
                    one: store.adapter_evaluations.observations(self._evaluation.id, one) for one in EvaluationSide
                }
            self._stored = {
                one: {key: Observation(**each) for key, each in stored.items()} for one, stored in figures.items()
            }
        return self._stored[side]

    def record(self, side: EvaluationSide, frozen: FrozenCase, observation: Observation) -> None:
        """Store an observation and the progress. Raises JobCancelled if the evaluation was cancelled."""
        self._done += 1
        progress = min(0.99, self._done / self._total)
        with self._db.write_tenant(self._evaluation.tenant_id) as store:
            store.adapter_evaluations.add_observation(
                self._evaluation.id, side, frozen.case.id, frozen.prompt_sha256, asdict(observation), progress
            )
            job = self._evaluation.job_id
            cancelled = job is not None and store.jobs.get(job).cancel_requested
        if cancelled:
            raise JobCancelled
