"""The local generator: one thread owns the model and serves one sequence at a time, fairly between tenants."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import structlog

from app.engine.detokenize import TextStream
from app.engine.loading import LoadedModel
from app.engine.lora import AdapterWeights, load_adapter
from app.engine.runner import Runner
from app.engine.sampling import SamplingPlan
from app.engine.slots import AdapterSlots
from app.engine.tokenizer import ChatTokenizer
from app.errors import AppError, DeadlineExceeded, NotFound, PromptTooLong, Unavailable
from app.generation.admission import FairQueue
from app.generation.generator import Delta, FinishReason, GenerationRequest, Message

log = structlog.get_logger(__name__)
DRAIN_S = 10.0
PROMPT_TOKEN_COST = 0.1  # of a completion token, for fairness


class LocalTokenizer:
    """PromptTokenizer over the base model's own."""

    def __init__(self, chat: ChatTokenizer) -> None:
        self._chat = chat

    def encode(self, text: str) -> list[int]:
        return self._chat.encode(text)

    def chat(self, messages: Sequence[Message]) -> list[int]:
        return self._chat.chat([(message.role, message.content) for message in messages])

    def decode(self, ids: Sequence[int]) -> str:
        return self._chat.decode(ids)


class Ticket:
    """One request on its way between the event loop and the model's thread."""

    def __init__(self, request: GenerationRequest) -> None:
        self.request = request
        self.entered = time.monotonic()
        self.cancelled = threading.Event()
        self._loop = asyncio.get_running_loop()
        self._out: asyncio.Queue[Delta | Exception] = asyncio.Queue()

    @property
    def deadline(self) -> float:
        return self.entered + self.request.timeout_s

    def send(self, item: Delta | Exception) -> None:
        """From the model's thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._out.put_nowait, item)

    async def receive(self) -> Delta:
        """In the event loop. Raises what the model's thread sent, or DeadlineExceeded."""
        try:
            async with asyncio.timeout(max(0.0, self.deadline - time.monotonic())):
                item = await self._out.get()
        except TimeoutError:
            raise deadline_exceeded(self.request.timeout_s) from None
        if isinstance(item, Exception):
            raise item
        return item


class LocalGenerator:
    """Generator over a loaded base model; see the protocol for what it promises."""

    def __init__(
        self,
        loaded: LoadedModel,
        *,
        context_tokens: int,
        queue_size: int = 64,
        tenant_queue_size: int = 8,
        adapter_cache_bytes: int = 512 * 2**20,
    ) -> None:
        chat = ChatTokenizer(loaded.tokenizer)
        self.tokenizer = LocalTokenizer(chat)
        self.context_tokens = min(context_tokens, loaded.context_tokens)
        self._loaded = loaded
        self._end_ids = chat.end_ids(loaded.model.generation_config)
        self._runner = Runner(loaded.model, loaded.device)
        self._slots = AdapterSlots(adapter_cache_bytes, lambda folder: load_adapter(folder, loaded.device))
        self._queue: FairQueue[Ticket] = FairQueue(queue_size, tenant_queue_size)
        self._thread = threading.Thread(target=self._serve, name="generator", daemon=True)
        self._thread.start()

    def check_room(self, tenant_id: str) -> None:
        self._queue.check_room(tenant_id)

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[Delta, None]:
        self._check(request)
        ticket = Ticket(request)
        self._queue.put(request.tenant_id, ticket)
        try:
            while True:
                delta = await ticket.receive()
                yield delta
                if delta.finish_reason is not None:
                    return
        finally:
            ticket.cancelled.set()
            self._queue.withdraw(request.tenant_id, ticket)

    def ready(self) -> bool:
        return self._thread.is_alive()

    def describe(self) -> dict[str, Any]:
        waiting, inside = self._queue.depth()
        adapters, adapter_bytes, pins = self._slots.usage()
        return {
            **self._loaded.describe(),
            "context_tokens": self.context_tokens,
            "waiting": waiting,
            "running": inside - waiting,
            "adapters_loaded": adapters,
            "adapter_bytes": adapter_bytes,
            "adapter_pins": pins,
        }

    async def close(self) -> None:
        self._queue.close()
        await asyncio.to_thread(self._thread.join, DRAIN_S)

    def _check(self, request: GenerationRequest) -> None:
        room = self.context_tokens - len(request.prompt)
        if room < request.sampling.max_tokens:
            raise PromptTooLong(
                f"The prompt has {len(request.prompt)} tokens and the answer may have {request.sampling.max_tokens}; "
                f"the model's context holds {self.context_tokens}. Ask a shorter question or for a shorter answer."
            )
        if request.adapter is not None and not Path(request.adapter.folder).is_dir():
            raise NotFound("No such adapter.", param="adapter")

    def _serve(self) -> None:
        """The model's thread: one request after the other until the queue is closed and empty."""
        while (taken := self._queue.take()) is not None:
            tenant_id, ticket = taken
            cost = len(ticket.request.prompt) * PROMPT_TOKEN_COST
            try:
                cost += self._run(ticket)
            except AppError as fault:
                ticket.send(fault)
            except Exception:  # one request's fault must not end the thread that serves all
                log.exception("generation_failed", request_id=ticket.request.request_id)
                ticket.send(Unavailable("The model failed on this request; try again.", code="generation_failed"))
            finally:
                self._queue.done(tenant_id, cost)

    def _run(self, ticket: Ticket) -> int:
        """Generate for one ticket. Returns the number of tokens generated."""
        with ExitStack() as stack:
            adapter = self._adapter(ticket.request, stack)
            return self._generate(ticket, adapter)

    def _adapter(self, request: GenerationRequest, stack: ExitStack) -> AdapterWeights | None:
        if request.adapter is None:
            return None
        folder = Path(request.adapter.folder)
        if not folder.is_dir():
            raise NotFound("No such adapter.", param="adapter")
        key = (request.adapter.tenant_id, request.adapter.version)
        return stack.enter_context(self._slots.pinned(key, folder))

    def _generate(self, ticket: Ticket, adapter: AdapterWeights | None) -> int:
        request, sampling = ticket.request, ticket.request.sampling
        started = time.monotonic()
        first = started
        text = TextStream(self.tokenizer.decode, sampling.stop)
        plan = SamplingPlan(
            sampling.temperature, sampling.top_p, sampling.top_k, sampling.repetition_penalty, sampling.seed
        )
        count, reason = 0, None
        tokens = self._runner.tokens(
            request.prompt, adapter, plan, max_tokens=sampling.max_tokens, end_ids=self._end_ids
        )
        for token in tokens:
            count += 1
            first = time.monotonic() if count == 1 else first
            if ticket.cancelled.is_set():
                return count
            if time.monotonic() > ticket.deadline:
                raise deadline_exceeded(request.timeout_s)
            piece = text.push(token)
            if text.stopped:
                reason = "stop"
                ticket.send(Delta(piece, count))
                break
            if piece:
                ticket.send(Delta(piece, count))
        finish: FinishReason = "length" if reason is None and count >= sampling.max_tokens else "stop"
        ended = time.monotonic()
        timings = {"queue_s": started - ticket.entered, "prefill_s": first - started, "decode_s": ended - first}
        ticket.send(Delta(text.finish(), count, finish, timings))
        return count


def deadline_exceeded(timeout_s: float) -> DeadlineExceeded:
    return DeadlineExceeded(
        f"The answer did not finish within {timeout_s:.0f} s. Ask for fewer tokens, or try again when it is quieter."
    )
