"""The rules about the audit log: who reads which part of it, its export, and how long entries are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog
from anyio.to_thread import run_sync

from app.domain.audit import AuditAction, AuditEntry, AuditFilter
from app.domain.pagination import Order, Page
from app.errors import AppError
from app.storage.database import Database
from app.storage.sql.audit_writer import record_audit
from app.storage.sql.repositories.audit_log import AuditLog, delete_audit_before

log = structlog.get_logger(__name__)
BATCH = 500  # entries of an export that are read in one transaction
DELETED_AT_ONCE = 5000  # old entries in one transaction
CLEAN_EVERY_S = 6 * 3600.0


def _now() -> datetime:
    return datetime.now(UTC)


class AuditService:
    """Reads, exports and shortens the log. A `tenant_id` of None means all of it, for the operator."""

    def __init__(self, db: Database, *, keep_days: int, clock: Callable[[], datetime] = _now) -> None:
        """`keep_days`: 0 keeps entries for ever."""
        self._db = db
        self._keep_days = keep_days
        self._clock = clock

    def page(
        self, tenant_id: str | None, wanted: AuditFilter, *, limit: int, after: str | None, order: Order
    ) -> Page[AuditEntry]:
        """Entries by their time."""
        with self._db.read() as session:
            return AuditLog(session, tenant_id).page(wanted, limit=limit, after=after, order=order)

    def export(self, tenant_id: str | None, wanted: AuditFilter) -> Iterator[AuditEntry]:
        """The entries up to now, the oldest first, read in batches. That they are exported is recorded first."""
        until = self._clock()
        with self._db.write() as session:
            record_audit(session, AuditAction.AUDIT_EXPORTED, "audit", "", tenant_id=tenant_id)
        wanted = replace(wanted, until=until if wanted.until is None else min(until, wanted.until))
        return self._batches(tenant_id, wanted)

    def delete_old(self) -> int:
        """Delete the entries that are older than they are kept; the deletion is an entry. Returns how many."""
        if not self._keep_days:
            return 0
        before, total = self._clock() - timedelta(days=self._keep_days), 0
        while True:
            with self._db.write() as session:
                deleted = delete_audit_before(session, before, DELETED_AT_ONCE)
            total += deleted
            if deleted < DELETED_AT_ONCE:
                return total

    async def clean_regularly(self) -> None:
        """Call `delete_old` now and every few hours, until cancelled."""
        while True:
            try:
                if deleted := await run_sync(self.delete_old):
                    log.info("audit_entries_deleted", count=deleted, kept_days=self._keep_days)
            except AppError as fault:
                log.warning("audit_entries_not_deleted", code=fault.code, message=fault.message)
            await asyncio.sleep(CLEAN_EVERY_S)

    def _batches(self, tenant_id: str | None, wanted: AuditFilter) -> Iterator[AuditEntry]:
        after = None
        while True:
            with self._db.read() as session:
                found = AuditLog(session, tenant_id).batch(wanted, after, BATCH)
            yield from found
            if len(found) < BATCH:
                return
            after = found[-1].created_at, found[-1].id
