"""`loracle serve`, `worker` and `trainer`, and how every command reads settings and opens the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from app.bootstrap.storage import Storage
    from app.settings import Settings

DataDir = Annotated[Path | None, typer.Option(help="Where documents, database and indexes live.")]
HealthPort = Annotated[
    int | None, typer.Option(min=0, max=65535, help="Port that answers /healthz and /readyz; none if left out.")
]
HealthHost = Annotated[str, typer.Option(help="Address that the health port listens on.")]


def settings_with(**options: Any) -> Settings:
    """Settings from the environment, overridden by the command line's options that are not None."""
    from app.bootstrap.environment import read_settings

    return read_settings(**{name: value for name, value in options.items() if value is not None})


def settings_of_data(data_dir: Path | None, **options: Any) -> Settings:
    """The same for what works on a data folder, which is closed to other accounts; logs from here on as they say."""
    from app.file_modes import close_folder, set_file_mask
    from app.observability import configure_logging

    settings = settings_with(data_dir=data_dir, **options)
    configure_logging(settings.log_level, settings.log_format)
    set_file_mask(group_reads=settings.data_group_reads)
    close_folder(settings.data_dir.expanduser(), group_reads=settings.data_group_reads)
    return settings


@contextmanager
def opened(data_dir: Path | None, *, may_make: bool = False) -> Iterator[Storage]:
    """A data folder as it is, or one that is made; closed at the end. The operator acts on it.

    None means the folder of the settings. A database that is not there, or of another version, ends the command: what
    only looks or changes something makes and migrates nothing, so that a wrong folder is noticed.
    """
    from app.bootstrap.command_line import opened_as_it_is
    from app.storage.acting import acting, operator

    with acting(operator()), opened_as_it_is(settings_of_data(data_dir), may_make=may_make) as storage:
        yield storage


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0: any that is free.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Listen, migrate the database, load the models and serve HTTP until stopped.

    While it starts, /healthz answers and /readyz says no. The log has each step with its seconds.
    """
    from app.numerics.memory import pause_collection

    pause_collection()  # build_runtime resumes it when everything is imported
    from app.cli.serving import run_server

    run_server(settings_of_data(data_dir, host=host, port=port))


def worker(data_dir: DataDir = None, health_port: HealthPort = None, health_host: HealthHost = "127.0.0.1") -> None:
    """Take in documents and deliver webhooks, beside `serve` with LORACLE_WORKER_IN_PROCESS=false."""
    from app.bootstrap.background import run_worker

    run_worker(settings_of_data(data_dir), health_host, health_port)


def trainer(data_dir: DataDir = None, health_port: HealthPort = None, health_host: HealthHost = "127.0.0.1") -> None:
    """Train adapters and run evaluations, beside `serve` with LORACLE_TRAINER_IN_PROCESS=false."""
    from app.bootstrap.background import run_trainer

    run_trainer(settings_of_data(data_dir), health_host, health_port)
