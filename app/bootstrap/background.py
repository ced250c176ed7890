"""Runs the processes that answer no HTTP: `loracle worker` and `loracle trainer`."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import structlog

from app.bootstrap.command_line import opened_storage
from app.bootstrap.files import check_files
from app.bootstrap.models import quiet_libraries
from app.bootstrap.runtime import Runtime, build_runtime
from app.bootstrap.sandbox import check_sandbox
from app.bootstrap.storage import Storage
from app.bootstrap.workers import Workers, build_document_workers, build_trainer_workers
from app.domain.processes import ProcessKind
from app.errors import InvalidRequest
from app.numerics.threads import share_interpreter
from app.observability import configure_logging
from app.operations.processes.health_server import health_server
from app.operations.processes.heartbeat import Heartbeat
from app.settings import Settings

log = structlog.get_logger(__name__)


def run_worker(settings: Settings, health_host: str, health_port: int | None) -> None:
    """Take in documents and deliver webhooks until SIGTERM or SIGINT. Raises Unavailable with what is missing."""
    _prepare(settings)
    with opened_storage(settings) as storage:
        _run(storage, ProcessKind.WORKER, build_document_workers(storage), health_host, health_port)


def run_trainer(settings: Settings, health_host: str, health_port: int | None) -> None:
    """Train and evaluate until SIGTERM or SIGINT. Raises Unavailable with what is missing."""
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
    check_sandbox(settings)


@contextmanager
def _opened_runtime(settings: Settings) -> Iterator[Runtime]:
    runtime = build_runtime(settings)
    try:
        yield runtime
    finally:
        asyncio.run(runtime.close())


def _run(storage: Storage, kind: ProcessKind, workers: Workers, health_host: str, health_port: int | None) -> None:
    """Run the workers until the process is asked to stop, then let their jobs end."""
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.set())
    with Heartbeat(storage.db, kind, storage.settings.node_name) as heartbeat, ExitStack() as stack:
        if health_port is not None:
            health_port = _open_health(stack, heartbeat, health_host, health_port)
        workers.start()
        log.info("ready", process=kind, process_id=heartbeat.process_id, health_port=health_port)
        asked.wait()
        heartbeat.drain()
        workers.stop(storage.settings.drain_s)
        log.info("stopped", process=kind)


def _open_health(stack: ExitStack, heartbeat: Heartbeat, host: str, port: int) -> int:
    """The port on which an orchestrator asks how the process does. Raises InvalidRequest if it is taken."""
    answers = health_server(host, port, lambda: heartbeat.is_healthy, lambda: not heartbeat.is_draining)
    try:
        return stack.enter_context(answers)
    except OSError as fault:
        raise InvalidRequest(f"The health port {host}:{port} cannot be opened: {fault.strerror}.") from fault
