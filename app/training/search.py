"""A search over a small grid of hyper-parameters: what may be asked, which recipes are tried, how long each.

Successive halving (Jamieson and Talwalkar, arXiv 1502.07943; the inner loop of Hyperband, arXiv 1603.06560): all
recipes train for a while, the better half goes on, until one is left.
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
WHY_NOT = {
    "method": "methods train over different bases: compare them with `loracle compare`",
    "seed": "the luckiest seed is no better recipe: it fits the rows held out by chance",
}
MOST_RECIPES = 64
HALVING = 2
LEAST_STEPS = 3  # before anything is compared, where the run has so many


@dataclass(frozen=True, slots=True)
class Budget:
    """What the search may use; training the chosen recipe to its end comes on top."""

    trials: int
    minutes: float | None = None
    tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """`grid`: values by hyper-parameter."""

    grid: dict[str, tuple[Any, ...]]
    budget: Budget

    @property
    def size(self) -> int:
        return math.prod(map(len, self.grid.values()))

    def describe(self) -> dict[str, Any]:
        return {"grid": {name: list(values) for name, values in self.grid.items()}, "budget": asdict(self.budget)}


@dataclass(frozen=True, slots=True)
class Rung:
    """So many recipes are trained up to that share of the whole run, then compared."""

    trials: int
    share: float

    def step(self, steps: int) -> int:
        return min(steps, max(LEAST_STEPS, round(self.share * steps)))


def search_from(given: dict[str, Any], recipe: Recipe) -> Search:
    """A checked search around `recipe`. Raises InvalidRequest naming the field."""
    _known("search", given, ("grid", "budget"))
    grid = given.get("grid")
    if not isinstance(grid, dict) or not grid:
        raise InvalidRequest('search.grid names values to try: {"learning_rate": [1e-4, 2e-4]}.', param="search.grid")
    values = {name: _values(name, found) for name, found in grid.items()}
    search = Search(values, Budget(0))
    if not 2 <= search.size <= MOST_RECIPES:
        raise InvalidRequest(
            f"The grid has {search.size} recipes; it must have from 2 to {MOST_RECIPES}.", param="search.grid"
        )
    if not recipe.validation_share:
        raise InvalidRequest(
            "A search compares losses on rows held out: validation_share must not be 0.",
            param="hyperparameters.validation_share",
        )
    search = Search(values, _budget(given.get("budget") or {}, search.size))
    combinations(search, recipe)
    return search


def changed(recipe: Recipe, changes: dict[str, Any]) -> Recipe:
    """The recipe of a trial. Raises InvalidRequest naming the grid's field."""
    try:
        return recipe_from({**recipe.describe(), **changes})
    except InvalidRequest as fault:
        field = fault.param if fault.param in changes else next(iter(changes))
        raise InvalidRequest(fault.message, param=f"search.grid.{field}") from None


def combinations(search: Search, recipe: Recipe) -> list[Recipe]:
    """Every recipe of the grid."""
    return [changed(recipe, changes) for changes in _all(search)]


def tried(search: Search, seed: int) -> list[dict[str, Any]]:
    """What each trial changes in the recipe: all combinations, or as many as the budget allows, drawn at random."""
    found = _all(search)
    count = min(search.budget.trials, len(found))
    chosen = random.Random(seed).sample(range(len(found)), count)  # noqa: S311 - a draw, not a secret
    return [found[place] for place in sorted(chosen)]


def rungs(trials: int) -> list[Rung]:
    """Halves until one is left, each at twice the share of the run; the last comparison is at half of it."""
    count = math.ceil(math.log2(trials))
    return [Rung(math.ceil(trials / HALVING**place), HALVING ** (place - count)) for place in range(count)]


def search_steps(trials: int, steps: int) -> int:
    """Steps of all trials together, for runs of `steps`."""
    total = before = 0
    for rung in rungs(trials):
        total += rung.trials * (rung.step(steps) - before)
        before = rung.step(steps)
    return total


def rest_steps(trials: int, steps: int) -> int:
    """Steps of the chosen run that come after the search."""
    return steps - rungs(trials)[-1].step(steps)


def told(changes: dict[str, Any]) -> str:
    """ "learning_rate 0.0002, rank 8"."""
    return ", ".join(f"{name} {value:g}" if _number(value) else f"{name} {value}" for name, value in changes.items())


def _all(search: Search) -> list[dict[str, Any]]:
    return [dict(zip(search.grid, values, strict=True)) for values in itertools.product(*search.grid.values())]


def _values(name: str, given: object) -> tuple[Any, ...]:
    param = f"search.grid.{name}"
    if name not in SEARCHABLE:
        why = WHY_NOT.get(name, f"what may be tried is {', '.join(SEARCHABLE)}")
        raise InvalidRequest(f"{name} cannot be searched over: {why}.", param=param)
    if not isinstance(given, list | tuple) or not given:
        raise InvalidRequest(f"{param} must be a list of values to try.", param=param)
    if any(one == other for one, other in itertools.combinations(given, 2)):
        raise InvalidRequest(f"{param} names a value twice.", param=param)
    return tuple(given)


def _budget(given: object, size: int) -> Budget:
    if not isinstance(given, dict):
        raise InvalidRequest("search.budget holds trials, minutes or tokens.", param="search.budget")
    _known("search.budget", given, ("trials", "minutes", "tokens"))
    trials, minutes, tokens = given.get("trials") or size, given.get("minutes"), given.get("tokens")
    for name, value, most in (("trials", trials, size), ("tokens", tokens, 10**12)):
        least = 2 if name == "trials" else 1
        if value is not None and (type(value) is not int or not least <= value <= max(most, least)):
            raise InvalidRequest(
                f"{name} must be a whole number from {least} to {most}, not {value!r}.", param=f"search.budget.{name}"
            )
    if minutes is not None and not (_number(minutes) and 0 < minutes <= 100_000):
        raise InvalidRequest(f"minutes must be above 0, not {minutes!r}.", param="search.budget.minutes")
    return Budget(trials, minutes, tokens)


def _known(where: str, given: Iterable[str], names: tuple[str, ...]) -> None:
    for name in given:
        if name not in names:
            raise InvalidRequest(f"{where} has no {name!r}; known are {', '.join(names)}.", param=f"{where}.{name}")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
