"""Event streams of documents and batches."""

from __future__ import annotations

from fastapi.responses import StreamingResponse

from app.http.progress_stream import ProgressStream
from app.http.schemas import ResponseBody


class ProgressStreams:
    """Streams of documents and batches of tenants: `progress` whenever one changed, then `done`."""

    def __init__(self, progress: ProgressStream) -> None:
        self._progress = progress

    async def document(self, tenant_id: str, document_id: str, body: type[ResponseBody]) -> StreamingResponse:
        """The document, as `body`, until it is finished. Raises NotFound before it starts."""
        return await self._progress.follow(tenant_id, document_id, body, lambda store: store.documents.get(document_id))

    async def batch(self, tenant_id: str, batch_id: str, body: type[ResponseBody]) -> StreamingResponse:
        """The same of a batch."""
        return await self._progress.follow(tenant_id, batch_id, body, lambda store: store.batches.get(batch_id))
