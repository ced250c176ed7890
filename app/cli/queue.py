"""`loracle queue`: hold the jobs back and let them go on, beside a running service."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.operations import opened
from app.cli.serve import DataDir

if TYPE_CHECKING:
    from app.storage.sqlite.database import Database

queue = typer.Typer(help="Pause, drain and resume the background jobs.", no_args_is_help=True)
OnlyTenant = Annotated[str | None, typer.Option("--tenant", help="Only of the tenant with this name.")]
POLL_S = 0.2


@queue.command("status")
def status(data_dir: DataDir = None) -> None:
    """Say how many jobs wait and run, and whether the queue is paused."""
    from app.storage.sql.queue import EVERYONE, JobQueue

    with opened(data_dir) as db, db.read() as session:
        jobs = JobQueue(session)
        print("paused" if jobs.paused(EVERYONE) else "open", " ".join(f"{k}={v}" for k, v in jobs.counts().items()))


@queue.command("pause")
def pause(tenant: OnlyTenant = None, data_dir: DataDir = None) -> None:
    """Let no further job begin; uploads are still accepted and wait."""
    with opened(data_dir) as db:
        _pause(db, _scope(db, tenant))
    print("paused")


@queue.command("drain")
def drain(
    tenant: OnlyTenant = None,
    timeout: Annotated[float, typer.Option(help="Seconds to wait for running jobs.")] = 600.0,
    data_dir: DataDir = None,
) -> None:
    """Pause, and wait until the jobs that run have ended."""
    with opened(data_dir) as db:
        scope = _scope(db, tenant)
        _pause(db, scope)
        until = time.monotonic() + timeout
        while running := _running(db, scope):
            if time.monotonic() > until:
                sys.exit(f"loracle: {running} jobs still run after {timeout:.0f} s; the queue stays paused")
            time.sleep(POLL_S)
    print("drained")


@queue.command("resume")
def resume(tenant: OnlyTenant = None, data_dir: DataDir = None) -> None:
    """Let jobs begin again."""
    from app.storage.sql.queue import JobQueue

    with opened(data_dir) as db:
        scope = _scope(db, tenant)
        with db.write() as session:
            JobQueue(session).resume(scope)
    print("open")


def _scope(db: Database, tenant: str | None) -> str:
    from app.storage.sql.queue import EVERYONE
    from app.storage.sql.repositories.tenants import Tenants

    if tenant is None:
        return EVERYONE
    with db.read() as session:
        return Tenants(session).by_name(tenant).id


def _pause(db: Database, scope: str) -> None:
    from app.storage.sql.queue import JobQueue

    with db.write() as session:
        JobQueue(session).pause(scope)


def _running(db: Database, scope: str) -> int:
    from app.storage.sql.queue import JobQueue

    with db.read() as session:
        return JobQueue(session).running(scope)
