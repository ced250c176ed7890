"""One request inside the engine, from submission to its last output."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from app.engine.adapter_cache import AdapterLocation
from app.engine.batch import Branches, ScheduledSequence
from app.engine.detokenize import IncrementalDetokenizer
from app.engine.kv import BASE, KVAllocation, Origin
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


class SequenceRequest(Protocol):
    """What the engine reads of any request."""

    @property
    def request_id(self) -> str: ...
    @property
    def tenant_id(self) -> str: ...
    @property
    def prompt(self) -> tuple[int, ...]: ...
    @property
    def adapter(self) -> AdapterLocation | None: ...
    @property
    def deadline(self) -> float: ...


class Sequence(ABC):
    """The state of one request in the engine. Only the engine's thread changes it, except `cancelled`."""

    on_output: Callable[[Exception], None]

    def __init__(self, request: SequenceRequest) -> None:
        self.request = request
        self.ids = list(request.prompt)  # the prompt and what follows it: all tokens to run, in order
        self.branches: Branches | None = None  # how `ids` after the prompt belong together; None: one text
        self.allocation: KVAllocation | None = None
        self.weights: AdapterWeights | None = None
        self.active_from: int | None = 0  # the position from which the adapter acts; None: nowhere
        self.reused = 0
        self.cancelled = False
        self.arrived = time.monotonic()
        self.started = 0.0

    @property
    def tenant_id(self) -> str:
        return self.request.tenant_id

    @property
    def filled(self) -> int:
        """Tokens of `ids` that have run."""
        return self.allocation.filled if self.allocation is not None else 0

    @property
    def pending(self) -> int:
        """Tokens to run before the next result: 1 in decode, more in prefill."""
        return len(self.ids) - self.filled

    @property
    @abstractmethod
    def positions(self) -> int:
        """The most cache positions the sequence can need."""

    @property
    def origin(self) -> Origin:
        """What computes its keys and values."""
        if self.request.adapter is None or self.active_from is None:
            return BASE
        return Origin(self.request.adapter.key, self.active_from)

    def logit_rows(self, count: int) -> int:
        """Of how many of the next `count` tokens, the last ones, it needs logits; at least 1."""
        del count
        return 1

    def schedule(self, count: int) -> ScheduledSequence:
        """Its next `count` tokens."""
        assert self.allocation is not None  # noqa: S101 - a running sequence has one
        tokens = self.ids[self.filled : self.filled + count]
        weights, active_from = (self.weights, self.active_from) if self.active_from is not None else (None, 0)
        return ScheduledSequence(
            tokens, self.allocation, weights, active_from or 0, self.logit_rows(count), self.branches
        )

    def advance(self, tokens: list[int]) -> None:
        """Record that its next `tokens` have run."""
        assert self.allocation is not None  # noqa: S101 - a running sequence has one
        self.allocation.tokens += tokens


class Generation(Sequence):
    """The state of one request for an answer."""

    request: EngineRequest

    def __init__(self, request: EngineRequest, text: IncrementalDetokenizer, on_output: OutputCallback) -> None:
        super().__init__(request)
        self.text = text
        self.on_output: OutputCallback = on_output
        self.sampler = Sampler(request.sampling)
        self.first_token = self.last_token = 0.0

    @property
    def generated(self) -> int:
        return len(self.ids) - len(self.request.prompt)

    @property
    def positions(self) -> int:
        """The most cache positions it can need: the last sampled token is never run."""
        return len(self.request.prompt) + self.request.max_tokens - 1

    def timings(self, now: float) -> dict[str, float]:
        first = self.first_token or now
        return {"queue_s": self.started - self.arrived, "prefill_s": first - self.started, "decode_s": now - first}
