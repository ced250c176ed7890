"""The processes of the service in the database: each records itself, and regularly that it lives."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.processes import LOST_AFTER, ProcessKind, ServiceProcess
from app.storage.sql.dialects.clock import moment
from app.storage.sql.records import record_from
from app.storage.sql.tables import ProcessRow

FORGOTTEN_AFTER = timedelta(hours=1)  # without a sign of life


class Processes:
    """Records, lists and forgets the processes of one service."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self,
        process_id: str,
        kind: ProcessKind,
        *,
        node: str,
        pid: int,
        version: str,
        started_at: datetime,
        draining: bool,
    ) -> None:
        """Record that a process lives now. Those that were lost an hour ago are forgotten."""
        forgotten = moment(-FORGOTTEN_AFTER.total_seconds())
        self._session.execute(delete(ProcessRow).where(ProcessRow.seen_at < forgotten))
        row = ProcessRow(id=process_id, kind=kind, node=node, pid=pid, version=version, draining=draining)
        row.started_at = started_at
        kept = self._session.merge(row)
        kept.seen_at = self.now()
        self._session.flush()

    def remove(self, process_id: str) -> None:
        """Forget a process that ends."""
        self._session.execute(delete(ProcessRow).where(ProcessRow.id == process_id))

    def all(self) -> list[ServiceProcess]:
        """By kind, node and start."""
        order = ProcessRow.kind, ProcessRow.node, ProcessRow.started_at, ProcessRow.id
        return [record_from(row, ServiceProcess) for row in self._session.scalars(select(ProcessRow).order_by(*order))]

    def lives(self, process_id: str) -> bool:
        """Whether the process gave a sign of life lately."""
        row = self._session.get(ProcessRow, process_id)
        return row is not None and self.now() - row.seen_at <= LOST_AFTER

    def now(self) -> datetime:
        """The moment by the clock that all processes share."""
        return self._session.scalars(select(moment())).one()
