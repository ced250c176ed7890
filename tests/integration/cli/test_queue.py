"""`loracle queue` on a data folder."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update
from typer.testing import CliRunner

from app.cli import app
from app.settings import Settings
from app.storage.database import Database
from app.storage.sql.queue import JobQueue
from app.storage.sql.tables import JobRow
from tests.support.storage_factories import uploaded


def run(data_dir: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["queue", *arguments, "--data-dir", str(data_dir)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout  # the log is on stderr


def claimable(db: Database) -> bool:
    with db.write() as session:
        job = JobQueue(session).claim(["ingest"], lease_s=60, max_attempts=3)
    return job is not None


def test_pause_holds_jobs_back_and_resume_lets_them_go(db: Database, settings: Settings, tenant_id: str) -> None:
    uploaded(db, tenant_id)
    assert run(settings.data_dir, "pause") == (0, "paused\n")
    assert run(settings.data_dir, "status") == (0, "paused queued=1\n")
    assert not claimable(db)
    assert run(settings.data_dir, "resume") == (0, "open\n")
    assert claimable(db)


def test_drain_waits_for_what_runs_and_says_if_it_does_not_end(
    db: Database, settings: Settings, tenant_id: str
) -> None:
    uploaded(db, tenant_id)
    assert claimable(db)
    code, _ = run(settings.data_dir, "drain", "--timeout", "0.3")
    assert code == 1
    with db.write() as session:
        JobQueue(session).resume()
    assert run(settings.data_dir, "drain", "--tenant", "acme", "--timeout", "0.1")[0] == 1
    with db.write() as session:
        session.execute(update(JobRow).values(status="succeeded"))
    assert run(settings.data_dir, "drain", "--tenant", "acme") == (0, "drained\n")
