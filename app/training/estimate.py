"""What a training will cost, before it is queued: steps, tokens, time, what is trained and what that takes."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.training.recipe import FEEDFORWARD, Recipe
from app.training.search import Search, combinations, rest_steps, search_steps
from app.training.trees import count_steps

FLOPS_PER_WEIGHT = 6  # a token: forward 2, gradients through the frozen weights 2, recomputation and the update 2
REACHED = 0.5  # of a plain matrix product's speed, with attention, norms and the head
TIMED_S = 0.1  # for the matrix product
CONVERGING = 3.0  # seconds to load the base
# DoRA beside LoRA, fitted to SmolLM2-135M in fp32 (185 tokens/s become 142, in micro-batches of half the size 127):
# every token is scaled, and every micro-batch reads all weights for their norms.
DORA_PER_TOKEN = 1.15
DORA_PER_PASS = 90  # tokens' work
HELD = 5  # numbers for each one trained: itself, its gradient, AdamW's two moments, the best so far
HELD_BY_ADALORA = 7  # also how much it matters, and how sure that is
Layers = Mapping[str, tuple[int, int]]  # full module name -> (in_features, out_features)


@dataclass(frozen=True, slots=True)
class Estimate:
    steps: int
    tokens: int  # read over all epochs
    seconds: float
    cpu_seconds: float
    trained_parameters: int
    trained_memory_mb: float  # what they take beside the base: themselves, gradients, moments, the best so far
    search_seconds: float  # of these, at most, for a search over hyper-parameters
    basis: Literal["measured", "estimated"]  # by this service's last trainings, or by a matrix product timed here


@dataclass(frozen=True, slots=True)
class LastRun:
    """What the training that ended last says of this machine."""

    tokens_per_s: float  # computed: what rows share counts once
    recipe: Recipe


def estimate(
    *,
    rows: int,
    tokens: int,
    computed_tokens: int,
    together: Sequence[Sequence[int]],
    recipe: Recipe,
    evaluation_share: float,
    layers: Layers,
    last: LastRun | None,
    search: Search | None = None,
) -> Estimate:
    """For a dataset of so many rows and tokens, of which so many are computed, as rows share their beginnings.

    `together`: (rows, times) of those that do. `layers`: the base's linear layers.
    """
    learned = (1 - evaluation_share) * (1 - recipe.validation_share)
    sizes = [size for size, times in together for _ in range(times)] if recipe.share_prefixes else [1] * rows
    whole = max(1, count_steps(sizes, recipe.rows_per_step))  # an epoch over all rows
    steps = max(1, round(whole * learned)) * recipe.epochs
    steps = max(1, round(min(steps, recipe.max_steps or steps)))
    step_tokens = tokens / whole
    shared = computed_tokens / max(1, tokens) if recipe.share_prefixes else 1.0
    rate = _tokens_per_s(recipe, step_tokens * shared, layers, last) / shared
    searched, tried_for, steps = _search_work(search, steps, step_tokens, rate) if search else (0, 0.0, steps)
    read = round(step_tokens * (searched + steps))
    seconds = CONVERGING + tried_for + step_tokens * steps / rate
    recipes = combinations(search, recipe) if search else [recipe]
    trained = max(trained_parameters(one, layers) for one in recipes)
    return Estimate(
        searched + steps,
        read,
        round(seconds, 1),
        round(seconds * (os.cpu_count() or 1), 1),
        trained,
        round(trained * (HELD_BY_ADALORA if recipe.method == "adalora" else HELD) * 4 / 2**20, 2),
        round(tried_for, 1),
        "measured" if last else "estimated",
    )


def _search_work(search: Search, steps: int, step_tokens: float, rate: float) -> tuple[int, float, int]:
    """(steps of all trials, their seconds, steps to the end of the chosen run) of a search within its budget."""
    budget, most = search.budget, search_steps(search.budget.trials, steps)
    affordable = float(most)
    if budget.tokens is not None:
        affordable = min(affordable, budget.tokens / max(1.0, step_tokens))
    if budget.minutes is not None:
        affordable = min(affordable, 60 * budget.minutes * rate / max(1.0, step_tokens))
    searched = math.floor(affordable)
    return searched, searched * step_tokens / rate, steps if searched < most else rest_steps(budget.trials, steps)


def trained_parameters(recipe: Recipe, layers: Layers) -> int:
    """How many numbers the method learns on a base with these layers."""
    targeted = [(name, shape) for name, shape in layers.items() if name.rsplit(".", 1)[-1] in recipe.targets]
    if recipe.method == "ia3":
        return sum(shape[0] if name.endswith(FEEDFORWARD) else shape[1] for name, shape in targeted)
    if recipe.method == "adalora":
        return sum(recipe.starting_rank * (read + written + 1) for _, (read, written) in targeted)
    low_rank = sum(recipe.rank * (read + written) for _, (read, written) in targeted)
    return low_rank + (sum(written for _, (_, written) in targeted) if recipe.method == "dora" else 0)


def relative_cost(recipe: Recipe, step_tokens: float) -> float:
    """A token's work over that of LoRA. IA3's vectors spare the update but no product with a weight: no gain measured.

    `step_tokens`: of an optimizer step, which lie in micro-batches of at most the recipe's tokens.
    """
    if recipe.method != "dora":
        return 1.0
    return DORA_PER_TOKEN + DORA_PER_PASS / max(1.0, min(step_tokens, recipe.micro_batch_tokens))


def _tokens_per_s(recipe: Recipe, step_tokens: float, layers: Layers, last: LastRun | None) -> float:
    """Of tokens that are computed, as are the `step_tokens` of an optimizer step."""
    cost = relative_cost(recipe, step_tokens)
    if last is not None:
        return last.tokens_per_s * relative_cost(last.recipe, step_tokens) / cost
    weights = sum(read * written for read, written in layers.values())
    return product_rate() * REACHED / (FLOPS_PER_WEIGHT * max(1, weights) * cost)


@cache
def product_rate() -> float:
    """Operations a second of a matrix product on this machine; takes a tenth of a second, once."""
    import torch

    left, right = torch.ones(256, 1024), torch.ones(1024, 1024)
    best, ends = math.inf, time.perf_counter() + TIMED_S
    while (started := time.perf_counter()) < ends:
        left @ right
        best = min(best, time.perf_counter() - started)
    return 2 * 256 * 1024 * 1024 / max(best, 1e-6)
