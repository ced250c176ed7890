"""Jobs that train an adapter in a process of their own, register it and queue its evaluation."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from app.adapters.registry import AdapterRegistry
from app.chat.settings.service import ChatSettingsService
from app.domain.adapters import AdapterOrigin, AdapterVersion, Lineage
from app.domain.jobs import Job, JobStatus
from app.domain.training import Dataset, Training
from app.errors import AppError, NotFound
from app.evaluations.case_file import CaseFile
from app.evaluations.gate.promotion_gate import FEWEST_GROUPS, FEWEST_QUESTIONS
from app.evaluations.gate.service import AdapterEvaluationService
from app.jobs.signals import JobCancelled, JobInterrupted, JobSuspended
from app.storage.blobs.base import BlobStore, open_blob
from app.storage.database import Database
from app.storage.faults import translate_faults
from app.storage.sql.repositories.trainings import training_ids
from app.training.base import BaseModelSpec
from app.training.messages import Done, Stopped
from app.training.progress_recorder import ProgressRecorder, dataset_deleted
from app.training.subprocess_runner import ProcessLimits, TrainingProcess
from app.training.worker_main import CASES, ROWS, JobSpec, read_preamble

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingResources:
    """Folder and limits of runs. `model_spec` returns the base model; it raises AppError if there is none."""

    folder: Path
    model_spec: Callable[[], BaseModelSpec]
    limits: ProcessLimits
    threads: int


class TrainingJobs:
    """Handler of `train` jobs, for a worker that runs one at a time."""

    def __init__(
        self,
        db: Database,
        blobs: BlobStore,
        registry: AdapterRegistry,
        evaluations: AdapterEvaluationService,
        chat_settings: ChatSettingsService,
        resources: TrainingResources,
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._registry = registry
        self._evaluations = evaluations
        self._chat_settings = chat_settings
        self._resources = resources
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Stop the running training: it saves a checkpoint, and its job is queued again."""
        self._stopping.set()

    def run(self, job: Job) -> None:
        training, dataset = self._read(job)
        folder = self._prepare(training, dataset)
        recorder = ProgressRecorder(self._db, job, training, self._stopping.is_set)
        try:
            last = TrainingProcess(folder, self._resources.limits).run(recorder.record, recorder.should_stop)
            if isinstance(last, Stopped):
                raise self._reason(recorder)
            recorder.flush()
            self._finish(training, dataset, folder, last)
        finally:
            for name in (ROWS, CASES):  # a tenant's text: copied again when the run resumes
                (folder / name).unlink(missing_ok=True)
            self._delete_if_gone(training, folder)
        shutil.rmtree(folder, ignore_errors=True)

    def _reason(self, recorder: ProgressRecorder) -> Exception:
        """Why a training was stopped."""
        if self._stopping.is_set() and not recorder.cancelled:
            return JobInterrupted()
        return JobSuspended() if recorder.suspended and not recorder.cancelled else JobCancelled()

    def _delete_if_gone(self, training: Training, folder: Path) -> None:
        """Delete what a training wrote whose tenant was deleted while it ran."""
        try:
            with self._db.read() as session:
                gone = training.id not in training_ids(session, training.tenant_id)
        except AppError:  # the database is busy: the sweep deletes it
            return
        if gone:
            shutil.rmtree(folder, ignore_errors=True)

    def record_outcome(self, job: Job, status: JobStatus, code: str, message: str) -> None:
        if status not in {JobStatus.RUNNING, JobStatus.SUCCEEDED}:
            with self._db.write_tenant(job.tenant_id) as store:
                store.trainings.record_outcome(job.payload["training_id"], status, code, message)

    def sweep(self) -> None:
        """Delete the checkpoints of trainings that were deleted, and the files of adapters that were never recorded."""
        if orphans := self._registry.sweep():
            log.info("orphaned_adapters_deleted", versions=orphans)
        folders = list(self._resources.folder.glob("*"))  # before the trainings: another process may begin one
        with self._db.read() as session:
            known = training_ids(session)
        for folder in folders:
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
        """Write rows and job spec to the folder of the run."""
        folder = self._resources.folder / training.id
        resources = self._resources
        spec = JobSpec(
            training.recipe,
            resources.model_spec(),
            training.evaluation_share,
            resources.threads,
            resources.limits.memory_mb,
            training.search_request,
            (FEWEST_QUESTIONS, FEWEST_GROUPS),
            self._preamble(training, folder),
        )
        with translate_faults():
            folder.mkdir(parents=True, exist_ok=True)
            with open_blob(self._blobs, dataset.blob) as rows, (folder / ROWS).open("wb") as copy:
                shutil.copyfileobj(rows, copy)
            spec.write(folder)
        return folder

    def _preamble(self, training: Training, folder: Path) -> str:
        """The tenant's preamble, or the one that a resumed run began with: its checkpoints belong to those prompts."""
        previous = read_preamble(folder)
        return self._chat_settings.get(training.tenant_id).preamble if previous is None else previous

    def _finish(self, training: Training, dataset: Dataset, folder: Path, last: Done) -> None:
        """Register the adapter, queue its evaluation, record both."""
        with self._db.read_tenant(training.tenant_id) as store:
            sources = store.datasets.get(dataset.id).sources  # documents may have been deleted meanwhile
        found: dict[str, Any] = {"recipe": last.recipe, **({} if last.search is None else {"search": last.search})}
        details = {"training": {**last.figures(), "id": training.id, "dataset": dataset.label, **found}}
        lineage = Lineage(AdapterOrigin.TRAINING, (), sources, details)
        adapter, _ = self._registry.publish(training.tenant_id, training.adapter, folder, lineage)
        evaluation_id, outcome = self._evaluate(adapter, folder / CASES, last.cases)
        with self._db.write_tenant(training.tenant_id) as store:
            message = f"{adapter.label} is registered. {outcome}"
            rate = last.computed_tokens_per_s
            store.trainings.finish(training.id, adapter.label, evaluation_id, message, computed_tokens_per_s=rate)
        log.info("adapter_trained", adapter=adapter.label, training_id=training.id, **last.figures())

    def _evaluate(self, adapter: AdapterVersion, cases: Path, count: int) -> tuple[str | None, str]:
        """Queue the evaluation on the held-out questions. Returns (its id or None, a sentence for the log)."""
        if (reason := adapter.not_served) is not None:
            return None, f"It cannot answer here: {reason}."
        if not count:
            return None, "No question rows were kept out: evaluate it with questions of your own before it answers."
        file = CaseFile("cases.jsonl", cases.read_text(encoding="utf-8"))
        try:
            evaluation = self._evaluations.create(adapter.tenant_id, adapter.name, file, version=adapter.version)
        except AppError as fault:
            return None, f"It was not evaluated: {fault.message}"
        return evaluation.id, f"Its evaluation on {count} questions that were kept out is queued."
