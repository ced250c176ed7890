"""Runs the processes that answer no HTTP: `loracle worker` and `loracle trainer`."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from app import __version__
from app.domain.processes import ProcessKind
from app.http.drain import STOP_SIGNALS
from app.observability import StepTimer, log_step, process_age_s
from app.operations.processes.health_server import ProcessHealth, health_server
from app.operations.processes.heartbeat import Heartbeat
from app.settings import Settings
from app.storage.database import check_url, check_usable

if TYPE_CHECKING:
    from app.bootstrap.runtime import Runtime
    from app.bootstrap.storage import Storage
    from app.bootstrap.workers import Workers

log = structlog.get_logger(__name__)


def run_worker(settings: Settings, health_host: str, health_port: int | None) -> None:
    """Take in documents and deliver webhooks until a signal says stop. Raises AppError with what is missing."""
    with _health_port(settings, ProcessKind.WORKER, health_host, health_port) as health:
        timer = _prepare(settings, embedding_only=True)
        from app.bootstrap.command_line import opened_storage
        from app.bootstrap.workers import build_document_workers

        with opened_storage(settings) as storage:
            with timer.measure("models"):
                workers = build_document_workers(storage)
            _run(storage, ProcessKind.WORKER, workers, health)


def run_trainer(settings: Settings, health_host: str, health_port: int | None) -> None:
    """Train and evaluate until a signal says stop. Raises AppError with what is missing."""
    with _health_port(settings, ProcessKind.TRAINER, health_host, health_port) as health:
        timer = _prepare(settings, embedding_only=False)
        from app.bootstrap.workers import build_trainer_workers

        with _opened_runtime(settings, timer) as runtime:
            _run(runtime.storage, ProcessKind.TRAINER, build_trainer_workers(settings, runtime), health)


@contextmanager
def _health_port(settings: Settings, kind: ProcessKind, host: str, port: int | None) -> Iterator[ProcessHealth]:
    """Open the port on which an orchestrator asks how the process does, before anything is loaded, and say so.

    Raises InvalidRequest if it cannot be opened.
    """
    check_url(settings.database_url)
    health = ProcessHealth()
    folder = str(settings.data_dir.expanduser().resolve())
    if port is None:
        log.info("starting", process=kind, version=__version__, data_dir=folder, health_port=None)
        yield health
        return
    with health_server(host, port, health) as opened:
        log.info("starting", process=kind, version=__version__, data_dir=folder, health_port=opened)
        yield health


def _prepare(settings: Settings, *, embedding_only: bool) -> StepTimer:
    """Raises AppError for models that are not here, and for a data folder, database or files that cannot be used."""
    from app.bootstrap.files import check_files
    from app.bootstrap.models import models_on_disk, quiet_libraries
    from app.bootstrap.sandbox import check_sandbox
    from app.numerics.threads import share_interpreter
    from app.weights.catalog import resolve

    check_usable(settings.data_dir, settings.database_url)
    for model in models_on_disk(settings):
        if not embedding_only or model == settings.embedding_model:
            resolve(model, settings.models_dir)
    timer = StepTimer(log_step)
    share_interpreter()
    quiet_libraries()
    timer.add("import", process_age_s())
    check_files(settings)
    check_sandbox(settings)
    return timer


@contextmanager
def _opened_runtime(settings: Settings, timer: StepTimer) -> Iterator[Runtime]:
    from app.bootstrap.runtime import build_runtime

    runtime = build_runtime(settings, timer)
    try:
        yield runtime
    finally:
        asyncio.run(runtime.close())


def _run(storage: Storage, kind: ProcessKind, workers: Workers, health: ProcessHealth) -> None:
    """Run the workers until the process is asked to stop, then let their jobs end."""
    asked = _asked_to_stop()
    with Heartbeat(storage.db, kind, storage.settings.node_name) as heartbeat:
        workers.start()
        health.follow(heartbeat)
        log.info("ready", process=kind, process_id=heartbeat.process_id)
        asked.wait()
        heartbeat.drain()
        began, bound_s = time.monotonic(), storage.settings.drain_s
        log.info("draining", process=kind, jobs=workers.running, bound_s=bound_s)
        workers.stop(bound_s)
        log.info("stopped", process=kind, seconds=round(time.monotonic() - began, 2))


def _asked_to_stop() -> threading.Event:
    """An event that the first signal to stop sets. The second one ends the process at once."""
    asked = threading.Event()

    def stop(number: int, _frame: object) -> None:
        if asked.is_set():
            os._exit(128 + number)
        asked.set()

    for number in STOP_SIGNALS:
        signal.signal(number, stop)
    return asked
