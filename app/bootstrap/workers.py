"""Builds the workers of a process: which handler runs which jobs, and how many at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.bootstrap.ingestion import build_ingestor, build_reindexing
from app.bootstrap.limits import tenant_quotas
from app.bootstrap.models import build_embedders, training_source
from app.bootstrap.runtime import Runtime
from app.bootstrap.storage import Storage
from app.bootstrap.vector_indexes import build_partition_upkeep
from app.documents.handler import DocumentJobs
from app.documents.url_fetch import post, resolve_addresses
from app.domain.jobs import JobKind
from app.evaluations.gate.service import AdapterEvaluationService
from app.evaluations.handler import AdapterEvaluationJobs, EvaluationJobs
from app.jobs.handler import Handler
from app.jobs.worker import Worker, WorkerTiming
from app.numerics.pytorch import pytorch_installed
from app.settings import Settings
from app.storage.notifications.base import JobNotifications
from app.webhooks.handler import WebhookJobs

if TYPE_CHECKING:  # PyTorch stays out of a service that trains nothing
    from app.storage.pgvector.upkeep import PartitionUpkeep
    from app.training.handler import TrainingJobs


@dataclass(frozen=True, slots=True)
class Workers:
    """All workers of one process. They cannot be started again: a new start builds new ones."""

    workers: Sequence[Worker]
    notifications: JobNotifications | None  # None: they poll
    training_jobs: TrainingJobs | None = None  # None: another process trains
    partition_upkeep: PartitionUpkeep | None = None  # None: another process does it, or FAISS searches

    @property
    def running(self) -> int:
        """The number of jobs at work."""
        return sum(worker.is_busy for worker in self.workers)

    def start(self) -> None:
        """Start a thread for each worker."""
        for worker in self.workers:
            worker.start()
        if self.partition_upkeep is not None:
            self.partition_upkeep.start()

    def stop_claiming(self) -> None:
        """Start no further job. A running training saves a checkpoint, from which it resumes later."""
        if self.training_jobs is not None:
            self.training_jobs.stop()
        if self.partition_upkeep is not None:
            self.partition_upkeep.stop()
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
        if self.notifications is not None:
            self.notifications.close()


def build_workers(settings: Settings, runtime: Runtime) -> Workers:
    """Build the workers of `serve`: of all jobs that no other process runs."""
    storage, notifications = runtime.storage, runtime.storage.db.notifications()
    workers: list[Worker] = []
    training_jobs, upkeep = None, None
    if settings.trainer_in_process:
        training_jobs = _training_jobs(settings, runtime)
        workers += _trainer_workers(settings, runtime, training_jobs, notifications)
    if settings.worker_in_process:
        documents = DocumentJobs(storage.db, storage.blobs, runtime.ingestor, runtime.reindexing)
        workers += _document_workers(storage, documents, notifications)
        upkeep = build_partition_upkeep(storage)
    return Workers(workers, notifications, training_jobs, upkeep)


def build_document_workers(storage: Storage) -> Workers:
    """Load the embedding models and build the workers of `worker`: of documents and webhooks.

    Raises WeightsUnavailable.
    """
    embedders, notifications = build_embedders(storage.settings, storage.db), storage.db.notifications()
    ingestor, reindexing = build_ingestor(storage, embedders), build_reindexing(storage, embedders.current)
    documents = DocumentJobs(storage.db, storage.blobs, ingestor, reindexing)
    workers = _document_workers(storage, documents, notifications)
    return Workers(workers, notifications, partition_upkeep=build_partition_upkeep(storage))


def build_trainer_workers(settings: Settings, runtime: Runtime) -> Workers:
    """Build the workers of `trainer`: of trainings and of evaluations, which ask the runtime's generator."""
    training_jobs, notifications = _training_jobs(settings, runtime), runtime.storage.db.notifications()
    return Workers(_trainer_workers(settings, runtime, training_jobs, notifications), notifications, training_jobs)


def _document_workers(
    storage: Storage, documents: DocumentJobs, notifications: JobNotifications | None
) -> list[Worker]:
    """The workers of documents and, if tenants may have them, of webhooks."""
    settings = storage.settings
    workers = documents.workers(worker_timing(settings), notifications)
    if settings.webhooks:
        send = partial(post, timeout_s=settings.webhook_timeout_s, resolve=resolve_addresses)
        workers += WebhookJobs(storage.db, send).workers(worker_timing(settings), notifications)
    return workers


def _trainer_workers(
    settings: Settings, runtime: Runtime, training_jobs: TrainingJobs | None, notifications: JobNotifications | None
) -> list[Worker]:
    db, timing = runtime.storage.db, worker_timing(settings)
    evaluations: dict[str, Handler] = {
        JobKind.EVALUATE_ADAPTER: AdapterEvaluationJobs(db, runtime.adapter_evaluation_runner),
        JobKind.EVALUATE: EvaluationJobs(db, runtime.evaluation_runner),
    }
    workers = [Worker(db, evaluations, timing, notifications=notifications)]
    if training_jobs is not None:
        workers.append(Worker(db, {JobKind.TRAIN: training_jobs}, timing, notifications=notifications))
    return workers


def worker_timing(settings: Settings) -> WorkerTiming:
    """Build the leases and retries of jobs."""
    return WorkerTiming(settings.job_lease_s, settings.job_heartbeat_s, settings.job_max_attempts)


def _training_jobs(settings: Settings, runtime: Runtime) -> TrainingJobs | None:
    """None without PyTorch: another process trains."""
    if not pytorch_installed():
        return None
    from app.training.handler import TrainingJobs, TrainingResources
    from app.training.subprocess_runner import ProcessLimits

    resources = TrainingResources(
        runtime.storage.trainings_dir,
        lambda: training_source(settings),
        ProcessLimits(settings.training_memory_mb, settings.training_timeout_s),
        settings.training_threads,
    )
    db, blobs = runtime.storage.db, runtime.storage.blobs
    evaluations = AdapterEvaluationService(db, runtime.adapters, tenant_quotas(settings))
    return TrainingJobs(db, blobs, runtime.adapters, evaluations, runtime.chat_settings, resources)
