"""`loracle backup`, `loracle restore` and `loracle index`: straight on the data folder, beside a running service."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.operations import opened
from app.cli.serve import DataDir, settings_with

if TYPE_CHECKING:
    from app.index.tenant_index import TenantIndex
    from app.storage.sqlite.database import Database

index = typer.Typer(help="Verify and rebuild the vector indexes.", no_args_is_help=True)
OnlyTenant = Annotated[str | None, typer.Option("--tenant", help="Only of the tenant with this name.")]
EVERY_TENANT = 1_000_000


def backup(
    target: Annotated[Path, typer.Argument(help="A new folder for the backup.")], data_dir: DataDir = None
) -> None:
    """Back up database, documents and adapters while the service runs."""
    from app.storage.sqlite.backup import back_up

    settings = settings_with(data_dir=data_dir)
    made = back_up(settings.data_dir.expanduser().resolve(), target.resolve())
    print(f"{target}: {len(made.files)} files, {len(made.missing)} gone before they could be copied")


def restore(
    source: Annotated[Path, typer.Argument(help="The backup's folder.")],
    data_dir: Annotated[Path, typer.Option(help="A new or empty folder.")],
) -> None:
    """Check a backup and restore it into a new data folder; the indexes are rebuilt at the first search."""
    from app.storage.sqlite.backup import restore as restore_backup

    made = restore_backup(source.resolve(), data_dir.expanduser().resolve())
    print(f"{data_dir}: the state of {made.created_at}, {len(made.files)} files")


@index.command("verify")
def verify_index(tenant: OnlyTenant = None, data_dir: DataDir = None) -> None:
    """Compare every index with the database: files, ids and a sample of vectors."""
    from app.index.verification import find_problems

    good = True
    with opened(data_dir) as db:
        for name, one, fingerprint, dimension in _indexes(db, tenant):
            with db.read_tenant(one.tenant_id) as store:
                found = list(find_problems(one, store.changes, db.data_dir / "index", fingerprint, dimension))
            good = good and not found
            print(f"{name}: {'; '.join(found) + ': run `loracle index rebuild`' if found else 'whole'}")
    sys.exit(0 if good else 1)


@index.command("rebuild")
def rebuild_index(tenant: OnlyTenant = None, data_dir: DataDir = None) -> None:
    """Build every index anew from the database's vectors; nothing is embedded again."""
    with opened(data_dir) as db:
        for name, one, _, _ in _indexes(db, tenant):
            one.rebuild()
            one.checkpoint()
            print(f"{name}: {len(one.catch_up())} passages")


def _indexes(db: Database, only: str | None) -> Iterator[tuple[str, TenantIndex, str, int]]:
    """Each tenant's indexes with (tenant name, index, fingerprint, dimension)."""
    from app.bootstrap.storage import changes_of
    from app.index.tenant_index import IndexLimits, TenantIndex
    from app.storage.sql.repositories.tenants import Tenants

    settings = settings_with(data_dir=db.data_dir)
    limits = IndexLimits(settings.index_exact_vectors, settings.index_memory_bytes)
    with db.read() as session:
        everyone = Tenants(session)
        tenants = [everyone.by_name(only)] if only else everyone.page(limit=EVERY_TENANT, order="asc").data
    for tenant in tenants:
        with db.read_tenant(tenant.id) as store:
            held = store.changes.fingerprints()
        for fingerprint, dimension in held.items():
            one = TenantIndex(tenant.id, db.data_dir / "index", dimension, fingerprint, changes_of(db), limits)
            yield tenant.name, one, fingerprint, dimension
