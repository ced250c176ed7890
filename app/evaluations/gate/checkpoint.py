"""What an adapter's evaluation keeps of itself while it runs: it goes on where it was, and hears whether to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from app.domain.evaluations import AdapterEvaluation, EvaluationSide
from app.evaluations.gate.promotion_gate import Observation
from app.evaluations.runner import FrozenCase
from app.jobs.signals import JobCancelled
from app.storage.sqlite.database import Database


class TrialNotes:
    """One evaluation's observations; `total` of both sides together."""

    def __init__(self, db: Database, evaluation: AdapterEvaluation, total: int) -> None:
        self._db = db
        self._evaluation = evaluation
        self._total = total
        self._done = 0

    def known(self, side: EvaluationSide, frozen: Sequence[FrozenCase]) -> dict[str, Observation]:
        """By case, what was seen before, where it was asked the very same: both sides must see the same passages."""
        with self._db.read_tenant(self._evaluation.tenant_id) as store:
            kept = store.adapter_evaluations.observations(self._evaluation.id, side)
        wanted = [(one.case.id, one.prompt_sha256) for one in frozen]
        known = {key[0]: Observation(**kept[key]) for key in wanted if key in kept}
        self._done += len(known)
        return known

    def keep(self, side: EvaluationSide, asked: FrozenCase, seen: Observation) -> None:
        """Raises JobCancelled."""
        self._done += 1
        progress = min(0.99, self._done / self._total)
        with self._db.write_tenant(self._evaluation.tenant_id) as store:
            store.adapter_evaluations.add_observation(
                self._evaluation.id, side, asked.case.id, asked.prompt_sha256, asdict(seen), progress
            )
            job = self._evaluation.job_id
            cancelled = job is not None and store.jobs.get(job).cancel_requested
        if cancelled:
            raise JobCancelled
