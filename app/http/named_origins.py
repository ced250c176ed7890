"""Which origins of web pages live tokens name: asked before anybody is authenticated, so that it costs little.

Origins that are named are kept in memory for a while. Others are looked up together: many requests cost one read of the
database, and the reads follow each other with a pause. A request waits for a read that begins after it came, so that a
token made a moment ago, in whichever process, is found.
"""

from __future__ import annotations

import asyncio
import time

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from app.errors import AppError
from app.storage.database import Database
from app.storage.sql.repositories.tokens import TokenCheck

PAUSE_S = 0.1  # between two reads
KEPT_S = 10.0  # for which a named origin is not looked up again: a token's end takes its pages the answers after that
MOST_AT_ONCE = 32  # origins of one read; those beyond them count as not named, which only a flood brings about
MOST_KEPT = 10_000


class NamedOrigins:
    """Answers for one event loop."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._thread = CapacityLimiter(1)
        self._kept: dict[str, float] = {}  # origin -> monotonic seconds until which it is known to be named
        self._asked: dict[str, asyncio.Future[bool]] = {}
        self._reading: asyncio.Task[None] | None = None
        self._next_read_at = 0.0  # monotonic seconds

    async def names(self, origin: str) -> bool:
        """Whether a token may be used by pages of that origin, or might until a short time ago."""
        if self._kept.get(origin, 0.0) > time.monotonic():
            return True
        if origin not in self._asked:
            if len(self._asked) >= MOST_AT_ONCE:
                return False
            self._asked[origin] = asyncio.get_running_loop().create_future()
        answer = self._asked[origin]
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        return await asyncio.shield(answer)  # others may wait for the same

    async def _read(self) -> None:
        while self._asked:
            await asyncio.sleep(max(0.0, self._next_read_at - time.monotonic()))
            asked, self._asked = self._asked, {}
            named: set[str] = set()
            try:
                named = await run_sync(self._named_among, list(asked), limiter=self._thread)
            except AppError:  # the database is busy: the request itself will say so
                pass
            finally:
                for origin, answer in asked.items():
                    if not answer.done():
                        answer.set_result(origin in named)
                self._keep(named)
                self._next_read_at = time.monotonic() + PAUSE_S

    def _keep(self, named: set[str]) -> None:
        if len(self._kept) + len(named) > MOST_KEPT:
            self._kept.clear()
        until = time.monotonic() + KEPT_S
        self._kept.update(dict.fromkeys(named, until))

    def _named_among(self, origins: list[str]) -> set[str]:
        with self._db.read() as session:
            return TokenCheck(session).named_origins(origins)
