"""Moves the service to another database: everything, or nothing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.processes import ProcessStatus
from app.errors import Conflict
from app.storage.copying.rows import TableCopy, copy_rows
from app.storage.database import Database
from app.storage.sql.processes import Processes
from app.storage.sql.tables import now


def copy_database(source: Database, target: Database) -> list[TableCopy]:
    """Copy every row of one snapshot into an empty, migrated database, in one transaction.

    Raises Conflict if the service runs on `source`, whose later writes would be lost, or if `target` is not empty, and
    CopyDiffers if the copy is not equal.
    """
    with source.read() as reading, target.write() as writing:
        _refuse_running(reading)
        source.dialect.lift_timeouts(reading)
        target.dialect.lift_timeouts(writing)
        return copy_rows(reading, writing)


def _refuse_running(session: Session) -> None:
    running = [process for process in Processes(session).all() if process.status(now()) != ProcessStatus.LOST]
    if running:
        names = ", ".join(f"{process.kind} {process.pid} on {process.node}" for process in running)
        raise Conflict(f"The service is running ({names}); stop it first: what it writes now would not be copied.")
