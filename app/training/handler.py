"""Jobs that train an adapter, in a process of their own; what they make goes to the registry and the gate."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from app.adapters.registry import NOT_SERVED, AdapterRegistry
from app.domain.adapters import AdapterOrigin, AdapterVersion, Lineage
from app.domain.jobs import Job, JobStatus
from app.domain.training import Dataset, Training
from app.errors import AppError, NotFound
from app.evaluations.gate.adapter_evaluation import AdapterTrial
from app.evaluations.gate.promotion_gate import FEWEST_GROUPS, FEWEST_QUESTIONS
from app.jobs.signals import JobCancelled, JobInterrupted
from app.storage.blobs import Blobs
from app.storage.sql.repositories.trainings import training_ids
from app.storage.sqlite.database import Database, translate_faults
from app.training.base import BaseModelSpec
from app.training.messages import Done, Stopped
from app.training.progress_recorder import ProgressRecorder, dataset_deleted
from app.training.subprocess_runner import ChildLimits, TrainingProcess
from app.training.worker_main import CASES, ROWS, JobSpec

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingMeans:
    """Where and within what runs happen. `source`: the base, or why there is none (AppError)."""

    folder: Path
    source: Callable[[], BaseModelSpec]
    limits: ChildLimits
    threads: int


class TrainingJobs:
    """Handler of `train` jobs, for a worker that runs one at a time."""

    def __init__(
        self, db: Database, blobs: Blobs, registry: AdapterRegistry, trial: AdapterTrial, means: TrainingMeans
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._registry = registry
        self._trial = trial
        self._means = means
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Let the running one save a checkpoint and be given back."""
        self._stopping.set()

    def run(self, job: Job) -> None:
        training, dataset = self._read(job)
        folder = self._prepare(training, dataset)
        recorder = ProgressRecorder(self._db, job, training, self._stopping.is_set)
        try:
            last = TrainingProcess(folder, self._means.limits).run(recorder.record, recorder.should_stop)
            if isinstance(last, Stopped):
                raise JobInterrupted if self._stopping.is_set() and not recorder.cancelled else JobCancelled
            recorder.flush()
            self._finish(training, dataset, folder, last)
        finally:
            for name in (ROWS, CASES):  # a tenant's text: copied anew when the run goes on
                (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        if status not in {JobStatus.RUNNING, JobStatus.SUCCEEDED}:
            with self._db.write_tenant(job.tenant_id) as store:
                store.trainings.record_outcome(job.payload["training_id"], status, code, message)

    def sweep(self) -> None:
        """Checkpoints of trainings that are no more."""
        with self._db.read() as session:
            known = training_ids(session)
        for folder in self._means.folder.glob("*"):
            if folder.name not in known:
                shutil.rmtree(folder, ignore_errors=True)

    def _read(self, job: Job) -> tuple[Training, Dataset]:
        with self._db.read_tenant(job.tenant_id) as store:
            try:
                training = store.trainings.get(job.payload["training_id"])
            except NotFound:
                raise JobCancelled from None
            try:
                return training, store.datasets.get(training.dataset_id)
            except NotFound:
                raise dataset_deleted(training) from None

    def _prepare(self, training: Training, dataset: Dataset) -> Path:
        """The run's folder with its rows and what to do with them."""
        folder = self._means.folder / training.id
        means = self._means
        spec = JobSpec(
            training.recipe,
            means.source(),
            training.evaluation_share,
            means.threads,
            means.limits.memory_mb,
            training.search_asked,
            (FEWEST_QUESTIONS, FEWEST_GROUPS),
        )
        with translate_faults():
            folder.mkdir(parents=True, exist_ok=True)
            with self._blobs.open(dataset.blob) as rows, (folder / ROWS).open("wb") as copy:
                shutil.copyfileobj(rows, copy)
            spec.write(folder)
        return folder

    def _finish(self, training: Training, dataset: Dataset, folder: Path, last: Done) -> None:
        """Register the adapter, queue its evaluation, record both."""
        with self._db.read_tenant(training.tenant_id) as store:
            sources = store.datasets.get(dataset.id).sources  # documents may have been deleted meanwhile
        found: dict[str, Any] = {"recipe": last.recipe, **({} if last.search is None else {"search": last.search})}
        details = {"training": {**last.figures(), "id": training.id, "dataset": dataset.label, **found}}
        lineage = Lineage(AdapterOrigin.TRAINING, (), sources, details)
        adapter, _ = self._registry.publish(training.tenant_id, training.adapter_name, folder, lineage)
        evaluation_id, told = self._evaluate(adapter, folder / CASES, last.cases)
        with self._db.write_tenant(training.tenant_id) as store:
            message = f"{adapter.label} is registered. {told}"
            rate = last.computed_tokens_per_s
            store.trainings.finish(training.id, adapter.label, evaluation_id, message, computed_tokens_per_s=rate)
        log.info("adapter_trained", adapter=adapter.label, training_id=training.id, **last.figures())

    def _evaluate(self, adapter: AdapterVersion, cases: Path, count: int) -> tuple[str | None, str]:
        """(id of the evaluation, what to tell): on the questions that were kept out, against what is in force."""
        if (reason := adapter.lineage.details.get(NOT_SERVED)) is not None:
            return None, f"It cannot answer here: {reason}."
        if not count:
            return None, "No question rows were kept out: evaluate it with questions of your own before it answers."
        text = cases.read_text(encoding="utf-8")
        try:
            made = self._trial.request(adapter.tenant_id, adapter.name, adapter.version, None, text, "cases.jsonl")
        except AppError as fault:
            return None, f"It was not evaluated: {fault.message}"
        return made.id, f"Its evaluation on {count} questions that were kept out is queued."
