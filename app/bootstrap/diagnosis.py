"""Diagnoses what the settings name: for `loracle doctor` and for the operator of a running service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.bootstrap.models import serving_fingerprint
from app.bootstrap.sign_in import diagnose_sign_in
from app.operations.diagnosis.checks import Finding, diagnose
from app.settings import Settings

if TYPE_CHECKING:
    from app.storage.database import Database


def diagnose_settings(settings: Settings, running: Database | None = None) -> Iterator[Finding]:
    """All checks. `running`: the database of a running service; without one it is opened and migrated."""
    yield from diagnose(
        (settings.base_model, settings.embedding_model),
        settings.models_dir,
        settings.data_dir,
        settings.database_url,
        base_fingerprint=lambda: serving_fingerprint(settings),
        running=running,
    )
    yield from diagnose_sign_in(settings)
