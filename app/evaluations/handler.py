"""Handlers of evaluation jobs. They run in the process that serves, because they need its model."""

from __future__ import annotations

import asyncio

from app.domain.jobs import Job, JobKind, JobStatus
from app.evaluations.gate.adapter_evaluation import AdapterEvaluationRunner
from app.evaluations.tenant_runner import TenantEvaluationRunner
from app.jobs.turn import Turn
from app.storage.database import Database

KINDS = (JobKind.EVALUATE_ADAPTER, JobKind.EVALUATE)  # that one worker runs, of a tenant the first before the second


class AdapterEvaluationJobs:
    """Handler of `evaluate_adapter` jobs."""

    def __init__(self, db: Database, runner: AdapterEvaluationRunner) -> None:
        self._db = db
        self._runner = runner

    def run(self, job: Job) -> None:
        turn = Turn(self._db, KINDS, job.tenant_id)
        asyncio.run(self._runner.run(job.tenant_id, job.payload["evaluation_id"], turn))

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        with self._db.write_tenant(job.tenant_id) as store:
            store.adapter_evaluations.record_outcome(job.payload["evaluation_id"], status, code, message)

    def sweep(self) -> None:
        """These jobs leave nothing behind."""


class EvaluationJobs:
    """Handler of `evaluate` jobs."""

    def __init__(self, db: Database, runner: TenantEvaluationRunner) -> None:
        self._db = db
        self._runner = runner

    def run(self, job: Job) -> None:
        turn = Turn(self._db, KINDS, job.tenant_id)
        asyncio.run(self._runner.run(job.tenant_id, job.payload["evaluation_id"], turn))

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        with self._db.write_tenant(job.tenant_id) as store:
            store.evaluations.record_outcome(job.payload["evaluation_id"], status, code, message)

    def sweep(self) -> None:
        """These jobs leave nothing behind."""
