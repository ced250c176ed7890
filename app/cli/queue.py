"""`loracle queue`: pause the background jobs and let them go on, beside a running service."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.serve import DataDir, opened
from app.cli.terminal import print
from app.errors import Conflict

if TYPE_CHECKING:
    from app.bootstrap.storage import Storage

queue = typer.Typer(help="Pause, drain and resume the background jobs.", no_args_is_help=True)
OnlyTenant = Annotated[str | None, typer.Option("--tenant", help="Only of the tenant with this name.")]


@queue.command("status")
def status(data_dir: DataDir = None) -> None:
    """Say how many jobs wait and run, and whether the queue is paused."""
    from app.bootstrap.command_line import build_queue_service

    with opened(data_dir) as storage:
        state = build_queue_service(storage).state()
    print("paused" if state.paused else "open", " ".join(f"{k}={v}" for k, v in state.counts.items()))


@queue.command("pause")
def pause(tenant: OnlyTenant = None, data_dir: DataDir = None) -> None:
    """Let no further job begin; uploads are still accepted and wait."""
    from app.bootstrap.command_line import build_queue_service

    with opened(data_dir) as storage:
        build_queue_service(storage).pause(_tenant_id(storage, tenant))
    print("paused")


@queue.command("drain")
def drain(
    tenant: OnlyTenant = None,
    timeout: Annotated[float, typer.Option(help="Seconds to wait for running jobs.")] = 600.0,
    data_dir: DataDir = None,
) -> None:
    """Pause, and wait until the jobs that run have ended."""
    from app.bootstrap.command_line import build_queue_service

    with opened(data_dir) as storage:
        try:
            build_queue_service(storage).drain(_tenant_id(storage, tenant), timeout_s=timeout)
        except Conflict as fault:
            sys.exit(f"loracle: {fault.message}")
    print("drained")


@queue.command("resume")
def resume(tenant: OnlyTenant = None, data_dir: DataDir = None) -> None:
    """Let jobs begin again."""
    from app.bootstrap.command_line import build_queue_service

    with opened(data_dir) as storage:
        build_queue_service(storage).resume(_tenant_id(storage, tenant))
    print("open")


def _tenant_id(storage: Storage, name: str | None) -> str | None:
    from app.bootstrap.command_line import build_tenant_service

    return None if name is None else build_tenant_service(storage).by_name(name).id
