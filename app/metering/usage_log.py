"""What was used on each day: counted in memory, written to the database every few seconds."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime

import structlog
from anyio.to_thread import run_sync

from app.domain.usage import Amounts
from app.errors import AppError
from app.storage.database import Database
from app.storage.sql.repositories.usage import add_usage

log = structlog.get_logger(__name__)
FLUSH_S = 5.0  # what was used in the last seconds is lost if the process is killed
Pending = dict[tuple[str, date, str], Amounts]  # (tenant id, day, user) -> amounts


def _today() -> date:
    return datetime.now(UTC).date()


class UsageLog:
    """Counts what tenants and their end users use. Thread-safe."""

    def __init__(self, db: Database, today: Callable[[], date] = _today) -> None:
        self._db = db
        self._today = today
        self._lock = threading.Lock()
        self._pending: Pending = defaultdict(Amounts)

    def add(self, tenant_id: str, user: str | None, amounts: Amounts) -> None:
        """Count what was used now. `user` None: no end user is named."""
        name = (tenant_id, self._today(), user or "")
        with self._lock:
            self._pending[name] += amounts

    def flush(self) -> None:
        """Write what is pending. If that fails it stays pending, and an AppError is raised."""
        with self._lock:
            pending, self._pending = self._pending, defaultdict(Amounts)
        if not pending:
            return
        try:
            with self._db.write() as session:
                add_usage(session, pending)
        except BaseException:
            with self._lock:
                for name, amounts in pending.items():
                    self._pending[name] += amounts
            raise

    async def flush_regularly(self) -> None:
        """Flush every FLUSH_S seconds, until cancelled."""
        while True:
            await asyncio.sleep(FLUSH_S)
            await run_sync(self.try_flush)

    def try_flush(self) -> None:
        """Flush; a failure is only logged."""
        try:
            self.flush()
        except AppError as fault:
            log.warning("usage_not_written", code=fault.code, message=fault.message)
