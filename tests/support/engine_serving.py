"""An engine over a tiny model, stepped by hand, and what a request gets from it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.engine.adapter_cache import AdapterCache, AdapterLocation, HostAdapterCache
from app.engine.engine import Engine
from app.engine.kv import KVCache
from app.engine.lora import load_adapter
from app.engine.runner import Runner
from app.engine.sampling import SamplingParams
from app.engine.scheduler import SchedulerLimits
from app.engine.sequence import EngineRequest, Output


def make_engine(
    model: Any,
    *,
    limits: SchedulerLimits | None = None,
    positions: int = 1024,
    adapter_bytes: int = 10**7,
    end_ids: frozenset[int] = frozenset(),
    load: Any = load_adapter,
    device: str = "cpu",
) -> Engine:
    """Not started: call `step`. Tokens decode to one letter each."""
    dtype = next(parameter.dtype for parameter in model.parameters() if parameter.is_floating_point())
    heads, layers = model.config.num_key_value_heads, model.config.num_hidden_layers
    size = positions * 2 * layers * heads * model.config.head_dim * dtype.itemsize
    kv = KVCache(model.config, budget_bytes=size, context_tokens=256, dtype=dtype, device=device)
    adapter_cache = AdapterCache(adapter_bytes, load if device == "cpu" else HostAdapterCache(10**8, load, device))
    engine = Engine(Runner(model, kv, device), kv, adapter_cache, decode=letters, end_ids=end_ids, limits=limits)
    adapter_cache.on_change = engine.wake
    return engine


def letters(ids: Sequence[int]) -> str:
    return "".join(chr(ord("a") + index % 26) for index in ids)


@dataclass
class Collected:
    """What one request got."""

    sequence: Any = None
    outputs: list[Output] = field(default_factory=list)
    error: Exception | None = None

    @classmethod
    def submit(
        cls,
        engine: Engine,
        prompt: Sequence[int],
        adapter: Path | None = None,
        *,
        tenant: str = "tenant",
        version: str | None = None,
        max_tokens: int = 8,
        sampling: SamplingParams | None = None,
        stop: tuple[str, ...] = (),
        deadline: float = float("inf"),
    ) -> Collected:
        collected = cls()
        source = AdapterLocation((tenant, version or str(adapter)), adapter) if adapter is not None else None
        request = EngineRequest(
            "request", tenant, tuple(prompt), source, sampling or SamplingParams(), max_tokens, stop, deadline
        )
        collected.sequence = engine.submit(request, collected.take)
        return collected

    def take(self, item: Output | Exception) -> None:
        if isinstance(item, Exception):
            self.error = item
        else:
            self.outputs.append(item)

    @property
    def tokens(self) -> list[int]:
        return [token for output in self.outputs for token in output.token_ids]

    @property
    def text(self) -> str:
        return "".join(output.text for output in self.outputs)

    @property
    def last(self) -> Output:
        return self.outputs[-1]

    @property
    def ended(self) -> bool:
        return self.error is not None or bool(self.outputs and self.outputs[-1].finish_reason)


def run_all(engine: Engine, timeout_s: float = 120.0) -> int:
    """Step until nothing is left. Returns the number of steps that ran something."""
    ends, steps = time.monotonic() + timeout_s, 0
    while engine.depth() != (0, 0):
        if engine.step():
            steps += 1
        else:
            time.sleep(0.001)  # an adapter is loading
        assert time.monotonic() < ends, "the engine does not come to an end"
    return steps
