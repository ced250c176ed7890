"""A search over a small grid of hyper-parameters: valid requests, trials, and the steps of each trial.

The method is successive halving (Jamieson and Talwalkar, arXiv 1502.07943; the inner loop of Hyperband, arXiv
1603.06560): all trials train for some steps, the better half continues, until one trial is left.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from app.errors import InvalidRequest
from app.training.recipe import Recipe, recipe_from

SEARCHABLE = (
    "learning_rate", "rank", "alpha", "rslora", "init", "lora_plus_ratio", "weight_decay", "dropout", "rows_per_step",
    "warmup", "clip", "initial_rank", "orthogonality",
)  # fmt: skip
NOT_SEARCHABLE_REASONS = {
    "method": "methods train over different bases: compare them with `loracle compare`",
    "seed": "the luckiest seed is no better recipe: it fits the rows held out by chance",
}
MAX_RECIPES = 64
HALVING = 2
MIN_STEPS = 3  # steps before the first comparison, if the run is long enough


@dataclass(frozen=True, slots=True)
class SearchBudget:
    """The budget of a search. The remaining training of the chosen recipe is not included."""

    trials: int
    minutes: float | None = None
    tokens: int | None = None


@dataclass(frozen=True, slots=True)
class HyperparameterSearch:
    """`grid` has the values to try, by hyper-parameter."""

    grid: dict[str, tuple[Any, ...]]
    budget: SearchBudget

    @property
    def size(self) -> int:
        return math.prod(map(len, self.grid.values()))

    def describe(self) -> dict[str, Any]:
        return {"grid": {name: list(values) for name, values in self.grid.items()}, "budget": asdict(self.budget)}


@dataclass(frozen=True, slots=True)
class Rung:
    """One comparison: `trials` trials train up to `share` of the whole run and are then compared."""

    trials: int
    share: float

    def step(self, steps: int) -> int:
        return min(steps, max(MIN_STEPS, round(self.share * steps)))


def parse_search(fields: dict[str, Any], recipe: Recipe) -> HyperparameterSearch:
    """Validate a search request for `recipe`. Raises InvalidRequest naming the field."""
    _check_known_fields("search", fields, ("grid", "budget"))
    grid = fields.get("grid")
    if not isinstance(grid, dict) or not grid:
        raise InvalidRequest('search.grid names values to try: {"learning_rate": [1e-4, 2e-4]}.', param="search.grid")
    values = {name: _check_values(name, found) for name, found in grid.items()}
    search = HyperparameterSearch(values, SearchBudget(0))
    if not 2 <= search.size <= MAX_RECIPES:
        raise InvalidRequest(
            f"The grid has {search.size} recipes; it must have from 2 to {MAX_RECIPES}.", param="search.grid"
        )
    if not recipe.validation_share:
        raise InvalidRequest(
            "A search compares losses on rows held out: validation_share must not be 0.",
            param="hyperparameters.validation_share",
        )
    search = HyperparameterSearch(values, _parse_budget(fields.get("budget") or {}, search.size))
    grid_recipes(search, recipe)
    return search


def apply_changes(recipe: Recipe, changes: dict[str, Any]) -> Recipe:
    """The recipe with the changes of a trial. Raises InvalidRequest naming the grid's field."""
    try:
        return recipe_from({**recipe.describe(), **changes})
    except InvalidRequest as fault:
        field = fault.param if fault.param in changes else next(iter(changes))
        raise InvalidRequest(fault.message, param=f"search.grid.{field}") from None


def grid_recipes(search: HyperparameterSearch, recipe: Recipe) -> list[Recipe]:
    """Every recipe of the grid."""
    return [apply_changes(recipe, changes) for changes in _grid_combinations(search)]


def draw_trials(search: HyperparameterSearch, seed: int) -> list[dict[str, Any]]:
    """The changes of each trial: all combinations, or a random sample if the budget allows fewer."""
    combinations = _grid_combinations(search)
    count = min(search.budget.trials, len(combinations))
    drawn = random.Random(seed).sample(range(len(combinations)), count)  # noqa: S311 - a draw, not a secret
    return [combinations[index] for index in sorted(drawn)]


def rungs(trials: int) -> list[Rung]:
    """The comparisons: trials halve and the share of the run doubles; the last one is at half of the run."""
    count = math.ceil(math.log2(trials))
    return [Rung(math.ceil(trials / HALVING**place), HALVING ** (place - count)) for place in range(count)]


def search_steps(trials: int, steps: int) -> int:
    """Total steps of all trials, for runs of `steps` steps."""
    total = before = 0
    for rung in rungs(trials):
        total += rung.trials * (rung.step(steps) - before)
        before = rung.step(steps)
    return total


def rest_steps(trials: int, steps: int) -> int:
    """Steps of the chosen run after the search."""
    return steps - rungs(trials)[-1].step(steps)


def summarize_changes(changes: dict[str, Any]) -> str:
    """The changes as text, for example: learning_rate 0.0002, rank 8."""
    return ", ".join(f"{name} {value:g}" if _is_number(value) else f"{name} {value}" for name, value in changes.items())


def _grid_combinations(search: HyperparameterSearch) -> list[dict[str, Any]]:
    return [dict(zip(search.grid, values, strict=True)) for values in itertools.product(*search.grid.values())]


def _check_values(name: str, values: object) -> tuple[Any, ...]:
    param = f"search.grid.{name}"
    if name not in SEARCHABLE:
        why = NOT_SEARCHABLE_REASONS.get(name, f"what may be tried is {', '.join(SEARCHABLE)}")
        raise InvalidRequest(f"{name} cannot be searched over: {why}.", param=param)
    if not isinstance(values, list | tuple) or not values:
        raise InvalidRequest(f"{param} must be a list of values to try.", param=param)
    if any(one == other for one, other in itertools.combinations(values, 2)):
        raise InvalidRequest(f"{param} names a value twice.", param=param)
    return tuple(values)


def _parse_budget(fields: object, size: int) -> SearchBudget:
    if not isinstance(fields, dict):
        raise InvalidRequest("search.budget holds trials, minutes or tokens.", param="search.budget")
    _check_known_fields("search.budget", fields, ("trials", "minutes", "tokens"))
    trials, minutes, tokens = fields.get("trials") or size, fields.get("minutes"), fields.get("tokens")
    for name, value, maximum in (("trials", trials, size), ("tokens", tokens, 10**12)):
        minimum = 2 if name == "trials" else 1
        if value is not None and (type(value) is not int or not minimum <= value <= max(maximum, minimum)):
            raise InvalidRequest(
                f"{name} must be a whole number from {minimum} to {maximum}, not {value!r}.",
                param=f"search.budget.{name}",
            )
    if minutes is not None and not (_is_number(minutes) and 0 < minutes <= 100_000):
        raise InvalidRequest(f"minutes must be above 0, not {minutes!r}.", param="search.budget.minutes")
    return SearchBudget(trials, minutes, tokens)


def _check_known_fields(where: str, fields: Iterable[str], names: tuple[str, ...]) -> None:
    for name in fields:
        if name not in names:
            raise InvalidRequest(f"{where} has no {name!r}; known are {', '.join(names)}.", param=f"{where}.{name}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
