"""Diagnoses what the settings name: for `loracle doctor` and for the operator of a running service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from app.bootstrap.files import diagnose_files
from app.bootstrap.generation import diagnose_generation, fitting_bases
from app.bootstrap.models import models_on_disk
from app.bootstrap.sandbox import diagnose_sandbox
from app.bootstrap.sign_in import diagnose_sign_in
from app.domain.processes import ProcessKind
from app.errors import AppError
from app.operations.diagnosis.checks import Finding, diagnose
from app.operations.processes.diagnosis import diagnose_processes
from app.operations.processes.service import ProcessService
from app.settings import Settings
from app.storage.database import Database, open_database
from app.storage.faults import StorageFault


def diagnose_settings(settings: Settings, running: Database | None = None) -> Iterator[Finding]:
    """All checks. `running`: the database of a running service; without one it is opened and migrated."""
    yield from diagnose(
        models_on_disk(settings),
        settings.models_dir,
        settings.data_dir,
        settings.database_url,
        bases=lambda: fitting_bases(settings),
        running=running,
    )
    yield from diagnose_generation(settings)
    yield from diagnose_files(settings)
    yield from diagnose_sandbox(settings)
    yield from diagnose_sign_in(settings)
    with suppress(AppError, StorageFault):  # the database is a finding of its own
        yield from _diagnose_processes(settings, running)


def _diagnose_processes(settings: Settings, running: Database | None) -> Iterator[Finding]:
    """Which processes run, were lost or are missing."""
    inside = {ProcessKind.WORKER: settings.worker_in_process, ProcessKind.TRAINER: settings.trainer_in_process}
    elsewhere = frozenset(kind for kind, is_inside in inside.items() if not is_inside)
    db = running or open_database(settings.data_dir, settings.database_url)
    try:
        yield from diagnose_processes(ProcessService(db), elsewhere)
    finally:
        if running is None:
            db.close()
