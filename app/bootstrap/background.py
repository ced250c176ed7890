"""Runs the processes that answer no HTTP: `loracle worker` and `loracle trainer`."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import structlog

from app.bootstrap.command_line import opened_storage
from app.bootstrap.files import check_files
from app.bootstrap.models import quiet_libraries
from app.bootstrap.runtime import Runtime, build_runtime
from app.bootstrap.storage import Storage
from app.bootstrap.workers import Workers, build_document_workers, build_trainer_workers
from app.domain.processes import ProcessKind
from app.errors import InvalidRequest
from app.http.drain import STOP_SIGNALS
from app.numerics.threads import share_interpreter
from app.observability import configure_logging
from app.operations.processes.health_server import health_server
from app.operations.processes.heartbeat import Heartbeat
from app.settings import Settings

log = structlog.get_logger(__name__)


def run_worker(settings: Settings, health_host: str, health_port: int | None) -> None:
    """Take in documents and deliver webhooks until a signal says stop. Raises Unavailable with what is missing."""
    _prepare(settings)
    with opened_storage(settings) as storage:
        _run(storage, ProcessKind.WORKER, build_document_workers(storage), health_host, health_port)


def run_trainer(settings: Settings, health_host: str, health_port: int | None) -> None:
    """Train and evaluate until a signal says stop. Raises Unavailable with what is missing."""
    _prepare(settings)
    with _opened_runtime(settings) as runtime:
        _run(
            runtime.storage,
            ProcessKind.TRAINER,
            build_trainer_workers(settings, runtime),
            health_host,
            health_port,
        )


def _prepare(settings: Settings) -> None:
    share_interpreter()
    configure_logging(settings.log_level, settings.log_format)
    quiet_libraries()
    check_files(settings)


@contextmanager
def _opened_runtime(settings: Settings) -> Iterator[Runtime]:
    runtime = build_runtime(settings)
    try:
        yield runtime
    finally:
        asyncio.run(runtime.close())


def _run(storage: Storage, kind: ProcessKind, workers: Workers, health_host: str, health_port: int | None) -> None:
    """Run the workers until the process is asked to stop, then let their jobs end."""
    asked = _asked_to_stop()
    with Heartbeat(storage.db, kind, storage.settings.node_name) as heartbeat, ExitStack() as stack:
        if health_port is not None:
            health_port = _open_health(stack, heartbeat, health_host, health_port)
        workers.start()
        log.info("ready", process=kind, process_id=heartbeat.process_id, health_port=health_port)
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


def _open_health(stack: ExitStack, heartbeat: Heartbeat, host: str, port: int) -> int:
    """The port on which an orchestrator asks how the process does. Raises InvalidRequest if it is taken."""
    answers = health_server(host, port, lambda: heartbeat.is_healthy, lambda: not heartbeat.is_draining)
    try:
        return stack.enter_context(answers)
    except OSError as fault:
        raise InvalidRequest(f"The health port {host}:{port} cannot be opened: {fault.strerror}.") from fault
