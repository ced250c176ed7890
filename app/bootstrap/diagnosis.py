"""Diagnoses what the settings name: for `loracle doctor` and for the operator of a running service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial

from app.bootstrap.files import diagnose_files
from app.bootstrap.generation import diagnose_generation, fitting_bases, shipped_starter
from app.bootstrap.models import models_on_disk
from app.bootstrap.sandbox import diagnose_sandbox
from app.bootstrap.sign_in import diagnose_sign_in
from app.domain.processes import ProcessKind
from app.errors import AppError, NotFound
from app.operations.diagnosis.finding import Finding
from app.operations.diagnosis.machine import diagnose_machine, diagnose_port
from app.operations.diagnosis.models import diagnose_models
from app.operations.diagnosis.stored import diagnose_database, diagnose_folder
from app.operations.diagnosis.totals import diagnose_totals
from app.operations.processes.diagnosis import diagnose_processes
from app.operations.processes.service import ProcessService
from app.settings import Settings
from app.storage.database import Database, is_sqlite, open_read_only
from app.storage.faults import StorageFault


def diagnose_settings(settings: Settings, running: Database | None = None) -> Iterator[Finding]:
    """All checks. Nothing is migrated or made; a bucket gets a file that is deleted again.

    `running`: the database of a running service; without one it is opened for reading only.
    """
    yield from diagnose_machine(device=settings.device, ocr_languages=settings.ocr_languages)
    yield diagnose_port(settings.host, settings.port)
    yield from diagnose_folder(
        settings.data_dir.expanduser().resolve(),
        on_postgresql=not is_sqlite(settings.database_url),
        group_reads=settings.data_group_reads,
    )
    yield from diagnose_models(models_on_disk(settings), settings.models_dir)
    yield from _diagnose_stored(settings, running)
    yield from diagnose_generation(settings)
    yield from diagnose_files(settings)
    yield from diagnose_sandbox(settings)
    yield from diagnose_sign_in(settings)


def _diagnose_stored(settings: Settings, running: Database | None) -> Iterator[Finding]:
    """The database, and what stands in it."""
    try:
        if running is not None:
            yield from _diagnose_rows(settings, running, serving=True)
            return
        with closing(open_read_only(settings.data_dir, settings.database_url)) as db:
            yield from _diagnose_rows(settings, db, serving=False)
    except NotFound:
        yield Finding("database", "not there yet: the first start makes it", ok=True)
    except AppError as fault:
        yield Finding("database", fault.message, ok=False)
    except StorageFault as fault:
        yield Finding("database", f"it cannot be read ({type(fault).__name__}): restore a backup of it", ok=False)


def _diagnose_rows(settings: Settings, db: Database, *, serving: bool) -> Iterator[Finding]:
    current = False
    starter = partial(shipped_starter, settings)
    for finding in diagnose_database(db, lambda: fitting_bases(settings), starter, serving=serving):
        current = current or finding.name == "adapters"  # checked on this version's tables alone
        yield finding
    if current:
        inside = {ProcessKind.WORKER: settings.worker_in_process, ProcessKind.TRAINER: settings.trainer_in_process}
        elsewhere = frozenset(kind for kind, is_inside in inside.items() if not is_inside)
        one_serve = db.dialect.name == "sqlite"
        yield from diagnose_processes(ProcessService(db), elsewhere, one_serve=one_serve)
        yield diagnose_totals(db)
