"""Runs `loracle serve`: takes its address, says what it does, and serves until it is asked to stop."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import structlog

from app import __version__
from app.cli.terminal import print
from app.http.server.listening import address_of, open_listener
from app.observability import StepTimer, log_step, process_age_s
from app.settings import Settings
from app.storage.database import check_url, check_usable

if TYPE_CHECKING:
    from app.http.server.draining_server import DrainingServer
    from app.http.server.starting import StartingApplication

log = structlog.get_logger(__name__)
STARTUP_FAILURE = 3  # exit status, as uvicorn has it


def run_server(settings: Settings) -> None:
    """Serve HTTP until a signal asks it to stop.

    The address is taken first: a port in use is told before anything is read, loaded or started. Raises AppError with
    what keeps the service from starting.
    """
    check_url(settings.database_url)
    with open_listener(settings.host, settings.port) as listener:
        announce(settings, listener.getsockname()[1])
        check_usable(settings.data_dir, settings.database_url)  # before the seconds of PyTorch's import
        timer = StepTimer(log_step)
        application, server = _prepare(settings, timer)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    if application.failure is not None:
        raise application.failure
    if not server.started:
        sys.exit(STARTUP_FAILURE)


def announce(settings: Settings, port: int) -> None:
    """Log where the service will answer, and print it where a person watches."""
    url = f"http://{address_of(settings.host, port)}"
    page, api = f"{url}{settings.root_path}/", f"{url}{settings.root_path}/docs"
    folder = settings.data_dir.expanduser().resolve()
    log.info("starting", version=__version__, address=url, page=page, api_page=api, data_dir=str(folder))
    if sys.stdout.isatty():
        print(f"Loracle {__version__}: {page} (API page: {api}), data in {folder}. Stop it with Ctrl+C.", flush=True)


def _prepare(settings: Settings, timer: StepTimer) -> tuple[StartingApplication, DrainingServer]:
    """Check what the settings name, and build the application with its server. Its lifespan does what takes long."""
    from app.bootstrap.files import check_files
    from app.bootstrap.generation import check_generation
    from app.bootstrap.http_server import build_server
    from app.bootstrap.lifespan import hurry, is_starting, start_draining
    from app.bootstrap.models import models_on_disk
    from app.bootstrap.sandbox import check_sandbox
    from app.bootstrap.sign_in import sign_in_of
    from app.http.server.starting import StartingApplication
    from app.main import create_app
    from app.numerics.threads import share_interpreter
    from app.weights.catalog import resolve

    sign_in_of(settings)
    check_generation(settings)
    for model in models_on_disk(settings):  # missing models are one clear line now, not a failed start later
        resolve(model, settings.models_dir)
    timer.add("import", process_age_s())
    check_files(settings)
    check_sandbox(settings)
    share_interpreter()
    app = create_app(settings, timer=timer)

    def give_up() -> None:
        server.should_exit = True

    application = StartingApplication(app, give_up)
    server = build_server(
        application, settings, partial(start_draining, app), partial(hurry, app), partial(is_starting, app)
    )
    return application, server
