"""Builds the workers of a service process: which handler runs which jobs, and how many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

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
from app.numerics.pytorch import pytorch_installed
from app.settings import Settings
from app.webhooks.handler import WebhookJobs

if TYPE_CHECKING:  # PyTorch stays out of a service that trains nothing
    from app.training.handler import TrainingJobs


@dataclass(frozen=True, slots=True)
class Workers:
    """All workers of one service process. They cannot be started again: a new start builds new ones."""

    workers: Sequence[Worker]
    training_jobs: TrainingJobs | None  # None: PyTorch is not installed, so that another process trains

    def start(self) -> None:
        """Start a thread for each worker."""
        for worker in self.workers:
            worker.start()

    def stop(self) -> None:
        """Stop all workers and wait for them. A running training saves a checkpoint, from which it resumes later."""
        if self.training_jobs is not None:
            self.training_jobs.stop()
        for worker in self.workers:
            worker.stop(0)  # none takes over the poll of another one
        for worker in self.workers:
            worker.stop()


def build_workers(settings: Settings, runtime: Runtime) -> Workers:
    """Build the workers of evaluations, of trainings and, unless another process runs them, of documents."""
    db, timing = runtime.storage.db, worker_timing(settings)
    training_jobs = _training_jobs(settings, runtime) if pytorch_installed() else None
    evaluations: dict[str, Handler] = {
        JobKind.EVALUATE_ADAPTER: AdapterEvaluationJobs(db, runtime.adapter_evaluation_runner),
        JobKind.EVALUATE: EvaluationJobs(db, runtime.evaluation_runner),
    }
    workers = [Worker(db, evaluations, timing)]
    if training_jobs is not None:
        workers.append(Worker(db, {JobKind.TRAIN: training_jobs}, timing))
    if settings.webhooks:
        workers += _webhook_jobs(settings, runtime).workers(timing)
    if settings.worker_in_process:
        documents = DocumentJobs(db, runtime.storage.blobs, runtime.ingestor, runtime.reindexing)
        workers += documents.workers(timing)
    return Workers(workers, training_jobs)


def build_document_workers(storage: Storage) -> list[Worker]:
    """Load the embedding models and build the document workers of a process of their own.

    Raises WeightsUnavailable.
    """
    embedders = build_embedders(storage.settings, storage.db)
    ingestor, reindexing = build_ingestor(storage, embedders), build_reindexing(storage, embedders.current)
    return DocumentJobs(storage.db, storage.blobs, ingestor, reindexing).workers(worker_timing(storage.settings))


def _webhook_jobs(settings: Settings, runtime: Runtime) -> WebhookJobs:
    send = partial(post, timeout_s=settings.webhook_timeout_s, resolve=resolve_addresses)
    return WebhookJobs(runtime.storage.db, send)


def worker_timing(settings: Settings) -> WorkerTiming:
    """Build the leases and retries of jobs."""
    return WorkerTiming(settings.job_lease_s, settings.job_heartbeat_s, settings.job_max_attempts)


def _training_jobs(settings: Settings, runtime: Runtime) -> TrainingJobs:
    from app.training.handler import TrainingJobs, TrainingResources
    from app.training.subprocess_runner import ProcessLimits

    resources = TrainingResources(
        runtime.storage.trainings_dir,
        lambda: training_source(settings),
        ProcessLimits(settings.training_memory_mb, settings.training_timeout_s),
        settings.training_threads,
    )
    db, blobs = runtime.storage.db, runtime.storage.blobs
    evaluations = AdapterEvaluationService(db, runtime.adapters)
    return TrainingJobs(db, blobs, runtime.adapters, evaluations, runtime.chat_settings, resources)
