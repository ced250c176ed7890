"""The workers of a service process: which handlers run which jobs, and how many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.bootstrap.models import training_source
from app.bootstrap.runtime import Runtime
from app.documents.handler import DocumentJobs
from app.domain.jobs import JobKind
from app.evaluations.gate.service import AdapterEvaluationService
from app.evaluations.handler import AdapterEvaluationJobs, EvaluationJobs
from app.jobs.worker import Handler, Worker, WorkerTiming
from app.settings import Settings
from app.training.handler import TrainingJobs, TrainingMeans
from app.training.subprocess_runner import ChildLimits


@dataclass(frozen=True, slots=True)
class Workers:
    """All workers of one service process, from its start to its stop. A service that starts again builds new ones."""

    workers: Sequence[Worker]
    training_jobs: TrainingJobs

    def start(self) -> None:
        for worker in self.workers:
            worker.start()

    def stop(self) -> None:
        """Stop them and wait. A training that runs saves a checkpoint first; another start resumes it."""
        self.training_jobs.stop()
        for worker in self.workers:
            worker.stop()


def build_workers(settings: Settings, runtime: Runtime) -> Workers:
    """Evaluations need the model that serves; documents may have a process of their own; trainings have one each."""
    db, timing = runtime.storage.db, worker_timing(settings)
    training_jobs = _training_jobs(settings, runtime)
    evaluations: dict[str, Handler] = {
        JobKind.EVALUATE_ADAPTER: AdapterEvaluationJobs(db, runtime.adapter_evaluation_runner),
        JobKind.EVALUATE: EvaluationJobs(db, runtime.evaluation_runner),
    }
    workers = [Worker(db, evaluations, timing), Worker(db, {JobKind.TRAIN: training_jobs}, timing)]
    if settings.worker_in_process:
        documents = DocumentJobs(db, runtime.storage.blobs, runtime.ingestor, runtime.upkeep)
        workers += documents.workers(timing)
    return Workers(workers, training_jobs)


def worker_timing(settings: Settings) -> WorkerTiming:
    return WorkerTiming(settings.job_lease_s, settings.job_heartbeat_s, settings.job_max_attempts)


def _training_jobs(settings: Settings, runtime: Runtime) -> TrainingJobs:
    means = TrainingMeans(
        runtime.storage.trainings_dir,
        lambda: training_source(settings),
        ChildLimits(settings.training_memory_mb, settings.training_timeout_s),
        settings.training_threads,
    )
    db = runtime.storage.db
    evaluations = AdapterEvaluationService(db, runtime.adapters)
    return TrainingJobs(db, runtime.storage.blobs, runtime.adapters, evaluations, means)
