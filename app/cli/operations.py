"""`loracle tenants`, `loracle keys` and `loracle doctor`: straight on the data folder."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.serve import DataDir, opened, settings_with
from app.cli.terminal import print
from app.domain.quotas import LARGEST_QUOTA, Quota
from app.domain.tenants import Scope, TenantStatus
from app.errors import InvalidRequest

if TYPE_CHECKING:
    from pathlib import Path

tenants = typer.Typer(
    help="Create, list, suspend, resume and delete tenants; show and set their quotas.", no_args_is_help=True
)
keys = typer.Typer(help="Create, list, replace and revoke API keys.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SCOPES = tuple(Scope)
MOST_ROWS = 10_000


@tenants.command("create")
def create_tenant(name: str, data_dir: DataDir = None, as_json: AsJson = False, admin: bool = False) -> None:
    """Create a tenant with a first key. --admin lets the key manage tenants and keys as well."""
    from app.bootstrap.command_line import build_tenant_service

    with opened(data_dir, may_make=True) as storage:
        tenant = build_tenant_service(storage).create(name, SCOPES if admin else SCOPES[:3])
        folder = storage.db.data_dir
    if as_json:
        print(json.dumps({"tenant_id": tenant.id, "key": tenant.key}))
    else:
        print(f"Tenant {tenant.id} ({name}) in {folder}. Its key, which is not shown again:\n{tenant.key}")


@tenants.command("list")
def list_tenants(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List tenants, oldest first."""
    from app.bootstrap.command_line import build_tenant_service

    with opened(data_dir) as storage:
        found = build_tenant_service(storage).list(limit=MOST_ROWS, order="asc").data
    rows = [
        {"tenant_id": t.id, "name": t.name, "status": t.status, "created_at": f"{t.created_at:%Y-%m-%d}"} for t in found
    ]
    _print_rows(rows, as_json=as_json)


@tenants.command("suspend")
def suspend_tenant(name: str, data_dir: DataDir = None) -> None:
    """Make every key of a tenant fail."""
    _set_status(name, data_dir, TenantStatus.SUSPENDED)


@tenants.command("resume")
def resume_tenant(name: str, data_dir: DataDir = None) -> None:
    """Let a suspended tenant's keys work again."""
    _set_status(name, data_dir, TenantStatus.ACTIVE)


@tenants.command("quotas")
def show_or_set_quotas(
    name: str,
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="[QUOTA=NUMBER|default]...", help="Quotas to set.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show the quotas of a tenant, or set some of them: `documents=500 stored_bytes=default`.

    They hold from the next upload on, at a running service too.
    """
    from app.bootstrap.command_line import build_quota_service, build_tenant_service

    wanted = _quotas_of(changes or [])
    with opened(data_dir) as storage:
        tenant_id, service = build_tenant_service(storage).by_name(name).id, build_quota_service(storage)
        if wanted:
            service.set(tenant_id, wanted)
        found = service.list(tenant_id)
    rows = [
        {
            "quota": one.quota,
            "used": one.used,
            "limit": one.limit if as_json or one.limit is not None else "none",
            "set_for": "tenant" if one.is_own else "all",
        }
        for one in found
    ]
    _print_rows(rows, as_json=as_json)


@tenants.command("delete")
def delete_tenant(
    name: str,
    data_dir: DataDir = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
) -> None:
    """Delete a tenant with its documents, conversations, adapters and keys, beside a running service."""
    from app.bootstrap.command_line import build_tenant_service

    with opened(data_dir) as storage:
        service = build_tenant_service(storage)
        tenant = service.by_name(name)
        if not yes:
            typer.confirm(f"Delete {name} ({tenant.id}) with everything it has?", abort=True)
        service.delete(tenant.id)
    print(f"{name} is deleted.")


@keys.command("create")
def create_key(
    tenant: str,
    scopes: Annotated[str, typer.Option(help="Comma-separated: read, write, keys, admin.")] = "read,write",
    label: str = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Create another key for a tenant, given by its name."""
    from app.bootstrap.command_line import build_key_service, build_tenant_service

    requested = set(scopes.split(","))
    if not requested <= set(SCOPES):
        raise InvalidRequest(f"Scopes are {', '.join(SCOPES)}, separated by commas.")
    with opened(data_dir) as storage:
        tenant_id = build_tenant_service(storage).by_name(tenant).id
        key = build_key_service(storage).create(tenant_id, label, map(Scope, requested))
    print(json.dumps({"key_id": key.id, "key": key.key}) if as_json else key.key)


@keys.command("list")
def list_keys(tenant: str, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List a tenant's keys without their secrets."""
    from app.bootstrap.command_line import build_key_service, build_tenant_service

    with opened(data_dir) as storage:
        tenant_id = build_tenant_service(storage).by_name(tenant).id
        found = build_key_service(storage).list(tenant_id, limit=MOST_ROWS, order="asc").data
    rows = [
        {
            "key_id": key.id,
            "prefix": key.prefix,
            "label": key.label,
            "scopes": ",".join(sorted(key.scopes)),
            "created_at": f"{key.created_at:%Y-%m-%d}",
            "last_used": "" if key.last_used_at is None else f"{key.last_used_at:%Y-%m-%d %H:%M}",
            "ends": "" if key.expires_at is None else f"{key.expires_at:%Y-%m-%d %H:%M}",
            "revoked": key.revoked_at is not None,
        }
        for key in found
    ]
    _print_rows(rows, as_json=as_json)


@keys.command("rotate")
def rotate_key(
    key_id: str,
    overlap_hours: Annotated[float, typer.Option(min=0, max=720, help="How long the old key works yet.")] = 24,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Replace a key by a new one with its label and scopes. The old one ends after the overlap."""
    from datetime import timedelta

    from app.bootstrap.command_line import build_key_service

    with opened(data_dir) as storage:
        new = build_key_service(storage).rotate(key_id, timedelta(hours=overlap_hours))
    ends = "" if new.replaced.expires_at is None else new.replaced.expires_at.isoformat(timespec="seconds")
    if as_json:
        print(json.dumps({"key_id": new.id, "key": new.key, "replaced": key_id, "replaced_ends": ends}))
    else:
        print(f"{key_id} works until {ends}. The key that follows it, which is not shown again:\n{new.key}")


@keys.command("revoke")
def revoke_key(key_id: str, data_dir: DataDir = None) -> None:
    """Make a key fail from the next request on."""
    from app.bootstrap.command_line import build_key_service

    with opened(data_dir) as storage:
        build_key_service(storage).revoke(key_id)
    print(f"{key_id} is revoked.")


def doctor(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Check the machine, the models and the data folder, and say what to do. Nothing is made or migrated."""
    from dataclasses import asdict

    from app.bootstrap.diagnosis import diagnose_settings
    from app.observability import configure_logging

    settings = settings_with(data_dir=data_dir)
    configure_logging("ERROR", settings.log_format)  # what is found is printed
    healthy = True
    for finding in diagnose_settings(settings):
        healthy = healthy and finding.ok
        state = "FAIL" if not finding.ok else "warn" if finding.warning else "ok"
        print(json.dumps(asdict(finding)) if as_json else f"{state:4} {finding.name}: {finding.text}", flush=True)
    sys.exit(0 if healthy else 1)


def processes(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the processes of the service: kind, node, number, version, status, last sign of life."""
    from app.operations.processes.service import ProcessService

    with opened(data_dir) as storage:
        found = ProcessService(storage.db).list()
    rows = [
        {
            "kind": process.kind,
            "node": process.node,
            "pid": process.pid,
            "version": process.version,
            "status": process.status,
            "seen_at": process.seen_at.isoformat(timespec="seconds"),
        }
        for process in found
    ]
    _print_rows(rows, as_json=as_json)


def _quotas_of(changes: list[str]) -> dict[Quota, int | None]:
    """The quotas that words like `documents=500` name; None: the service's default. Raises InvalidRequest."""
    wanted: dict[Quota, int | None] = {}
    for change in changes:
        name, _, value = change.partition("=")
        number = value.replace("_", "")
        if name not in set(Quota) or not (value == "default" or (number.isascii() and number.isdecimal())):
            raise InvalidRequest(
                f"{change!r} sets no quota: write QUOTA=NUMBER or QUOTA=default. Quotas are {', '.join(Quota)}."
            )
        if value != "default" and not 0 < int(number) <= LARGEST_QUOTA:
            raise InvalidRequest(f"{name} is a number from 1 to {LARGEST_QUOTA:,}, or `default`.")
        wanted[Quota(name)] = None if value == "default" else int(number)
    return wanted


def _set_status(name: str, data_dir: Path | None, status: TenantStatus) -> None:
    from app.bootstrap.command_line import build_tenant_service

    with opened(data_dir) as storage:
        service = build_tenant_service(storage)
        service.set_status(service.by_name(name).id, status)
    print(f"{name} is {status}.")


def _print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """A JSON object a line, or columns below their names; nothing where there is no row."""
    if as_json or not rows:
        for row in rows:
            print(json.dumps(row))
        return
    lines = [[name.upper() for name in rows[0]], *([_shown(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(f"{text:{width}}" for text, width in zip(line, widths, strict=True)).rstrip())


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value) or "-"
