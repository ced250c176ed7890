"""One request inside the engine, from submission to its last output."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from app.engine.detokenize import TextStream
from app.engine.kv import Slot
from app.engine.lora import AdapterWeights
from app.engine.sampling import Sampler, SamplingPlan
from app.engine.slots import AdapterSource

FinishReason = Literal["stop", "length"]


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """`prompt` are token ids, at least one. `deadline` is of time.monotonic()."""

    request_id: str
    tenant_id: str
    prompt: tuple[int, ...]
    adapter: AdapterSource | None = None
    plan: SamplingPlan = field(default_factory=SamplingPlan)
    max_tokens: int = 256
    stop: tuple[str, ...] = ()
    deadline: float = float("inf")


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """Natural logarithms of probabilities before temperature and truncation."""

    token_id: int
    logprob: float
    top: tuple[tuple[int, float], ...] = ()  # (token id, logprob), likeliest first


@dataclass(frozen=True, slots=True)
class Output:
    """A piece of an answer. The last one has a finish reason; its text may be empty."""

    text: str
    token_ids: tuple[int, ...]  # new ones
    count: int  # completion tokens so far
    finish_reason: FinishReason | None = None
    logprobs: tuple[TokenLogprob, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)  # last output: queue_s, prefill_s, decode_s
    reused_tokens: int = 0  # of the prompt, copied from an earlier sequence


Outlet = Callable[[Output | Exception], None]


class Sequence:
    """What the engine knows of a running request. Only the engine's thread changes it, but for `cancelled`."""

    def __init__(self, request: EngineRequest, text: TextStream, emit: Outlet) -> None:
        self.request = request
        self.text = text
        self.emit = emit
        self.sampler = Sampler(request.plan)
        self.ids = list(request.prompt)  # prompt and answer
        self.slot: Slot | None = None
        self.weights: AdapterWeights | None = None
        self.reused = 0
        self.cancelled = False
        self.arrived = time.monotonic()
        self.started = self.first_token = self.last_token = 0.0

    @property
    def tenant_id(self) -> str:
        return self.request.tenant_id

    @property
    def generated(self) -> int:
        return len(self.ids) - len(self.request.prompt)

    @property
    def pending(self) -> int:
        """Tokens still to run before the next one can be chosen: 1 in decode, more in prefill."""
        return len(self.ids) - (self.slot.length if self.slot is not None else 0)

    @property
    def positions(self) -> int:
        """Most positions it can ever need: the last token chosen is never run."""
        return len(self.request.prompt) + self.request.max_tokens - 1

    def timings(self, now: float) -> dict[str, float]:
        first = self.first_token or now
        return {"queue_s": self.started - self.arrived, "prefill_s": first - self.started, "decode_s": now - first}
