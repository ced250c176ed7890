"""Server-sent events of a document or batch: `progress` whenever it changed, then `done`."""

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


class ProgressStreams:
    """Streams of documents and batches of tenants."""

    def __init__(self, watches: WatchService, drain: Drain) -> None:
        self._watches = watches
        self._drain = drain

    async def document(self, tenant_id: str, document_id: str, body: type[ResponseBody]) -> StreamingResponse:
        """The document, as `body`, until it is finished. Raises NotFound before it starts."""
        return await self._follow(tenant_id, document_id, body, lambda store: store.documents.get(document_id))

    async def batch(self, tenant_id: str, batch_id: str, body: type[ResponseBody]) -> StreamingResponse:
        """The same of a batch."""
        return await self._follow(tenant_id, batch_id, body, lambda store: store.batches.get(batch_id))

    async def _follow(
        self, tenant_id: str, name: str, body: type[ResponseBody], get: Callable[[TenantStore], Finishable]
    ) -> StreamingResponse:
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
