"""`loracle tenants`, `loracle keys` and `loracle doctor`: straight on the data folder."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.serve import DataDir, settings_with
from app.domain.tenants import Scope, TenantStatus
from app.errors import AppError, InvalidRequest

if TYPE_CHECKING:
    from app.settings import Settings
    from app.storage.sqlite.database import Database

tenants = typer.Typer(help="Create, list, suspend and resume tenants.", no_args_is_help=True)
keys = typer.Typer(help="Create, list and revoke API keys.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SCOPES = tuple(Scope)
LEAST_MEMORY = 2 * 2**30
LEAST_DISK = 2**30


@contextmanager
def opened(data_dir: Path | None) -> Iterator[Database]:
    """The database of a data folder, migrated; closed at the end."""
    from app.storage.sqlite.database import open_database
    from app.storage.sqlite.migrate import migrate

    settings = settings_with(data_dir=data_dir)
    migrate(settings.data_dir, settings.database_url)
    db = open_database(settings.data_dir, settings.database_url)
    try:
        yield db
    finally:
        db.close()


@tenants.command("create")
def create_tenant(name: str, data_dir: DataDir = None, as_json: AsJson = False, admin: bool = False) -> None:
    """Create a tenant with a first key. --admin lets the key manage tenants and keys as well."""
    from app.storage.sql.repositories.keys import Keys
    from app.storage.sql.repositories.tenants import Tenants

    scopes = SCOPES if admin else SCOPES[:2]
    with opened(data_dir) as db, db.write() as session:
        tenant = Tenants(session).create(name)
        _, secret = Keys(session).create(tenant.id, "first", scopes)
    if as_json:
        print(json.dumps({"tenant_id": tenant.id, "key": secret}))
    else:
        print(f"Tenant {tenant.id} ({name}). Its key, which is not shown again:\n{secret}")


@tenants.command("list")
def list_tenants(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List tenants, oldest first."""
    from app.storage.sql.repositories.tenants import Tenants

    with opened(data_dir) as db, db.read() as session:
        found = Tenants(session).page(limit=10_000, order="asc").data
    rows = [{"tenant_id": t.id, "name": t.name, "status": t.status} for t in found]
    _print_rows(rows, as_json=as_json)


@tenants.command("suspend")
def suspend_tenant(name: str, data_dir: DataDir = None) -> None:
    """Make every key of a tenant fail."""
    _set_status(name, data_dir, suspended=True)


@tenants.command("resume")
def resume_tenant(name: str, data_dir: DataDir = None) -> None:
    """Let a suspended tenant's keys work again."""
    _set_status(name, data_dir, suspended=False)


@keys.command("create")
def create_key(
    tenant: str,
    scopes: Annotated[str, typer.Option(help="Comma-separated: read, write, admin.")] = "read,write",
    label: str = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Create another key for a tenant, given by its name."""
    from app.storage.sql.repositories.keys import Keys
    from app.storage.sql.repositories.tenants import Tenants

    wanted = set(scopes.split(","))
    if not wanted <= set(SCOPES):
        raise InvalidRequest(f"Scopes are {', '.join(SCOPES)}, separated by commas.")
    with opened(data_dir) as db, db.write() as session:
        key, secret = Keys(session).create(Tenants(session).by_name(tenant).id, label, wanted)
    print(json.dumps({"key_id": key.id, "key": secret}) if as_json else secret)


@keys.command("list")
def list_keys(tenant: str, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List a tenant's keys without their secrets."""
    from app.storage.sql.repositories.keys import Keys
    from app.storage.sql.repositories.tenants import Tenants

    with opened(data_dir) as db, db.read() as session:
        found = Keys(session).page(Tenants(session).by_name(tenant).id, limit=10_000, order="asc").data
    rows = [
        {"key_id": k.id, "prefix": k.prefix, "scopes": ",".join(sorted(k.scopes)), "revoked": k.revoked_at is not None}
        for k in found
    ]
    _print_rows(rows, as_json=as_json)


@keys.command("revoke")
def revoke_key(key_id: str, data_dir: DataDir = None) -> None:
    """Make a key fail from the next request on."""
    from app.storage.sql.repositories.keys import Keys

    with opened(data_dir) as db, db.write() as session:
        Keys(session).revoke(key_id)
    print(f"{key_id} is revoked.")


def doctor(data_dir: DataDir = None) -> None:
    """Check the machine, the models and the data folder, and say what to do."""
    settings = settings_with(data_dir=data_dir)
    healthy = True
    for name, finding, fine in _findings(settings):
        healthy = healthy and fine
        print(f"{'ok  ' if fine else 'FAIL'} {name}: {finding}")
    sys.exit(0 if healthy else 1)


def _findings(settings: Settings) -> Iterator[tuple[str, str, bool]]:
    import psutil

    from app.engine import native

    memory = psutil.virtual_memory().available
    kernels = "yes" if native.available() else "no (slower, not less exact)"
    yield "python", platform.python_version(), sys.version_info >= (3, 11)
    yield "processor", f"{os.cpu_count()} cores, native kernels: {kernels}", True
    yield "memory", f"{memory / 2**30:.1f} GiB free (2 GiB wanted)", memory > LEAST_MEMORY
    settings.data_dir.expanduser().mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir.expanduser()).free
    yield "disk", f"{free / 2**30:.1f} GiB free (1 GiB wanted)", free > LEAST_DISK
    for model in (settings.base_model, settings.embedding_model):
        yield _model_finding(model, settings.models_dir)
    yield _database_finding(settings)


def _model_finding(name: str, models_dir: Path) -> tuple[str, str, bool]:
    from app.weights.catalog import verify

    try:
        wrong = verify(name, models_dir)
    except AppError as fault:
        return f"model {name}", fault.message, False
    advice = f"{'; '.join(wrong)}: run `loracle models pull {name}`" if wrong else "whole"
    return f"model {name}", advice, not wrong


def _database_finding(settings: Settings) -> tuple[str, str, bool]:
    from app.storage.sqlite.database import open_database
    from app.storage.sqlite.migrate import migrate, schema_current

    try:
        migrate(settings.data_dir, settings.database_url)
        db = open_database(settings.data_dir, settings.database_url)
        db.check_writable()
        with db.read() as session:
            current = schema_current(session)
        db.close()
    except AppError as fault:
        return "database", fault.message, False
    return "database", "current and writable" if current else "schema is not this version's", current


def _set_status(name: str, data_dir: Path | None, *, suspended: bool) -> None:
    from app.storage.sql.repositories.tenants import Tenants

    with opened(data_dir) as db, db.write() as session:
        everyone = Tenants(session)
        status = TenantStatus.SUSPENDED if suspended else TenantStatus.ACTIVE
        everyone.set_status(everyone.by_name(name).id, status)
    print(f"{name} is {'suspended' if suspended else 'active'}.")


def _print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    for row in rows:
        print(json.dumps(row) if as_json else "  ".join(str(value) for value in row.values()))
