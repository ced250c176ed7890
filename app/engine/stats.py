"""The engine's counters and histograms, as plain numbers that any metrics system can read."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(slots=True)
class Histogram:
    """Number of observations in each bucket (not cumulative); the last bucket is above the last bound."""

    bounds: tuple[float, ...] = SECONDS
    counts: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))
    total: float = 0.0

    def observe(self, value: float) -> None:
        self.counts[bisect.bisect_left(self.bounds, value)] += 1
        self.total += value


@dataclass(slots=True)
class EngineStats:
    """Counters since the start. Only the engine's thread writes them."""

    prompt_tokens: int = 0  # computed, not copied
    completion_tokens: int = 0
    scored_continuations: int = 0
    finished: int = 0
    failed: int = 0
    cancelled: int = 0
    failed_steps: int = 0
    ttft_s: Histogram = field(default_factory=Histogram)
    inter_token_s: Histogram = field(default_factory=Histogram)
    step_s: Histogram = field(default_factory=Histogram)
