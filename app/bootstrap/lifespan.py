"""What `loracle serve` does from its start to its end: services, workers, and all that runs regularly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

import structlog
from anyio.to_thread import current_default_thread_limiter, run_sync
from starlette.applications import Starlette

from app.audit.service import AuditService
from app.bootstrap.limits import concurrency_bounds, request_threads
from app.bootstrap.runtime import Runtime, build_runtime
from app.bootstrap.services import build_services
from app.bootstrap.workers import Workers, build_workers
from app.chat.streams.service import StreamService
from app.domain.processes import ProcessKind
from app.http.drain import Drain
from app.http.idempotency import IdempotencyService
from app.http.key_use import KeyUse
from app.http.refused_keys import RefusedKeys
from app.http.services import Services
from app.metering.metering import Metering
from app.observability import StepTimer
from app.operations.processes.heartbeat import Heartbeat
from app.operations.service import OperationsService
from app.operations.text_server import text_server
from app.settings import Settings
from app.storage.database import Database
from app.tenants.suspension import SuspensionWatch

log = structlog.get_logger(__name__)


@asynccontextmanager
async def run_service(
    app: Starlette, settings: Settings, provided: Runtime | None, timer: StepTimer
) -> AsyncIterator[None]:
    """Register the services on `app` and run until the process is asked to stop.

    `provided`: models and storage of the caller, who closes them; without them they are opened and closed here.
    """
    runtime: Runtime = provided if provided is not None else await run_sync(build_runtime, settings, timer)
    try:
        with Heartbeat(runtime.storage.db, ProcessKind.SERVE, settings.node_name) as heartbeat:
            services, workers = build_services(runtime, heartbeat.process_id), build_workers(settings, runtime)
            drain = services.get(Drain)
            drain.on_start(heartbeat.drain)
            drain.on_start(workers.stop_claiming)
            app.state.services, app.state.workers = services, workers
            current_default_thread_limiter().total_tokens = request_threads(concurrency_bounds(settings))
            with _metrics_port(settings, services.get(OperationsService)):
                async with _at_work(settings, runtime.storage.db, services, workers):
                    await _report_ready(settings, runtime, timer)
                    yield
    finally:
        if provided is None:
            await runtime.close()


def start_draining(app: Starlette) -> Mapping[str, int]:
    """Let /readyz say no, start no further job, and end connections after their answers; answers go on.

    Returns what is at work: the number of streams and of jobs.
    """
    services: Services | None = getattr(app.state, "services", None)
    if services is None:  # the process is still starting
        return {}
    drain: Drain = services.get(Drain)
    work = {"streams": len(drain.streams), "jobs": app.state.workers.running}
    drain.start()
    return work


def is_starting(app: Starlette) -> bool:
    """Whether nothing is at work yet: the database is migrated, or the models are loaded."""
    return getattr(app.state, "services", None) is None


def hurry(app: Starlette) -> None:
    """Leave no time to what is at work."""
    services: Services | None = getattr(app.state, "services", None)
    if services is not None:
        services.get(Drain).hurry()


@asynccontextmanager
async def _at_work(settings: Settings, db: Database, services: Services, workers: Workers) -> AsyncIterator[None]:
    """Run the workers and what is done regularly; at the end save what is at work."""
    drain, metering, streams = services.get(Drain), services.get(Metering), services.get(StreamService)
    readiness = services.get(OperationsService).readiness
    await run_sync(readiness.start)
    workers.start()
    refused, key_use, audit = services.get(RefusedKeys), services.get(KeyUse), services.get(AuditService)
    running = (
        metering.usage.flush_regularly(),
        metering.keep_current(),
        streams.serve_others(),
        refused.flush_regularly(),
        key_use.flush_regularly(),
        audit.clean_regularly(),
        SuspensionWatch(db, drain.streams, streams).run(),
    )
    regular = [asyncio.create_task(each) for each in running]
    try:
        yield
    finally:
        drain.start()
        await streams.close()
        await run_sync(workers.stop, drain.left_s(settings.drain_delay_s + settings.drain_s))
        await services.get(IdempotencyService).close()
        for task in regular:
            task.cancel()
        await run_sync(readiness.close)
        await run_sync(metering.usage.try_flush)
        await run_sync(refused.try_flush)
        await run_sync(key_use.try_flush)


@contextmanager
def _metrics_port(settings: Settings, operations: OperationsService) -> Iterator[None]:
    """Answer scrapes on the port of the metrics, if they have one of their own. Raises InvalidRequest."""
    if not settings.metrics_port:
        yield
        return
    names, answer = "LORACLE_METRICS_HOST and LORACLE_METRICS_PORT", operations.answer_scrape
    with text_server(settings.metrics_host, settings.metrics_port, answer, name="metrics", options=names) as port:
        log.info("metrics_port", host=settings.metrics_host, port=port)
        yield


async def _report_ready(settings: Settings, runtime: Runtime, timer: StepTimer) -> None:
    for warning in await run_sync(runtime.adapters.warnings):
        log.warning("adapter_warning", message=warning)
    for step, seconds in timer.seconds.items():
        runtime.metrics.start.labels(step).set(seconds)
    log.info(
        "ready",
        data_dir=str(runtime.storage.db.data_dir),
        worker=settings.worker_in_process,
        trainer=settings.trainer_in_process,
        seconds=round(sum(timer.seconds.values()), 2),
        steps=timer.rounded(),
    )
