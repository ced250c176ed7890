"""`loracle audit`: the audit log, straight from the data folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.serve import DataDir, opened
from app.cli.terminal import print
from app.errors import InvalidRequest

if TYPE_CHECKING:
    from app.domain.audit import AuditEntry

EVERY_TENANT = 1_000_000
FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]


def audit(
    tenant: Annotated[str | None, typer.Option(help="Only what concerns the tenant with this name.")] = None,
    action: Annotated[str | None, typer.Option(help="Only this action, such as key.revoked.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=FORMATS, help="From this moment on (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(formats=FORMATS, help="Before this moment (UTC).")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many of the newest; with --export, all are printed.")] = 50,
    export: Annotated[bool, typer.Option("--export", help="All of them as JSON Lines, the oldest first.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Say who did what, when and from where; the newest last."""
    from app.audit.schemas import in_utc, json_line
    from app.bootstrap.command_line import build_audit_service, build_tenant_service
    from app.domain.audit import AuditAction, AuditFilter

    if action is not None and action not in set(AuditAction):
        raise InvalidRequest(f"{action} is no action; they are {', '.join(AuditAction)}.")
    with opened(data_dir) as storage:
        service, tenants = build_audit_service(storage), build_tenant_service(storage)
        tenant_id = None if tenant is None else tenants.by_name(tenant).id
        since, until = (None if moment is None else in_utc(moment) for moment in (since, until))
        wanted = AuditFilter(tenant_id=tenant_id, action=action, since=since, until=until)
        if export:
            for entry in service.export(None, wanted):
                print(json_line(entry), end="")
            return
        names = {one.id: one.name for one in tenants.list(limit=EVERY_TENANT, order="asc").data}
        for entry in reversed(service.page(None, wanted, limit=limit, after=None, order="desc").data):
            print(_line(entry, names))


def _line(entry: AuditEntry, names: Mapping[str, str]) -> str:
    """An entry for people, with its tenant by its name; names in it cannot change how the terminal shows it."""
    actor = entry.actor
    who = actor.user or actor.token_id or actor.key_id
    times = f" x{entry.count}" if entry.count > 1 else ""
    details = " ".join(f"{name}={value}" for name, value in entry.details.items() if value is not None)
    when = entry.created_at.isoformat(timespec="seconds")
    tenant = f"in {names.get(entry.tenant_id, entry.tenant_id)}" if entry.tenant_id else ""  # its id once it is deleted
    words = [when, f"{entry.action}{times}", entry.target_id, tenant, "by", actor.kind, who, actor.address, details]
    return "".join(char if char.isprintable() else "?" for char in "  ".join(word for word in words if word))
