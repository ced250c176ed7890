"""Counts refused keys, tokens and sign-ins, and records them in the audit log: one entry a minute, not one each."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter

import structlog
from anyio.to_thread import run_sync

from app.domain.actors import Actor, ActorKind
from app.domain.audit import AuditAction, AuditOutcome
from app.errors import AppError
from app.storage.acting import acting, current_actor
from app.storage.database import Database
from app.storage.sql.audit_writer import record_audit

log = structlog.get_logger(__name__)
FLUSH_EVERY_S = 60.0
MOST_ADDRESSES = 100  # that a minute's entries name; what comes from others is counted together
Refused = tuple[AuditAction, str, str]  # action, reason, address of the client


class RefusedKeys:
    """Counts in memory, so that a flood of wrong keys writes nothing. Thread-safe."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._counts: Counter[Refused] = Counter()
        self._lock = threading.Lock()

    def note(self, reason: str, action: AuditAction = AuditAction.KEY_REFUSED) -> None:
        """Count a refusal of the request at work; `reason` is the code of its error."""
        with self._lock:
            named = (action, reason, current_actor().address)
            if named not in self._counts and len(self._counts) >= MOST_ADDRESSES:
                named = (action, reason, "")
            self._counts[named] += 1

    def flush(self) -> None:
        """Record what was counted. Raises Unavailable, and then it is counted on."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            with self._db.write() as session:
                for (action, reason, address), count in counts.items():
                    with acting(Actor(ActorKind.NOBODY, address=address)):
                        record_audit(
                            session,
                            action,
                            "service",
                            "",
                            tenant_id=None,
                            outcome=AuditOutcome.REFUSED,
                            count=count,
                            reason=reason,
                        )
        except AppError:
            with self._lock:
                self._counts.update(counts)
            raise

    async def flush_regularly(self) -> None:
        """Record every minute, until cancelled."""
        while True:
            await asyncio.sleep(FLUSH_EVERY_S)
            await run_sync(self.try_flush)

    def try_flush(self) -> None:
        """The same as `flush`; what cannot be recorded now stays counted, with a line in the log."""
        try:
            self.flush()
        except AppError as fault:
            log.warning("refusals_not_recorded", code=fault.code, message=fault.message)
