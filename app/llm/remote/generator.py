"""The part of a generator over HTTP that does not depend on the server's API: admission, deadlines, threads."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, aclosing
from typing import Any, TypeVar

import structlog

from app.engine.stats import Histogram
from app.errors import AppError, Unavailable
from app.llm.admission import Admission
from app.llm.base import (
    AdapterRef,
    Capabilities,
    ContinuationScore,
    Delta,
    DurationCounts,
    GenerationRequest,
    PromptTokenizer,
    ScoreRequest,
)
from app.llm.remote.connection_thread import ConnectionThread
from app.llm.request_checks import check_generation_request, check_score_request
from app.llm.request_handle import RequestHandle

log = structlog.get_logger(__name__)
DRAIN_S = 10.0
Output = TypeVar("Output")


class RemoteGenerator(ABC):
    """Generator over HTTP. The Generator protocol defines its contract; subclasses speak a server's API."""

    capabilities: Capabilities

    def __init__(
        self, tokenizer: PromptTokenizer, *, context_tokens: int, queue_size: int, tenant_queue_size: int
    ) -> None:
        self.tokenizer = tokenizer
        self.context_tokens = context_tokens
        self._admission = Admission(queue_size, tenant_queue_size)
        self._thread = ConnectionThread("generation-connections", self._disconnect)
        self._durations = {"ttft": Histogram(), "inter_token": Histogram()}
        self._tokens = 0

    def check_capacity(self, tenant_id: str) -> None:
        self._admission.check_capacity(tenant_id)

    def reserve(self, tenant_id: str) -> AbstractContextManager[None]:
        return self._admission.place(tenant_id)

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        check_generation_request(request, self.context_tokens)
        await self._provide_adapter(request.adapter)
        with self._admission.place(request.tenant_id, reserved=request.reserved):
            handle = RequestHandle[Delta](request.timeout_s)
            running = self._thread.start(self._send_deltas(request, handle))
            try:
                while True:
                    delta = await handle.receive()
                    yield delta
                    if delta.finish_reason is not None:
                        return
            finally:
                running.cancel()

    async def score(self, request: ScoreRequest) -> list[ContinuationScore]:
        check_score_request(request, self.context_tokens)
        await self._provide_adapter(request.adapter)
        with self._admission.place(request.tenant_id, reserved=request.reserved):
            handle = RequestHandle[list[ContinuationScore]](request.timeout_s)
            running = self._thread.start(self._send_scores(request, handle))
            try:
                return await handle.receive()
            finally:
                running.cancel()

    def durations(self) -> dict[str, DurationCounts]:
        return {name: (one.bounds, one.counts, one.total) for name, one in self._durations.items()}

    def forget_adapter(self, adapter: AdapterRef) -> bool:  # noqa: ARG002
        return True

    async def close(self) -> None:
        """Refuse new requests, wait a few seconds for running ones, and close the connections."""
        self._admission.close()
        until = time.monotonic() + DRAIN_S
        while self._admission.active() and time.monotonic() < until:  # noqa: ASYNC110 - requests of several loops
            await asyncio.sleep(0.05)
        await asyncio.to_thread(self._thread.close)

    def figures(self) -> dict[str, Any]:
        """What `describe` says of any remote generator."""
        return {
            "device": "remote",
            "context_tokens": self.context_tokens,
            "running": self._admission.active(),
            "waiting": 0,
            "completion_tokens": self._tokens,
        }

    @abstractmethod
    async def _provide_adapter(self, adapter: AdapterRef | None) -> None:
        """Raises NotFound, or Conflict where there are no adapters."""

    @abstractmethod
    def _deltas(self, request: GenerationRequest, deadline: float) -> AsyncGenerator[Delta, None]:
        """The answer, the finished delta last. Runs on the thread; `deadline` is of the monotonic clock."""

    @abstractmethod
    async def _scores(self, request: ScoreRequest, deadline: float) -> list[ContinuationScore]:
        """The scores of the continuations. Runs on the thread."""

    @abstractmethod
    async def _disconnect(self) -> None:
        """Close the connections. Runs on the thread."""

    async def _send_deltas(self, request: GenerationRequest, handle: RequestHandle[Delta]) -> None:
        started, before = time.monotonic(), 0.0
        try:
            async with aclosing(self._deltas(request, handle.deadline)) as deltas:
                async for delta in deltas:
                    now = time.monotonic()
                    name, since = ("inter_token", before) if before else ("ttft", started)
                    self._durations[name].observe(now - since)
                    before = now
                    if delta.finish_reason is not None:
                        self._tokens += delta.tokens
                    handle.send(delta)
        except AppError as fault:
            handle.send(fault)
        except Exception:  # the caller must hear of any fault, or it would wait for its deadline
            log.exception("generation_fault", request_id=request.request_id)
            handle.send(_failed())

    async def _send_scores(self, request: ScoreRequest, handle: RequestHandle[list[ContinuationScore]]) -> None:
        try:
            handle.send(await self._scores(request, handle.deadline))
        except AppError as fault:
            handle.send(fault)
        except Exception:  # as above
            log.exception("generation_fault", request_id=request.request_id)
            handle.send(_failed())


def _failed() -> Unavailable:
    return Unavailable("The answer could not be generated; try again shortly.", retry_after=5)
