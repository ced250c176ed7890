"""Notes when keys were last used: in memory with each request, in the database once a minute."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from anyio.to_thread import run_sync

from app.errors import AppError
from app.storage.database import Database
from app.storage.sql.repositories.keys import Keys

log = structlog.get_logger(__name__)
FLUSH_EVERY_S = 60.0  # what was used in the last minute is lost if the process is killed


def _now() -> datetime:
    return datetime.now(UTC)


class KeyUse:
    """The last use of each key by itself, not by the tokens that it made. Thread-safe."""

    def __init__(self, db: Database, clock: Callable[[], datetime] = _now) -> None:
        self._db = db
        self._clock = clock
        self._used: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def note(self, key_id: str) -> None:
        """The key of this id is used now."""
        moment = self._clock().replace(second=0, microsecond=0)  # which no one can follow a person by
        with self._lock:
            self._used[key_id] = moment

    def flush(self) -> None:
        """Write what was noted. Raises Unavailable, and then it is written the next time."""
        with self._lock:
            used, self._used = self._used, {}
        if not used:
            return
        try:
            with self._db.write() as session:
                Keys(session).note_use(used)
        except AppError:
            with self._lock:
                self._used = {**used, **self._used}
            raise

    async def flush_regularly(self) -> None:
        """Write every minute, until cancelled."""
        while True:
            await asyncio.sleep(FLUSH_EVERY_S)
            await run_sync(self.try_flush)

    def try_flush(self) -> None:
        """The same as `flush`; what cannot be written now stays noted, with a line in the log."""
        try:
            self.flush()
        except AppError as fault:
            log.warning("key_use_not_noted", code=fault.code, message=fault.message)
