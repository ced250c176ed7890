"""The FastAPI application: parts from the runtime, routers, middleware, lifespan."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from anyio.to_thread import run_sync
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from app import __version__
from app.api import (
    adapter_evaluations,
    adapter_pointers,
    adapters,
    answering,
    batches,
    chat,
    collections,
    conversations,
    datasets,
    documents,
    documents_from_url,
    errors,
    evaluations,
    ops,
    search,
    tenants,
    trainings,
)
from app.api.middleware import Authenticate, BodyLimit, RequestContext
from app.evaluation.adapter_trial import AdapterTrial, build_trial
from app.evaluation.hosted import HostedEvaluations
from app.model_loading import training_source
from app.runtime import Runtime, build_runtime, build_upkeep
from app.settings import Settings
from app.store.states import JobKind
from app.telemetry import Metrics, configure_logging
from app.training.child import ChildLimits
from app.web import docs_page
from app.worker.documents import DocumentJobs
from app.worker.evaluations import AdapterEvaluationJobs, EvaluationJobs
from app.worker.loop import Handler, Worker, WorkerTiming
from app.worker.trainings import TrainingJobs, TrainingMeans

log = structlog.get_logger(__name__)
PUBLIC = frozenset({"/", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json", "/favicon.ico"})
PUBLIC_PREFIXES = ("/static/",)
TAGS = [
    {"name": "documents", "description": "What answers are found in."},
    {"name": "search", "description": "Passages, without an answer."},
    {"name": "chat", "description": "Answers with citations."},
    {"name": "conversations", "description": "What was asked and answered, and what users thought of it."},
    {"name": "evaluations", "description": "Your own questions, asked of your documents and scored."},
    {"name": "adapters", "description": "Your tenant's own LoRA adapters on the shared base model."},
    {"name": "training", "description": "Datasets, and the jobs that train adapters on them."},
    {"name": "tenants", "description": "For the operator: tenants and their keys."},
    {"name": "operations", "description": "Health, readiness and metrics."},
]
ROOMS = (
    documents,
    documents_from_url,
    batches,
    collections,
    search,
    chat,
    answering,
    conversations,
    adapters,
    adapter_pointers,
    adapter_evaluations,
    evaluations,
    datasets,
    trainings,
    tenants,
    ops,
)
DESCRIPTION = (
    "Upload documents, ask, and get answers that cite the exact passage they rest on. Press **Authorize** and paste "
    "an API key (`lk_...`) to try the calls here."
)


def create_app(settings: Settings | None = None, runtime: Runtime | None = None) -> FastAPI:
    """The service. With a `runtime` it is used as it is and left open; else one is built at start-up."""
    settings = settings or (runtime.storage.settings if runtime is not None else Settings())
    configure_logging(settings.log_level, settings.log_format)
    app = FastAPI(
        title="Loracle",
        version=__version__,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        lifespan=lambda app: _lifespan(app, settings, runtime),
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.metrics = Metrics()
    errors.install(app)
    docs_page.install(app)
    for room in ROOMS:
        app.include_router(room.router)
    # The last added is the outermost.
    app.add_middleware(Authenticate, public=PUBLIC, public_prefixes=PUBLIC_PREFIXES)
    upload_bytes = max(settings.max_upload_bytes, settings.adapter_max_bytes)
    app.add_middleware(
        BodyLimit,
        json_bytes=settings.max_body_bytes,
        upload_bytes=upload_bytes,
        larger={batches.PATH: settings.max_batch_bytes},
    )
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.cors_origins, allow_methods=["*"], allow_headers=["*"]
        )
    app.add_middleware(RequestContext, metrics=app.state.metrics)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI, settings: Settings, given: Runtime | None) -> AsyncIterator[None]:
    app.state.draining = asyncio.Event()
    runtime: Runtime = given if given is not None else await run_sync(build_runtime, settings)
    app.state.runtime = runtime
    app.state.trial = build_trial(runtime)
    app.state.evaluations = HostedEvaluations(runtime)
    training = _training(settings, runtime, app.state.trial)
    workers = _workers(settings, runtime, app.state.trial, app.state.evaluations, training)
    for worker in workers:
        worker.start()
    log.info("ready", data_dir=str(runtime.storage.db.data_dir), worker=settings.worker_in_process)
    try:
        yield
    finally:
        app.state.draining.set()
        training.stop()
        for worker in workers:
            await run_sync(worker.stop)
        if given is None:
            await runtime.close()


def _training(settings: Settings, runtime: Runtime, trial: AdapterTrial) -> TrainingJobs:
    means = TrainingMeans(
        runtime.storage.trainings_dir,
        lambda: training_source(settings),
        ChildLimits(settings.training_memory_mb, settings.training_timeout_s),
        settings.training_threads,
    )
    return TrainingJobs(runtime.storage.db, runtime.storage.blobs, runtime.adapters, trial, means)


def _workers(
    settings: Settings,
    runtime: Runtime,
    trial: AdapterTrial,
    evaluations: HostedEvaluations,
    training: TrainingJobs,
) -> list[Worker]:
    """Evaluations need the model that serves; documents may have a process of their own; trainings have one each."""
    db = runtime.storage.db
    timing = WorkerTiming(settings.job_lease_s, settings.job_heartbeat_s, settings.job_max_attempts)
    measuring: dict[str, Handler] = {
        JobKind.EVALUATE_ADAPTER: AdapterEvaluationJobs(db, trial),
        JobKind.EVALUATE: EvaluationJobs(db, evaluations),
    }
    workers = [Worker(db, measuring, timing), Worker(db, {JobKind.TRAIN: training}, timing)]
    if settings.worker_in_process:
        documents = DocumentJobs(
            db, runtime.storage.blobs, runtime.ingestor, build_upkeep(runtime.storage, runtime.embedder)
        )
        workers += documents.workers(timing)
    return workers
