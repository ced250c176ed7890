"""Diagnoses what the settings name: for `loracle doctor` and for the operator of a running service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.bootstrap.files import diagnose_files
from app.bootstrap.generation import diagnose_generation, fitting_bases
from app.bootstrap.models import models_on_disk
from app.bootstrap.sign_in import diagnose_sign_in
from app.operations.diagnosis.checks import Finding, diagnose
from app.settings import Settings

if TYPE_CHECKING:
    from app.storage.database import Database


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
    yield from diagnose_sign_in(settings)
