"""Estimates the cost of a training before it is queued: steps, tokens, time, trained parameters and memory."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np

from app.numerics.pytorch import pytorch_installed
from app.training.hyperparameter_search import HyperparameterSearch, grid_recipes, rest_steps, search_steps
from app.training.prefix_sharing import count_steps
from app.training.recipe import FEEDFORWARD, Recipe
from app.weights.machine import usable_cores

FLOPS_PER_WEIGHT = 6  # for each token: forward 2, gradients through frozen weights 2, recomputation and update 2
ACHIEVED_SHARE = 0.5  # share of a plain matrix product's speed, because of attention, norms and the head
BENCHMARK_S = 0.1  # duration of the matrix product benchmark
LOAD_SECONDS = 3.0  # time to load the base model
# The cost of DoRA relative to LoRA, fitted to SmolLM2-135M in fp32 (185 tokens/s become 142, in micro-batches of half
# the size 127): every token is scaled, and every micro-batch reads all weights to compute their norms.
DORA_PER_TOKEN = 1.15
DORA_PER_PASS = 90  # work of so many tokens
COPIES_PER_PARAMETER = 5  # parameter, gradient, AdamW's two moments, best weights
ADALORA_COPIES_PER_PARAMETER = 7  # the same, importance and uncertainty
Layers = Mapping[str, tuple[int, int]]  # full module name -> (in_features, out_features)


@dataclass(frozen=True, slots=True)
class Estimate:
    steps: int
    tokens: int  # tokens read in all epochs
    seconds: float
    cpu_seconds: float
    trained_parameters: int
    trained_memory_mb: float  # memory beside the base: parameters, gradients, moments, best weights
    search_seconds: float  # the part of `seconds` for a hyper-parameter search, at most
    basis: Literal["measured", "estimated"]  # from the last trainings, or from a matrix product timed on this machine


@dataclass(frozen=True, slots=True)
class LastRun:
    """The speed of the last completed training on this machine."""

    tokens_per_s: float  # computed tokens; shared prefixes count once
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class RowStatistics:
    """Counts over the rows of a dataset."""

    rows: int
    tokens: int  # tokens of all rows with their prompts
    computed_tokens: int  # tokens to compute when rows with a common prefix share it
    group_sizes: Sequence[Sequence[int]]  # (rows in a prefix group, number of such groups)

    @classmethod
    def from_report(cls, report: Mapping[str, Any]) -> RowStatistics:
        """From a stored report. Reports of older versions have no prefix groups."""
        rows, tokens = report["rows"], report["tokens"]
        return cls(rows, tokens, report.get("computed_tokens", tokens), report.get("together", [[1, rows]]))


def estimate(
    data: RowStatistics,
    recipe: Recipe,
    layers: Layers,
    *,
    evaluation_share: float,
    last: LastRun | None,
    search: HyperparameterSearch | None = None,
) -> Estimate:
    """Estimate the cost of a training over a base model with these linear layers. `last` is the measured speed."""
    trained_share = (1 - evaluation_share) * (1 - recipe.validation_share)
    sizes = [size for size, times in data.group_sizes for _ in range(times)]
    sizes = sizes if recipe.share_prefixes else [1] * data.rows
    whole = max(1, count_steps(sizes, recipe.rows_per_step))  # steps of an epoch over all rows
    steps = max(1, round(whole * trained_share)) * recipe.epochs
    steps = max(1, round(min(steps, recipe.max_steps or steps)))
    step_tokens = data.tokens / whole
    shared = data.computed_tokens / max(1, data.tokens) if recipe.share_prefixes else 1.0
    rate = _tokens_per_s(recipe, step_tokens * shared, layers, last) / shared
    searched, search_seconds, steps = _search_work(search, steps, step_tokens, rate) if search else (0, 0.0, steps)
    read = round(step_tokens * (searched + steps))
    seconds = LOAD_SECONDS + search_seconds + step_tokens * steps / rate
    recipes = grid_recipes(search, recipe) if search else [recipe]
    trained = max(trained_parameters(one, layers) for one in recipes)
    copies = ADALORA_COPIES_PER_PARAMETER if recipe.method == "adalora" else COPIES_PER_PARAMETER
    return Estimate(
        searched + steps,
        read,
        round(seconds, 1),
        round(seconds * usable_cores(), 1),
        trained,
        round(trained * copies * 4 / 2**20, 2),
        round(search_seconds, 1),
        "measured" if last else "estimated",
    )


def _search_work(search: HyperparameterSearch, steps: int, step_tokens: float, rate: float) -> tuple[int, float, int]:
    """Work of a search within its budget: (steps of all trials, their seconds, remaining steps of the chosen run)."""
    budget, most = search.budget, search_steps(search.budget.trials, steps)
    affordable = float(most)
    if budget.tokens is not None:
        affordable = min(affordable, budget.tokens / max(1.0, step_tokens))
    if budget.minutes is not None:
        affordable = min(affordable, 60 * budget.minutes * rate / max(1.0, step_tokens))
    searched = math.floor(affordable)
    return searched, searched * step_tokens / rate, steps if searched < most else rest_steps(budget.trials, steps)


def trained_parameters(recipe: Recipe, layers: Layers) -> int:
    """Number of parameters that the method trains on a base model with these layers."""
    targeted = [(name, shape) for name, shape in layers.items() if name.rsplit(".", 1)[-1] in recipe.targets]
    if recipe.method == "ia3":
        return sum(shape[0] if name.endswith(FEEDFORWARD) else shape[1] for name, shape in targeted)
    if recipe.method == "adalora":
        return sum(recipe.starting_rank * (read + written + 1) for _, (read, written) in targeted)
    low_rank = sum(recipe.rank * (read + written) for _, (read, written) in targeted)
    return low_rank + (sum(written for _, (_, written) in targeted) if recipe.method == "dora" else 0)


def relative_cost(recipe: Recipe, step_tokens: float) -> float:
    """The work for a token relative to LoRA. IA3 saves the update but no weight product; no gain was measured.

    `step_tokens` are the tokens of an optimizer step, which is split into micro-batches.
    """
    if recipe.method != "dora":
        return 1.0
    return DORA_PER_TOKEN + DORA_PER_PASS / max(1.0, min(step_tokens, recipe.micro_batch_tokens))


def _tokens_per_s(recipe: Recipe, step_tokens: float, layers: Layers, last: LastRun | None) -> float:
    """Computed tokens a second; `step_tokens` are the computed tokens of an optimizer step."""
    cost = relative_cost(recipe, step_tokens)
    if last is not None:
        return last.tokens_per_s * relative_cost(last.recipe, step_tokens) / cost
    weights = sum(read * written for read, written in layers.values())
    return matmul_flops() * ACHIEVED_SHARE / (FLOPS_PER_WEIGHT * max(1, weights) * cost)


@cache
def matmul_flops() -> float:
    """Measured operations a second of a matrix product on this machine. The first call takes a tenth of a second."""
    left: Any = np.ones((256, 1024), np.float32)
    right: Any = np.ones((1024, 1024), np.float32)
    if pytorch_installed():  # where it is not, another machine trains, which may be faster
        import torch

        left, right = torch.from_numpy(left), torch.from_numpy(right)
    best, ends = math.inf, time.perf_counter() + BENCHMARK_S
    while (started := time.perf_counter()) < ends:
        left @ right
        best = min(best, time.perf_counter() - started)
    return 2 * 256 * 1024 * 1024 / max(best, 1e-6)
