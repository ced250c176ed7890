"""`loracle serve` and `loracle worker`, and how every command reads settings and opens the data folder."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from app.bootstrap.storage import Storage
    from app.settings import Settings

GRACE_S = 30
DataDir = Annotated[Path | None, typer.Option(help="Where documents, database and indexes live.")]


def settings_with(**options: Any) -> Settings:
    """Settings from the environment, overridden by the command line's options that are not None."""
    from app.settings import Settings

    return Settings(**{name: value for name, value in options.items() if value is not None})


@contextmanager
def opened(data_dir: Path | None) -> Iterator[Storage]:
    """A data folder, migrated; closed at the end. None means the folder of the settings."""
    from app.bootstrap.command_line import opened_storage

    with opened_storage(settings_with(data_dir=data_dir)) as storage:
        yield storage


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Migrate the database, load the models and serve HTTP until stopped."""
    from app.numerics.memory import pause_collection

    pause_collection()  # build_runtime resumes it when everything is imported
    import uvicorn

    from app.bootstrap.sign_in import sign_in_of
    from app.main import create_app
    from app.numerics.threads import share_interpreter
    from app.observability import StepTimer, process_age_s
    from app.storage.database import migrate
    from app.weights.catalog import resolve

    timer = StepTimer()
    timer.add("import", process_age_s())
    settings = settings_with(host=host, port=port, data_dir=data_dir)
    sign_in_of(settings)
    if settings.generator == "local":  # missing models are one clear line now, not a failed start later
        resolve(settings.base_model, settings.models_dir)
        resolve(settings.embedding_model, settings.models_dir)
    with timer.measure("database"):
        migrate(settings.data_dir, settings.database_url)
    share_interpreter()
    uvicorn.run(
        create_app(settings, timer=timer),
        host=settings.host,
        port=settings.port,
        root_path=settings.root_path,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )


def worker(data_dir: DataDir = None) -> None:
    """Ingest documents in a process of its own, beside `serve` with LORACLE_WORKER_IN_PROCESS=false."""
    from app.bootstrap.command_line import opened_storage
    from app.bootstrap.models import quiet_libraries
    from app.bootstrap.workers import build_document_workers
    from app.numerics.threads import share_interpreter
    from app.observability import configure_logging

    settings = settings_with(data_dir=data_dir)
    share_interpreter()
    configure_logging(settings.log_level, settings.log_format)
    quiet_libraries()
    with opened_storage(settings) as storage:
        running, *others = build_document_workers(storage)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: running.stop(0))
        for other in others:
            other.start()
        running.run()
        for other in others:
            other.stop()
