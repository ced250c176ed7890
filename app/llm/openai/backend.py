"""The generator over a server with OpenAI's chat completions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import structlog

from app.errors import Conflict, InvalidRequest, Unavailable
from app.llm.base import AdapterRef, Capabilities, ContinuationScore, Delta, GenerationRequest, ScoreRequest
from app.llm.openai.chat_completions import ChatReader, chat_body
from app.llm.openai.message_tokenizer import MessageTokenizer
from app.llm.remote.circuit import Circuit
from app.llm.remote.faults import (
    RequestRefused,
    ServerBusy,
    ServerFault,
    UnknownModel,
    answer_interrupted,
    request_refused,
)
from app.llm.remote.generator import RemoteGenerator
from app.llm.remote.http import ApiServer, Json, answered_within

log = structlog.get_logger(__name__)
ATTEMPTS = 3
FIRST_CHECK_S, CHECK_S = 8.0, 5.0
FIRST_EVENT_S, STALL_S = 60.0, 30.0
PAUSE_S = 0.25  # before another attempt
NO_ADAPTERS = (
    "LORACLE_GENERATOR=openai answers with the one model of its server and knows no adapters. Serve adapters with "
    "LORACLE_GENERATOR=local or vllm"
)
WITHOUT = (
    "LORACLE_GENERATOR=openai: no adapters; passages are judged by the retrieval alone, and answers are not reviewed, "
    "as the server scores no given text; top_k and repetition_penalty have no effect."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAIOptions:
    """How the server is reached. `url` ends before /chat/completions."""

    url: str
    model: str
    key: str = ""


class OpenAIGenerator(RemoteGenerator):
    """Generator over chat completions. The Generator protocol defines its contract, less what is not declared."""

    capabilities = Capabilities(
        adapters=False, activated_adapters=False, token_ids=False, scores=False, cache_salt=False
    )

    def __init__(
        self, options: OpenAIOptions, *, context_tokens: int, queue_size: int = 64, tenant_queue_size: int = 8
    ) -> None:
        """`context_tokens` are counted by MessageTokenizer. It waits a while for the server's first answer."""
        super().__init__(
            MessageTokenizer(),
            context_tokens=context_tokens,
            queue_size=queue_size,
            tenant_queue_size=tenant_queue_size,
        )
        self._options = options
        self._circuit = Circuit()
        self._problem: str | None = None
        self._server = self._thread.run(self._connect(), FIRST_CHECK_S)

    def ready(self) -> bool:
        return self._problem is None or self._circuit.allows()

    def warnings(self) -> Sequence[str]:
        lost = () if self._problem is None else (f"{self._options.url}: {self._problem}.",)
        return (*lost, WITHOUT)

    def describe(self) -> dict[str, Any]:
        return {
            "engine": "openai",
            "quantization": "unknown",
            "model": self._options.model,
            "replicas": 1,
            "replicas_ready": int(self._problem is None),
            "circuits_open": int(self._circuit.state != "closed"),
            **self.figures(),
        }

    async def _provide_adapter(self, adapter: AdapterRef | None) -> None:
        if adapter is not None:
            raise Conflict(f"{NO_ADAPTERS}.", param="adapter", code="adapters_not_served")

    async def _scores(self, request: ScoreRequest, deadline: float) -> list[ContinuationScore]:  # noqa: ARG002
        raise InvalidRequest("This generator scores no given text.", code="scores_not_offered")

    async def _deltas(self, request: GenerationRequest, deadline: float) -> AsyncGenerator[Delta, None]:
        started = time.monotonic()
        for attempt in range(1, ATTEMPTS + 1):
            if not self._circuit.allows():
                raise self._unavailable()
            shown = False
            with self._circuit.request():
                try:
                    async with aclosing(self._answer(request, deadline, time.monotonic() - started)) as deltas:
                        async for delta in deltas:
                            shown = True
                            if delta.finish_reason is not None:  # whoever reads it ends this at once
                                self._circuit.succeed()
                                self._problem = None
                            yield delta
                except (RequestRefused, UnknownModel) as refused:
                    raise request_refused(refused) from refused
                except ServerFault as fault:
                    self._fail(fault)
                    if shown:
                        raise answer_interrupted() from fault
                    if attempt == ATTEMPTS:
                        raise self._unavailable() from fault
                else:
                    return
            await asyncio.sleep(PAUSE_S * 2**attempt)

    async def _answer(
        self, request: GenerationRequest, deadline: float, waited_s: float
    ) -> AsyncGenerator[Delta, None]:
        reader = ChatReader(request)
        async with aclosing(self._events(chat_body(request, self._options.model), deadline)) as events:
            async for event in events:
                if (delta := reader.read(event)) is not None:
                    yield delta
        yield reader.end(waited_s)

    async def _events(self, body: Json, deadline: float) -> AsyncGenerator[Json, None]:
        async with answered_within(FIRST_EVENT_S, deadline) as scope:
            events = self._server.events("/chat/completions", body, scope, deadline, STALL_S)
            async with aclosing(events):
                async for event in events:
                    yield event

    def _fail(self, fault: ServerFault) -> None:
        log.warning("generation_server_fault", url=self._options.url, reason=str(fault))
        self._problem = str(fault)
        if not isinstance(fault, ServerBusy):
            self._circuit.fail()

    def _unavailable(self) -> Unavailable:
        return Unavailable(
            "The generation server cannot answer now; try again shortly.",
            code="generation_unavailable",
            retry_after=5,
        )

    async def _connect(self) -> ApiServer:
        """The server, asked once for its models: whether it is there shows at the start and not at a question."""
        server = ApiServer(self._options.url, self._options.key, use_proxies=True)
        try:
            await server.get("/models", CHECK_S)
        except UnknownModel:  # not every server lists its models
            pass
        except (ServerFault, RequestRefused) as fault:
            self._problem = str(fault)
            log.warning("generation_server_lost", url=self._options.url, reason=str(fault))
        return server

    async def _disconnect(self) -> None:
        await self._server.close()
