"""Chooses the replica of a request: the same one for an adapter while it can take more, else the next."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from app.errors import Unavailable
from app.llm.vllm.replica import Replica

ATTEMPTS = 2  # of a request on one replica: a connection that was kept may have died with the server's last start
RETRY_AFTER_S = 5


class ReplicaPool:
    """The replicas of a generator, ranked for each key by rendezvous hashing. For one thread.

    D. Thaler, C. Ravishankar, Using Name-Based Mappings to Increase Hit Rates (1998): when a replica goes, only its own
    keys move.
    """

    def __init__(self, replicas: Sequence[Replica], *, max_loras: int, busy: int, wait_s: float) -> None:
        """`max_loras`: adapters that run at once on a replica. `busy`: requests from which on another one is chosen.
        `wait_s`: how long a request waits for a replica to come back."""
        self.replicas = replicas
        self._max_loras = max_loras
        self._busy = busy
        self._wait_s = wait_s
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def lease(self, key: str, adapter: str, attempts: Counter[str], deadline: float) -> AsyncIterator[Replica]:
        """A replica that can take a request, counted as under way there. `attempts` of the request are by URL.

        It waits for room, and a while for a replica that can be asked. Raises Unavailable.
        """
        replica = await self._wait(key, adapter, attempts, deadline)
        attempts[replica.url] += 1
        with replica.occupied(adapter):
            try:
                yield replica
            finally:
                self.notify()

    def notify(self) -> None:
        """Something changed: requests that wait look again."""
        self._changed.set()
        self._changed = asyncio.Event()

    def ranked(self, key: str) -> list[Replica]:
        """The replicas, best first."""
        return sorted(self.replicas, key=lambda one: hashlib.sha256(f"{key} {one.url}".encode()).digest())

    async def _wait(self, key: str, adapter: str, attempts: Counter[str], deadline: float) -> Replica:
        clock = asyncio.get_running_loop().time
        patience = min(deadline, clock() + self._wait_s)
        while True:
            changed = self._changed
            untried = [one for one in self.ranked(key) if attempts[one.url] < ATTEMPTS]
            usable = [one for one in untried if one.usable]
            if found := self._best([one for one in usable if one.has_room(adapter, self._max_loras)], attempts):
                return found
            until = deadline if usable else patience
            if not untried or clock() >= until:
                raise self._unavailable()
            try:
                async with asyncio.timeout_at(until):
                    await changed.wait()
            except TimeoutError:
                continue

    def _best(self, able: Sequence[Replica], attempts: Counter[str]) -> Replica | None:
        fewest = min((attempts[one.url] for one in able), default=0)
        fresh = [one for one in able if attempts[one.url] == fewest]
        idle = (one for one in fresh if one.running < self._busy)
        return next(idle, min(fresh, key=lambda one: one.running, default=None))

    def _unavailable(self) -> Unavailable:
        lost = any(one.problem is not None for one in self.replicas)
        return Unavailable(
            "No generation server can answer now; try again shortly.",
            code="generation_unavailable" if lost else "generation_failed",
            retry_after=RETRY_AFTER_S,
        )
