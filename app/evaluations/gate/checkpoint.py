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

    def observations(self, side: EvaluationSide, frozen: Sequence[FrozenCase]) -> dict[str, Observation]:
        """The stored observations by case. Those of another prompt are left out: both sides see the same passages."""
        with self._db.read_tenant(self._evaluation.tenant_id) as store:
            stored = store.adapter_evaluations.observations(self._evaluation.id, side)
        keys = [(one.case.id, one.prompt_sha256) for one in frozen]
        found = {key[0]: Observation(**stored[key]) for key in keys if key in stored}
        self._done += len(found)
        return found

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
