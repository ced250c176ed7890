"""Server-sent events of a record that changes until it is finished: `progress` whenever it changed, then `done`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol

from fastapi.responses import StreamingResponse

from app.http.drain import Drain
from app.http.schemas import ResponseBody
from app.http.sse import sse_event, sse_response
from app.http.watch import WatchService
from app.storage.sql.tenant_store import TenantStore


class Finishable(Protocol):
    """A record that changes until it is finished."""

    @property
    def finished(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """An event on the wire: all streams of a record share it."""

    text: str
    is_last: bool


class ProgressStream:
    """Follows the records of tenants. Woken by commits, ended when the tenant is suspended or the service drains."""

    def __init__(self, watches: WatchService, drain: Drain) -> None:
        self._watches = watches
        self._drain = drain

    async def follow(
        self, tenant_id: str, name: str, body: type[ResponseBody], get: Callable[[TenantStore], Finishable]
    ) -> StreamingResponse:
        """What `get` returns, as `body`, until it is finished. Raises what `get` raises, before the stream starts.

        `name`: of the record within its tenant.
        """

        def read(store: TenantStore) -> ProgressEvent:
            record = get(store)
            data = body.model_validate(record).model_dump(mode="json")
            return ProgressEvent(sse_event("done" if record.finished else "progress", data), record.finished)

        events = _until_last(await self._watches.watch(tenant_id, name, read))
        return sse_response(events, self._drain, follows=True)


async def _until_last(events: AsyncGenerator[ProgressEvent, None]) -> AsyncGenerator[str, None]:
    async with aclosing(events):
        async for event in events:
            yield event.text
            if event.is_last:
                return
