"""One request inside the engine, from submission to its last output."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from app.engine.adapter_cache import AdapterLocation
from app.engine.detokenize import IncrementalDetokenizer
from app.engine.kv import KVAllocation
from app.engine.lora import AdapterWeights
from app.engine.sampling import Sampler, SamplingParams

FinishReason = Literal["stop", "length"]


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """`prompt` are token ids, at least one. `deadline` is a value of time.monotonic()."""

    request_id: str
    tenant_id: str
    prompt: tuple[int, ...]
    adapter: AdapterLocation | None = None
    sampling: SamplingParams = field(default_factory=SamplingParams)
    max_tokens: int = 256
    stop: tuple[str, ...] = ()
    deadline: float = float("inf")


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """Natural logarithm of the probability of a token, before temperature and truncation."""

    token_id: int
    logprob: float
    top: tuple[tuple[int, float], ...] = ()  # (token id, logprob), most likely first


@dataclass(frozen=True, slots=True)
class Output:
    """A piece of an answer. The last one has a finish reason; its text may be empty."""

    text: str
    token_ids: tuple[int, ...]  # new token ids
    count: int  # completion tokens so far
    finish_reason: FinishReason | None = None
    logprobs: tuple[TokenLogprob, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)  # last output: queue_s, prefill_s, decode_s
    reused_tokens: int = 0  # of the prompt, copied from an earlier sequence


OutputCallback = Callable[[Output | Exception], None]


class Sequence:
    """The state of one request in the engine. Only the engine's thread changes it, except `cancelled`."""

    def __init__(self, request: EngineRequest, text: IncrementalDetokenizer, on_output: OutputCallback) -> None:
        self.request = request
        self.text = text
        self.on_output = on_output
        self.sampler = Sampler(request.sampling)
        self.ids = list(request.prompt)  # prompt and answer
        self.allocation: KVAllocation | None = None
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
        """Tokens to run before the next one can be sampled: 1 in decode, more in prefill."""
        return len(self.ids) - (self.allocation.length if self.allocation is not None else 0)

    @property
    def positions(self) -> int:
        """The most cache positions the sequence can need: the last sampled token is never run."""
        return len(self.request.prompt) + self.request.max_tokens - 1

    def timings(self, now: float) -> dict[str, float]:
        first = self.first_token or now
        return {"queue_s": self.started - self.arrived, "prefill_s": first - self.started, "decode_s": now - first}
