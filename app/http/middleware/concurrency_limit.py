"""A limit of what is at work at once: of the process, of each tenant and of each caller, with a fair wait before it."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.errors import AppError, ClientGone, RateLimited, Unavailable

LONGEST_RETRY_S = 30
SMOOTHING = 0.1  # weight of the newest request in the mean time of work
Left = Callable[[], Awaitable[None]]  # returns when the client has left


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many are at work at once, and how long the others wait."""

    total: int  # of all tenants together
    tenant: int
    caller: int  # of one key, or of one token
    waiting: int = 0  # of one tenant, behind those at work
    wait_s: float = 0.0  # of one of them


@dataclass(frozen=True, slots=True)
class _Waiting:
    caller: str
    turn: asyncio.Future[None]


class ConcurrencyLimit:
    """Places for one kind of work. Belongs to one event loop, and takes no lock.

    A tenant has at most its share of the places, so that others find one free. What finds none waits: first come, first
    served within a tenant, and tenants take turns.
    """

    def __init__(self, bounds: Bounds, noun: str) -> None:
        """`noun`: what is counted, in the plural, for messages."""
        self._bounds = bounds
        self._noun = noun
        self._total = 0
        self._tenants: Counter[str] = Counter()
        self._callers: Counter[str] = Counter()
        self._queues: dict[str, deque[_Waiting]] = {}  # by tenant; the first one has the next turn
        self._mean_s = 0.0

    @asynccontextmanager
    async def place(self, tenant_id: str, caller: str, left: Left | None = None) -> AsyncIterator[None]:
        """Hold a place meanwhile. `caller`: id of the key or token. `left`: called if it must wait.

        Raises ClientGone as soon as the client has left, RateLimited if the tenant or the caller has all of its own,
        Unavailable if all of the process are taken, with too many waiting already or after the longest wait.
        """
        await self._enter(tenant_id, caller, left)
        began = time.monotonic()
        try:
            yield
        finally:
            self._mean_s += SMOOTHING * (time.monotonic() - began - self._mean_s)
            self._leave(tenant_id, caller)

    @property
    def at_work(self) -> int:
        return self._total

    @property
    def waiting(self) -> int:
        return sum(map(len, self._queues.values()))

    async def _enter(self, tenant_id: str, caller: str, left: Left | None) -> None:
        if self._is_free(tenant_id, caller):
            self._take(tenant_id, caller)
            return
        if len(self._queues.get(tenant_id, ())) >= self._bounds.waiting:
            raise self._refusal(tenant_id, caller)
        one = _Waiting(caller, asyncio.get_running_loop().create_future())
        self._queues.setdefault(tenant_id, deque()).append(one)
        try:
            gone = await _first_of(one.turn, left, self._bounds.wait_s)
            if not one.turn.done():
                raise _gone() if gone else self._refusal(tenant_id, caller)
        except BaseException:
            if one.turn.done() and not one.turn.cancelled():  # the place came as the request was given up
                self._leave(tenant_id, caller)
            raise
        finally:
            self._forget(tenant_id, one)

    def _leave(self, tenant_id: str, caller: str) -> None:
        self._total -= 1
        for counter, name in (self._tenants, tenant_id), (self._callers, caller):
            counter[name] -= 1
            if not counter[name]:
                del counter[name]
        while self._admit_next():
            pass

    def _admit_next(self) -> bool:
        """Give a free place to the tenant whose turn it is, and the turn to the next one. False if nobody can go on."""
        for tenant_id, queue in self._queues.items():
            for one in queue:
                if not one.turn.done() and self._is_free(tenant_id, one.caller):
                    self._take(tenant_id, one.caller)
                    one.turn.set_result(None)
                    self._queues[tenant_id] = self._queues.pop(tenant_id)
                    return True
        return False

    def _is_free(self, tenant_id: str, caller: str) -> bool:
        return self._total < self._bounds.total and not self._is_own_limit(tenant_id, caller)

    def _is_own_limit(self, tenant_id: str, caller: str) -> bool:
        return self._tenants[tenant_id] >= self._bounds.tenant or self._callers[caller] >= self._bounds.caller

    def _take(self, tenant_id: str, caller: str) -> None:
        self._total += 1
        self._tenants[tenant_id] += 1
        self._callers[caller] += 1

    def _forget(self, tenant_id: str, one: _Waiting) -> None:
        one.turn.cancel()  # without effect on one that came
        queue = self._queues[tenant_id]
        queue.remove(one)
        if not queue:
            del self._queues[tenant_id]

    def _refusal(self, tenant_id: str, caller: str) -> AppError:
        seconds = self._retry_after_s(tenant_id)
        again = f"try again in {seconds} s."
        if self._total >= self._bounds.total and not self._is_own_limit(tenant_id, caller):
            message = f"The service has {self._total} {self._noun} at work, its limit; {again}"
            return Unavailable(message, code="overloaded", retry_after=seconds)
        is_caller = self._callers[caller] >= self._bounds.caller and self._tenants[tenant_id] < self._bounds.tenant
        owner, limit = ("key or token", self._bounds.caller) if is_caller else ("tenant", self._bounds.tenant)
        message = f"Your {owner} has {limit} {self._noun} at work at once, its limit; {again}"
        return RateLimited(message, code="too_many_at_once", retry_after=seconds)

    def _retry_after_s(self, tenant_id: str) -> int:
        """Until those that wait now have had their turn, as far as the work before tells."""
        waiting = len(self._queues.get(tenant_id, ())) + 1
        return min(LONGEST_RETRY_S, max(1, math.ceil(waiting * self._mean_s / self._bounds.tenant)))


async def _first_of(turn: asyncio.Future[None], left: Left | None, seconds: float) -> bool:
    """Wait for the turn, for the client to leave or for the time to end. Returns whether the client left."""
    leaving = None if left is None else asyncio.ensure_future(left())
    try:
        awaited = [turn] if leaving is None else [turn, leaving]
        await asyncio.wait(awaited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        return leaving is not None and leaving.done()
    finally:
        if leaving is not None:
            leaving.cancel()


def _gone() -> ClientGone:
    return ClientGone("The client closed its connection before its turn came.")
