"""The local generator: connects the engine of this process to the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.conversations import TokenLogprob
from app.engine.adapter_cache import AdapterLocation
from app.engine.build import EngineLimits, build_engine
from app.engine.loading import LoadedModel
from app.engine.sampling import SamplingParams
from app.engine.scoring import EngineScoreRequest, Scores
from app.engine.sequence import EngineRequest, Output
from app.engine.sequence import TokenLogprob as EngineTokenLogprob
from app.engine.tokenizer import ChatTokenizer
from app.llm.admission import Admission
from app.llm.base import (
    AdapterRef,
    Capabilities,
    ContinuationScore,
    Delta,
    DurationCounts,
    GenerationRequest,
    ScoreRequest,
)
from app.llm.local_tokenizer import LocalTokenizer
from app.llm.request_checks import check_generation_request, check_score_request, provide_adapter_folder
from app.llm.request_handle import RequestHandle

DRAIN_S = 10.0


class LocalGenerator:
    """Generator that runs the engine in this process. The Generator protocol defines its contract."""

    def __init__(
        self,
        loaded: LoadedModel,
        *,
        limits: EngineLimits,
        queue_size: int = 64,
        tenant_queue_size: int = 8,
        end_ids: frozenset[int] | None = None,
    ) -> None:
        """`end_ids` are the tokens that end an answer; by default, the model's own."""
        chat = ChatTokenizer(loaded.tokenizer)
        self.tokenizer = LocalTokenizer(chat)
        self.capabilities = Capabilities()
        self.context_tokens = min(limits.context_tokens, loaded.context_tokens)
        self._loaded = loaded
        self._admission = Admission(queue_size, tenant_queue_size)
        limits = replace(limits, context_tokens=self.context_tokens)
        self._engine = build_engine(loaded, chat, limits, end_ids=end_ids)
        self._engine.start()

    def check_capacity(self, tenant_id: str) -> None:
        self._admission.check_capacity(tenant_id)

    def reserve(self, tenant_id: str) -> AbstractContextManager[None]:
        return self._admission.place(tenant_id)

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        check_generation_request(request, self.context_tokens)
        await provide_adapter_folder(request.adapter)
        with self._admission.place(request.tenant_id, reserved=request.reserved):
            handle = RequestHandle[Output](request.timeout_s)
            sequence = self._engine.submit(_engine_request(request, handle.deadline), handle.send)
            try:
                while True:
                    item = await handle.receive()
                    logprobs = tuple(map(self._token_logprob, item.logprobs))
                    yield Delta(item.text, item.count, item.finish_reason, item.timings, logprobs)
                    if item.finish_reason is not None:
                        return
            finally:
                self._engine.cancel(sequence)

    async def score(self, request: ScoreRequest) -> list[ContinuationScore]:
        check_score_request(request, self.context_tokens)
        await provide_adapter_folder(request.adapter)
        with self._admission.place(request.tenant_id, reserved=request.reserved):
            handle = RequestHandle[Scores](request.timeout_s)
            sequence = self._engine.score(_engine_score_request(request, handle.deadline), handle.send)
            try:
                scores = await handle.receive()
            finally:
                self._engine.cancel(sequence)
        return [ContinuationScore(one) for one in scores.logprobs]

    def ready(self) -> bool:
        return self._engine.alive()

    def warnings(self) -> Sequence[str]:
        return () if self.ready() else ("The engine has stopped; restart the service.",)

    def forget_adapter(self, adapter: AdapterRef) -> bool:  # noqa: ARG002 - what is loaded was read whole
        return True

    def describe(self) -> dict[str, Any]:
        return {**self._loaded.describe(), "context_tokens": self.context_tokens, **self._engine.metrics()}

    def durations(self) -> dict[str, DurationCounts]:
        stats = self._engine.stats
        histograms = {"ttft": stats.ttft_s, "inter_token": stats.inter_token_s, "step": stats.step_s}
        return {name: (one.bounds, one.counts, one.total) for name, one in histograms.items()}

    async def close(self) -> None:
        self._admission.close()
        await asyncio.to_thread(self._engine.close, DRAIN_S)

    def _token_logprob(self, one: EngineTokenLogprob) -> TokenLogprob:
        decode = self.tokenizer.decode
        return TokenLogprob(decode([one.token_id]), one.logprob, tuple((decode([token]), p) for token, p in one.top))


def _location(adapter: AdapterRef | None) -> AdapterLocation | None:
    return AdapterLocation((adapter.tenant_id, adapter.version), Path(adapter.folder)) if adapter else None


def _engine_score_request(request: ScoreRequest, deadline: float) -> EngineScoreRequest:
    return EngineScoreRequest(
        request_id=request.request_id,
        tenant_id=request.tenant_id,
        prompt=request.prompt,
        continuations=request.continuations,
        adapter=_location(request.adapter),
        deadline=deadline,
    )


def _engine_request(request: GenerationRequest, deadline: float) -> EngineRequest:
    sampling = request.sampling
    return EngineRequest(
        request_id=request.request_id,
        tenant_id=request.tenant_id,
        prompt=request.prompt,
        adapter=_location(request.adapter),
        sampling=SamplingParams(
            sampling.temperature,
            sampling.top_p,
            sampling.top_k,
            sampling.repetition_penalty,
            sampling.seed,
            sampling.logprobs,
        ),
        max_tokens=sampling.max_tokens,
        stop=sampling.stop,
        deadline=deadline,
    )
