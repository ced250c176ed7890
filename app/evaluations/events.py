"""Event streams of evaluations, of answers and of adapters."""

from __future__ import annotations

from fastapi.responses import StreamingResponse

from app.domain.evaluations import AdapterEvaluation
from app.http.progress_stream import ProgressStream
from app.http.schemas import ResponseBody
from app.storage.sql.tenant_store import TenantStore


class EvaluationStreams:
    """Streams of the evaluations of tenants: `progress` whenever one changed, then `done`."""

    def __init__(self, progress: ProgressStream) -> None:
        self._progress = progress

    async def of_answers(self, tenant_id: str, evaluation_id: str, body: type[ResponseBody]) -> StreamingResponse:
        """The evaluation, as `body`, until it is finished. Raises NotFound before it starts."""
        return await self._progress.follow(
            tenant_id, evaluation_id, body, lambda store: store.evaluations.get(evaluation_id)
        )

    async def of_adapter(
        self, tenant_id: str, name: str, evaluation_id: str, body: type[ResponseBody]
    ) -> StreamingResponse:
        """The same of an evaluation of an adapter. Raises NotFound (adapter or evaluation)."""

        def get(store: TenantStore) -> AdapterEvaluation:
            store.adapters.get(name)
            return store.adapter_evaluations.get(evaluation_id)

        return await self._progress.follow(tenant_id, evaluation_id, body, get)
