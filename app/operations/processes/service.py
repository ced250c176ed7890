"""Which processes the service has, for the operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.processes import ProcessKind, ProcessStatus
from app.storage.database import Database
from app.storage.sql.processes import Processes


@dataclass(frozen=True, slots=True)
class ProcessReport:
    """A process as it was seen last."""

    id: str
    kind: ProcessKind
    node: str
    pid: int
    version: str
    status: ProcessStatus
    started_at: datetime
    seen_at: datetime


class ProcessService:
    """Lists the processes of the service."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def list(self) -> list[ProcessReport]:
        """Every process by kind, node and start; one that was lost is listed for an hour."""
        with self._db.read() as session:
            found, moment = Processes(session).all(), Processes(session).now()
        return [
            ProcessReport(
                process.id,
                process.kind,
                process.node,
                process.pid,
                process.version,
                process.status(moment),
                process.started_at,
                process.seen_at,
            )
            for process in found
        ]
