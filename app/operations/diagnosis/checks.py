"""Diagnoses a machine, its models and a data folder before or beside a running service."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.engine.quantized_folder import checkpoint_folders, find_problems
from app.errors import AppError
from app.numerics.pytorch import pytorch_installed
from app.storage.database import Database, migrate, open_database
from app.storage.schema import schema_current
from app.storage.sql.repositories.deployments import count_of_another_base
from app.weights.catalog import local_folder, verify

LEAST_MEMORY = 2 * 2**30
LEAST_DISK = 2**30
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; `text` says what to do if it is not `ok`."""

    name: str
    text: str
    ok: bool


def diagnose(
    models: Sequence[str],
    models_dir: Path,
    data_dir: Path,
    database_url: str = "",
    *,
    bases: Callable[[], Collection[str]],
    running: Database | None = None,
) -> Iterator[Finding]:
    """Check Python, processor, memory, disk, each of `models`, the database and its adapters.

    `bases` returns the fingerprints of the base model that is served, or raises AppError. `running` is the database of
    a running service, which is looked at as it is; without one it is opened, and migrated.
    """
    memory = psutil.virtual_memory().available
    yield Finding("python", platform.python_version(), sys.version_info >= OLDEST_PYTHON)
    yield Finding("processor", f"{os.cpu_count()} cores, {_describe_kernels()}", True)
    yield Finding("memory", f"{memory / 2**30:.1f} GiB free (2 GiB wanted)", memory > LEAST_MEMORY)
    data_dir = data_dir.expanduser()
    data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(data_dir).free
    yield Finding("disk", f"{free / 2**30:.1f} GiB free (1 GiB wanted)", free > LEAST_DISK)
    for model in models:
        yield _diagnose_model(model, models_dir)
        yield from _diagnose_quantized(model, models_dir)
    if running is None:
        yield from _diagnose_stored(data_dir, database_url, bases)
    else:
        yield _diagnose_database(running)
        yield from _diagnose_vectors(running)
        yield _diagnose_adapters(running, bases)


def _describe_kernels() -> str:
    if not pytorch_installed():
        return "no PyTorch: models run elsewhere"
    from app.engine import native

    return f"native kernels: {'yes' if native.available() else 'no (slower, not less exact)'}"


def _diagnose_model(name: str, models_dir: Path) -> Finding:
    try:
        damaged = verify(name, models_dir)
    except AppError as fault:
        return Finding(f"model {name}", fault.message, False)
    text = f"{'; '.join(damaged)}: run `loracle models pull {name}`" if damaged else "whole"
    return Finding(f"model {name}", text, not damaged)


def _diagnose_quantized(name: str, models_dir: Path) -> Iterator[Finding]:
    """The 4-bit weights that are kept beside a model, from which the service starts in seconds."""
    try:
        folder = local_folder(name, models_dir)
    except AppError:
        return  # reported with the model
    kept = checkpoint_folders(folder)
    if kept:
        size = sum(file.stat().st_size for one in kept for file in one.iterdir())
        problems = find_problems(folder)
        yield Finding(f"4-bit weights of {name}", "; ".join(problems) or f"kept, {size // 10**6} MB", not problems)


def _diagnose_stored(data_dir: Path, url: str, bases: Callable[[], Collection[str]]) -> Iterator[Finding]:
    """The checks of a database that is opened for them."""
    try:
        migrate(data_dir, url)
        db = open_database(data_dir, url)
    except AppError as fault:
        yield Finding("database", fault.message, False)
        yield Finding("adapters", f"not checked: {fault.message}", False)
        return
    with closing(db):
        yield _diagnose_database(db)
        yield from _diagnose_vectors(db)
        yield _diagnose_adapters(db, bases)


def _diagnose_database(db: Database) -> Finding:
    try:
        db.check_writable()
        with db.read() as session:
            current, product = schema_current(session), db.dialect.describe(session)
        size = db.size_bytes()
    except AppError as fault:
        return Finding("database", fault.message, False)
    state = "current and writable" if current else "schema is not this version's"
    return Finding("database", f"{product}, {size / 10**6:.0f} MB, {state}", current)


def _diagnose_vectors(db: Database) -> Iterator[Finding]:
    """Vectors in the database; those of FAISS are files that `loracle index verify` reads."""
    if db.dialect.name == "sqlite":
        return
    from app.storage.pgvector.description import describe_indexes

    try:
        with db.read() as session:
            yield Finding("vectors", *describe_indexes(session))
    except AppError as fault:
        yield Finding("vectors", fault.message, False)


def _diagnose_adapters(db: Database, bases: Callable[[], Collection[str]]) -> Finding:
    from app.adapters.base_warnings import other_base_warning  # takes a second to import

    try:
        served = bases()
        with db.read() as session:
            tenants = count_of_another_base(session, served)
    except AppError as fault:
        return Finding("adapters", f"not checked: {fault.message}", False)
    return Finding("adapters", other_base_warning(tenants) if tenants else "fit the base model", not tenants)
