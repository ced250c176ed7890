"""One vLLM server: what it serves, whether it can be asked, and what it is doing for us."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, contextmanager
from typing import Any

import structlog

from app.llm.remote.circuit import Circuit
from app.llm.remote.faults import ServerBusy, ServerFault, ServerLost
from app.llm.remote.http import ApiServer, Json, answered_within
from app.llm.vllm.adapters import AdapterSource, ReplicaAdapters
from app.llm.vllm.identity import BaseIdentity, ServedBase

log = structlog.get_logger(__name__)
CHECK_S = 5.0  # a check that takes longer has failed
MISSED_CHECKS = 2  # in a row, after which what runs there is given up


class Replica:
    """A vLLM server. For one thread."""

    def __init__(
        self, server: ApiServer, identity: BaseIdentity, source: AdapterSource, *, stall_s: float = 60.0
    ) -> None:
        """`stall_s`: the longest time until the first token, and between two."""
        self.server = server
        self.adapters = ReplicaAdapters(server, source)
        self.circuit = Circuit()
        self.problem: str | None = "not checked yet"  # None: it can be asked
        self.base: ServedBase | None = None
        self.active: Counter[str] = Counter()  # requests under way, by adapter; "" for none
        self._identity = identity
        self._stall_s = stall_s
        self._missed = 0
        self._scopes: set[asyncio.Timeout] = set()

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def running(self) -> int:
        return self.active.total()

    @property
    def usable(self) -> bool:
        return self.problem is None and self.circuit.allows()

    def has_room(self, adapter: str, max_loras: int) -> bool:
        """Whether another request for the adapter, "" for none, can run beside those under way."""
        others = {name for name, count in self.active.items() if count and name}
        return not adapter or adapter in others or len(others) < max_loras

    @contextmanager
    def occupied(self, adapter: str) -> Iterator[None]:
        """A request for the adapter is under way meanwhile."""
        self.active[adapter] += 1
        try:
            with self.circuit.request():
                yield
        finally:
            self.active[adapter] -= 1

    async def check(self) -> None:
        """Find out whether it can be asked, which base it serves and which adapters it holds."""
        try:
            await self.server.get("/health", CHECK_S)
            base = await self._identity.check(self.server, CHECK_S, known=self.problem is None)
        except Exception as fault:  # noqa: BLE001 - whatever it answers, the checks must go on
            self._lose(str(fault) if isinstance(fault, ServerFault) else f"{type(fault).__name__}: {fault}")
            return
        if self.problem is not None:
            log.info("generation_server_found", url=self.url, model=base.root)
        self.base, self.problem, self._missed = base, None, 0
        self.adapters.replace(base.adapters)

    async def fail(self, fault: ServerFault) -> None:
        """A request found it at fault. One that was lost is asked again only after a check."""
        if isinstance(fault, ServerBusy):
            return
        log.warning("generation_server_fault", url=self.url, reason=str(fault))
        self.circuit.fail()
        if isinstance(fault, ServerLost):
            await self.check()

    async def events(self, body: Mapping[str, Any], deadline: float) -> AsyncGenerator[Json, None]:
        """The events that /v1/completions answers. Raises ServerFault, RequestRefused, DeadlineExceeded."""
        async with self._within(deadline) as scope:
            events = self.server.events("/v1/completions", body, scope, deadline, self._stall_s)
            async with aclosing(events):
                async for event in events:
                    yield event

    async def complete(self, body: Mapping[str, Any], deadline: float) -> Json:
        """The whole answer of /v1/completions. Raises ServerFault, RequestRefused, DeadlineExceeded."""
        async with self._within(deadline):
            return await self.server.post("/v1/completions", body, self._stall_s)

    @asynccontextmanager
    async def _within(self, deadline: float) -> AsyncIterator[asyncio.Timeout]:
        """Limits the time that is waited for an answer, and gives up when the server is lost."""
        async with answered_within(self._stall_s, deadline) as scope:
            self._scopes.add(scope)
            try:
                yield scope
            finally:
                self._scopes.discard(scope)

    def _lose(self, reason: str) -> None:
        """It failed a check. After two in a row, what runs there is given up."""
        self._missed += 1
        if self.problem != reason:
            log.warning("generation_server_lost", url=self.url, reason=reason)
        self.problem = reason
        self.adapters.forget()
        if self._missed >= MISSED_CHECKS:
            for scope in self._scopes:
                if not scope.expired():
                    scope.reschedule(0)
