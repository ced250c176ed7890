"""Builds the workers of a process: which handler runs which jobs, and how many at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.bootstrap.ingestion import build_ingestor, build_reindexing
from app.bootstrap.models import build_embedders, training_source
from app.bootstrap.runtime import Runtime
from app.bootstrap.storage import Storage
from app.documents.handler import DocumentJobs
from app.documents.url_fetch import post, resolve_addresses
from app.domain.jobs import JobKind
from app.evaluations.gate.service import AdapterEvaluationService
from app.evaluations.handler import AdapterEvaluationJobs, EvaluationJobs
from app.jobs.worker import Handler, Worker, WorkerTiming
from app.settings import Settings
from app.training.handler import TrainingJobs, TrainingResources
from app.training.subprocess_runner import ProcessLimits
from app.webhooks.handler import WebhookJobs


@dataclass(frozen=True, slots=True)
class Workers:
    """All workers of one process. They cannot be started again: a new start builds new ones."""

    workers: Sequence[Worker]
    training_jobs: TrainingJobs | None = None

    def start(self) -> None:
        """Start a thread for each worker."""
        for worker in self.workers:
            worker.start()

    def stop_claiming(self) -> None:
        """Start no further job. A running training saves a checkpoint, from which it resumes later."""
        if self.training_jobs is not None:
            self.training_jobs.stop()
        for worker in self.workers:
            worker.stop(0)

    def stop(self, timeout_s: float) -> None:
        """Stop all workers, wait `timeout_s` seconds for their jobs, and leave those that still run to others."""
        self.stop_claiming()
        until = time.monotonic() + timeout_s
        for worker in self.workers:
            worker.stop(max(0.0, until - time.monotonic()))
        for worker in self.workers:
            worker.release()


def build_workers(settings: Settings, runtime: Runtime) -> Workers:
    """Build the workers of `serve`: of all jobs that no other process runs."""
    documents, trainer = settings.worker_in_process, settings.trainer_in_process
    workers: list[Worker] = []
    if documents:
        jobs = DocumentJobs(runtime.storage.db, runtime.storage.blobs, runtime.ingestor, runtime.reindexing)
        workers += [*jobs.workers(worker_timing(settings)), *_webhook_workers(runtime.storage)]
    if not trainer:
        return Workers(workers)
    training = build_trainer_workers(settings, runtime)
    return Workers([*training.workers, *workers], training.training_jobs)


def build_document_workers(storage: Storage) -> Workers:
    """Load the embedding models and build the workers of `worker`: of documents and webhooks.

    Raises WeightsUnavailable.
    """
    embedders = build_embedders(storage.settings, storage.db)
    ingestor, reindexing = build_ingestor(storage, embedders), build_reindexing(storage, embedders.current)
    jobs = DocumentJobs(storage.db, storage.blobs, ingestor, reindexing)
    return Workers([*jobs.workers(worker_timing(storage.settings)), *_webhook_workers(storage)])


def build_trainer_workers(settings: Settings, runtime: Runtime) -> Workers:
    """Build the workers of `trainer`: of trainings and of evaluations, which ask the runtime's generator."""
    db, timing = runtime.storage.db, worker_timing(settings)
    training_jobs = _training_jobs(settings, runtime)
    evaluations: dict[str, Handler] = {
        JobKind.EVALUATE_ADAPTER: AdapterEvaluationJobs(db, runtime.adapter_evaluation_runner),
        JobKind.EVALUATE: EvaluationJobs(db, runtime.evaluation_runner),
    }
    return Workers([Worker(db, evaluations, timing), Worker(db, {JobKind.TRAIN: training_jobs}, timing)], training_jobs)


def worker_timing(settings: Settings) -> WorkerTiming:
    """Build the leases and retries of jobs."""
    return WorkerTiming(settings.job_lease_s, settings.job_heartbeat_s, settings.job_max_attempts)


def _webhook_workers(storage: Storage) -> list[Worker]:
    settings = storage.settings
    if not settings.webhooks:
        return []
    send = partial(post, timeout_s=settings.webhook_timeout_s, resolve=resolve_addresses)
    return WebhookJobs(storage.db, send).workers(worker_timing(settings))


def _training_jobs(settings: Settings, runtime: Runtime) -> TrainingJobs:
    resources = TrainingResources(
        runtime.storage.trainings_dir,
        lambda: training_source(settings),
        ProcessLimits(settings.training_memory_mb, settings.training_timeout_s),
        settings.training_threads,
    )
    db, blobs = runtime.storage.db, runtime.storage.blobs
    evaluations = AdapterEvaluationService(db, runtime.adapters)
    return TrainingJobs(db, blobs, runtime.adapters, evaluations, runtime.chat_settings, resources)
