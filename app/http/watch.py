"""Watching records of tenants: streams are woken by commits, and those of a tenant share one read of the database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

import structlog
from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from app.deadline import outliving_request
from app.domain.visibility import Visibility
from app.errors import AppError, NotFound
from app.storage.database import Database
from app.storage.sql.tenant_store import TenantStore
from app.storage.visibility import current_visibility, seeing

log = structlog.get_logger(__name__)
POLL_S = 1.0  # for changes that no commit of this process and no notification tells of
PAUSE_S = 0.25  # between two reads, however many commits there are
REST = 20  # times as long as a read took: what many watch costs a twentieth of a processor at most
THREADS = 2
Value = TypeVar("Value")
Group = tuple[str, Visibility]  # a tenant, and what the callers see of it


@dataclass(eq=False, slots=True)
class _Topic(Generic[Value]):
    """One record that is watched, and its newest value."""

    read: Callable[[TenantStore], Value]
    value: Value
    fault: Exception | None = None
    watchers: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def update(self, value: Value | Exception) -> None:
        """Wake the watchers if this is another value than before."""
        if isinstance(value, Exception):
            self.fault = value
        elif value == self.value:
            return
        else:
            self.value = value
        self.changed.set()
        self.changed = asyncio.Event()


@dataclass(eq=False, slots=True)
class _Watched:
    """All that is watched of one tenant by callers who see the same of it."""

    topics: dict[str, _Topic[Any]] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    def end(self, task: asyncio.Task[None]) -> None:
        """Pass on to the watchers with what the reading task ended, if it was not cancelled."""
        fault = None if task.cancelled() else task.exception()
        for topic in self.topics.values() if isinstance(fault, Exception) else ():
            topic.update(fault)


class WatchService:
    """Watches of this process. Belongs to one event loop.

    A commit of this process wakes the watches of its tenant, as does a notification of another process; otherwise they
    read once a second. One transaction reads all that is watched of a tenant: each record once, however many watch it.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._groups: dict[Group, _Watched] = {}
        self._threads = CapacityLimiter(THREADS)  # apart from those of requests
        self._loop: asyncio.AbstractEventLoop | None = None

    async def watch(
        self, tenant_id: str, name: str, read: Callable[[TenantStore], Value]
    ) -> AsyncGenerator[Value, None]:
        """What `read` returns now, and again whenever that is another value.

        `name`: of the record within its tenant; watches of the same name share one `read`. Raises what `read` raises,
        the first time before there is a generator; a NotFound later ends it.
        """
        group = tenant_id, current_visibility()
        topic = self._topic(group, name)
        value = await run_sync(self._read_one, tenant_id, read, limiter=self._threads) if topic is None else topic.value
        return self._values(group, name, read, value)

    async def _values(
        self, group: Group, name: str, read: Callable[[TenantStore], Value], value: Value
    ) -> AsyncGenerator[Value, None]:
        topic = self._topic(group, name) or self._add(group, name, _Topic(read, value))
        topic.watchers += 1
        try:
            while topic.fault is None:
                changed = topic.changed
                yield topic.value
                await changed.wait()
            raise topic.fault
        finally:
            self._leave(group, name, topic)

    def _topic(self, group: Group, name: str) -> _Topic[Any] | None:
        watched = self._groups.get(group)
        topic = None if watched is None else watched.topics.get(name)
        return topic if topic is not None and topic.fault is None else None

    def _add(self, group: Group, name: str, topic: _Topic[Value]) -> _Topic[Value]:
        if not self._groups:
            self._loop = asyncio.get_running_loop()
            self._db.changes.listen(self._hear)
        watched = self._groups.setdefault(group, _Watched())
        watched.topics[name] = topic
        watched.woken.set()  # it may have changed since it was read
        if watched.task is None:
            watched.task = asyncio.create_task(self._follow(group, watched), context=outliving_request())
            watched.task.add_done_callback(watched.end)
        return topic

    def _leave(self, group: Group, name: str, topic: _Topic[Any]) -> None:
        topic.watchers -= 1
        watched = self._groups.get(group)
        if topic.watchers or watched is None or watched.topics.get(name) is not topic:
            return
        del watched.topics[name]
        if not watched.topics:
            del self._groups[group]
            cast("asyncio.Task[None]", watched.task).cancel()
        if not self._groups:
            self._db.changes.end(self._hear)

    def _hear(self, tenant_id: str) -> None:
        """Called in any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, tenant_id)

    def _wake(self, tenant_id: str) -> None:
        for (changed_id, _), watched in self._groups.items():
            if changed_id == tenant_id:
                watched.woken.set()

    async def _follow(self, group: Group, watched: _Watched) -> None:
        """Read all topics after each change, until cancelled."""
        while True:
            try:
                async with asyncio.timeout(POLL_S):
                    await watched.woken.wait()
            except TimeoutError:
                pass
            watched.woken.clear()
            began = time.monotonic()
            topics = list(watched.topics.values())
            try:
                values = await run_sync(self._read_all, group, topics, limiter=self._threads)
            except AppError as fault:  # the database is busy or away
                log.warning("watch_not_read", code=fault.code)
            else:
                for topic, value in zip(topics, values, strict=True):
                    topic.update(value)
            await asyncio.sleep(max(PAUSE_S, REST * (time.monotonic() - began)))

    def _read_one(self, tenant_id: str, read: Callable[[TenantStore], Value]) -> Value:
        with self._db.read_tenant(tenant_id) as store:
            return read(store)

    def _read_all(self, group: Group, topics: list[_Topic[Any]]) -> list[Any]:
        tenant_id, visibility = group
        with seeing(visibility), self._db.read_tenant(tenant_id) as store:
            return [_value_of(topic, store) for topic in topics]


def _value_of(topic: _Topic[Any], store: TenantStore) -> Any:
    try:
        return topic.read(store)
    except NotFound as fault:  # deleted meanwhile
        return fault
