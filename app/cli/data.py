"""`loracle backup`, `loracle restore` and `loracle index`: straight on the data folder, beside a running service."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.serve import DataDir, opened, settings_of_data
from app.cli.terminal import print
from app.errors import InvalidRequest

if TYPE_CHECKING:
    from app.bootstrap.storage import Storage
    from app.domain.tenants import Tenant

index = typer.Typer(help="Verify and rebuild the vector indexes.", no_args_is_help=True)
OnlyTenant = Annotated[str | None, typer.Option("--tenant", help="Only of the tenant with this name.")]
EVERY_TENANT = 1_000_000


def migrate(data_dir: DataDir = None) -> None:
    """Create or upgrade the database's schema. `serve` and `worker` do so too when they start."""
    from app.bootstrap.command_line import opened_storage

    with opened_storage(settings_of_data(data_dir)) as storage, storage.db.read() as session:
        print(f"{storage.db.dialect.describe(session)}: the schema is this version's.")


def backup(
    target: Annotated[Path, typer.Argument(help="A new folder for the backup.")],
    data_dir: DataDir = None,
    files: Annotated[
        bool,
        typer.Option("--files/--without-files", help="Without: files stay in object storage, their hashes are noted."),
    ] = True,
) -> None:
    """Back up database, documents and adapters while the service runs."""
    from app.bootstrap.files import file_set
    from app.storage.acting import acting, operator
    from app.storage.backup import back_up
    from app.storage.database import check_database, open_database

    settings = settings_of_data(data_dir)
    check_database(settings.data_dir, settings.database_url, current=False)
    if settings.blob_store == "local" and not files:
        raise InvalidRequest("--without-files is for files in object storage; these lie in the data folder.")
    with acting(operator()), closing(open_database(settings.data_dir, settings.database_url)) as db:
        made = back_up(db, target.resolve(), file_set(settings, db.data_dir), with_files=files)
    print(f"{target}: the database and {len(made.files) - 1} files, each with its hash.")
    if made.left:
        print(f"{len(made.left)} files stay in the object storage; their hashes are noted.")
    if made.missing:
        print(f"{len(made.missing)} files are not in it: deleted meanwhile, or damaged; {made.missing[0]} first.")


def copy(
    to: Annotated[str, typer.Option(help="URL of an empty database, as LORACLE_DATABASE_URL takes it.")],
    data_dir: DataDir = None,
) -> None:
    """Copy the whole database into another one, such as SQLite's into PostgreSQL, and compare the two.

    Stop the service first. The files of the data folder stay where they are.
    """
    from app.domain.audit import AuditAction
    from app.storage.database import migrate as migrate_database
    from app.storage.database import open_database
    from app.storage.database_copy import copy_database
    from app.storage.sql.audit_writer import record_audit

    with opened(data_dir) as storage:
        migrate_database(storage.db.data_dir, to)
        with closing(open_database(storage.db.data_dir, to)) as target:
            made = copy_database(storage.db, target)
        with storage.db.write() as session:
            record_audit(session, AuditAction.DATABASE_COPIED, "database", "", tenant_id=None)
    for table in made:
        print(f"{table.name}: {table.rows} rows, sha256 {table.sha256[:16]}")
    if replaced := sum(table.replaced for table in made):
        print(f"{replaced} rows had characters that PostgreSQL cannot keep; each became the replacement character.")
    print(
        f"{sum(table.rows for table in made)} rows copied and compared. Set LORACLE_DATABASE_URL and start the service."
    )


def copy_files(data_dir: DataDir = None) -> None:
    """Copy the files of the data folder into S3-compatible storage (LORACLE_S3_*), and compare their hashes.

    Run it while the service goes on, and once more when it is stopped: what was copied is not copied again.
    """
    from app.bootstrap.files import bucket_address
    from app.storage.blobs.bucket import Bucket
    from app.storage.blobs.file_set import BucketFiles, FolderFiles, copy_referenced

    settings = settings_of_data(data_dir)
    bucket = Bucket(bucket_address(settings))
    bucket.check()
    with opened(data_dir) as storage:
        made = copy_referenced(storage.db, FolderFiles(storage.db.data_dir), BucketFiles(bucket))
    print(f"{made.copied} files copied, {made.present} there already, {len(made.missing)} missing in the data folder.")
    for path in made.missing:
        print(f"missing: {path}")
    print("Set LORACLE_BLOB_STORE=s3 and start the service.")


def restore(
    source: Annotated[Path, typer.Argument(help="The backup's folder.")],
    data_dir: Annotated[Path, typer.Option(help="A new or empty folder.")],
) -> None:
    """Check a backup and restore it into a new data folder and, if LORACLE_DATABASE_URL is set, that empty database."""
    from app.bootstrap.files import file_set
    from app.storage.acting import acting, operator
    from app.storage.backup import restore as restore_backup

    settings, folder = settings_of_data(data_dir), data_dir.expanduser().resolve()
    with acting(operator()):
        made = restore_backup(source.resolve(), folder, settings.database_url, file_set(settings, folder))
    print(f"{data_dir}: the state of {made.created_at}, {len(made.files)} files")


@index.command("verify")
def verify_index(tenant: OnlyTenant = None, data_dir: DataDir = None) -> None:
    """Compare every index with the database: files, ids and a sample of vectors."""
    from app.bootstrap.command_line import build_index_service

    whole = True
    with opened(data_dir) as storage:
        for found in build_index_service(storage).verify(_tenants(storage, tenant)):
            whole = whole and not found.problems
            text = f"{'; '.join(found.problems)}: run `loracle index rebuild`" if found.problems else "whole"
            print(f"{found.tenant}: {text}")
    sys.exit(0 if whole else 1)


@index.command("rebuild")
def rebuild_index(tenant: OnlyTenant = None, data_dir: DataDir = None) -> None:
    """Build every index anew from the database's vectors; nothing is embedded again."""
    from app.bootstrap.command_line import build_index_service

    with opened(data_dir) as storage:
        for rebuilt in build_index_service(storage).rebuild(_tenants(storage, tenant)):
            print(f"{rebuilt.tenant}: {rebuilt.passages} passages")


def _tenants(storage: Storage, name: str | None) -> Sequence[Tenant]:
    """The tenant of that name, or all."""
    from app.bootstrap.command_line import build_tenant_service

    service = build_tenant_service(storage)
    return service.list(limit=EVERY_TENANT, order="asc").data if name is None else [service.by_name(name)]
