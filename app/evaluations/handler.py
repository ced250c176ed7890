"""Jobs that evaluate answers and adapters, in the process that serves: they need its model."""

from __future__ import annotations

import asyncio

from app.domain.jobs import Job, JobStatus
from app.evaluations.gate.adapter_evaluation import AdapterTrial
from app.evaluations.service import HostedEvaluations
from app.storage.sqlite.database import Database


class AdapterEvaluationJobs:
    """Handler of `evaluate_adapter` jobs."""

    def __init__(self, db: Database, trial: AdapterTrial) -> None:
        self._db = db
        self._trial = trial

    def run(self, job: Job) -> None:
        asyncio.run(self._trial.run(job.tenant_id, job.payload["evaluation_id"]))

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        with self._db.write_tenant(job.tenant_id) as store:
            store.adapter_evaluations.record_outcome(job.payload["evaluation_id"], status, code, message)

    def sweep(self) -> None:
        """Nothing is left behind."""


class EvaluationJobs:
    """Handler of `evaluate` jobs."""

    def __init__(self, db: Database, evaluations: HostedEvaluations) -> None:
        self._db = db
        self._evaluations = evaluations

    def run(self, job: Job) -> None:
        asyncio.run(self._evaluations.run(job.tenant_id, job.payload["evaluation_id"]))

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        with self._db.write_tenant(job.tenant_id) as store:
            store.evaluations.record_outcome(job.payload["evaluation_id"], status, code, message)

    def sweep(self) -> None:
        """Nothing is left behind."""
