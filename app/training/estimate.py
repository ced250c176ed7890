"""What a training will cost, before it is queued: steps, tokens, time and processor time."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.training.recipe import Recipe

FLOPS_PER_WEIGHT = 6  # a token: forward 2, gradients through the frozen weights 2, recomputation and the update 2
REACHED = 0.5  # of a plain matrix product's speed, with attention, norms and the head
CONVERGING = 3.0  # seconds to load the base


@dataclass(frozen=True, slots=True)
class Estimate:
    steps: int
    tokens: int  # read over all epochs
    seconds: float
    cpu_seconds: float
    basis: Literal["measured", "estimated"]  # by this service's last trainings, or by a matrix product timed here


def estimate(
    *, rows: int, tokens: int, recipe: Recipe, evaluation_share: float, weights: int, tokens_per_s: float | None
) -> Estimate:
    """For a dataset of so many rows and tokens. `weights`: of the base's linear layers."""
    learned = rows * (1 - evaluation_share) * (1 - recipe.validation_share)
    steps = max(1, round(learned / recipe.rows_per_step)) * recipe.epochs
    steps = max(1, round(min(steps, recipe.max_steps or steps)))
    read = round(tokens / max(1, rows) * recipe.rows_per_step * steps)
    rate = tokens_per_s or product_rate() * REACHED / (FLOPS_PER_WEIGHT * max(1, weights))
    seconds = CONVERGING + read / rate
    basis: Literal["measured", "estimated"] = "measured" if tokens_per_s else "estimated"
    return Estimate(steps, read, round(seconds, 1), round(seconds * (os.cpu_count() or 1), 1), basis)


@cache
def product_rate() -> float:
    """Operations a second of a matrix product on this machine; takes some milliseconds, once."""
    import torch

    left, right = torch.ones(256, 1024), torch.ones(1024, 1024)
    best = 1e9
    for _ in range(3):
        started = time.perf_counter()
        left @ right
        best = min(best, time.perf_counter() - started)
    return 2 * 256 * 1024 * 1024 / max(best, 1e-6)
