"""The shapes of a training's search over hyper-parameters."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from app.domain.training import SearchTrialStatus, Training
from app.http.schemas import RequestBody
from app.training.hyperparameter_search import MAX_RECIPES, SEARCHABLE

Scalar = bool | int | float | str | None
NOT_BEGUN: dict[str, Any] = {
    "trials": [], "training": None, "chosen": None, "spent": None, "step": 0, "steps": 0, "seconds": 0.0,
}  # fmt: skip


class BudgetIn(RequestBody):
    """What the search may use; training what it chose to its end comes on top."""

    trials: int | None = Field(
        None, ge=2, le=MAX_RECIPES, description="Recipes of the grid that are tried, drawn at random. Null: all."
    )
    minutes: float | None = Field(None, gt=0, le=100_000)
    tokens: int | None = Field(None, ge=1, le=10**12, description="Read by all trials together.")


class SearchIn(RequestBody):
    """Successive halving over a small grid: the loss on the rows held out decides."""

    grid: dict[str, list[Scalar]] = Field(
        description=f"Values to try, by hyper-parameter: {', '.join(SEARCHABLE)}. At most {MAX_RECIPES} recipes."
    )
    budget: BudgetIn = BudgetIn()


class LossOut(BaseModel):
    step: int
    valid_loss: float | None = Field(description="On the rows held out; null if it was no number.")


class TrialOut(BaseModel):
    number: int
    hyperparameters: dict[str, Any] = Field(description="Where it differs from the training's own.")
    status: SearchTrialStatus
    step: int
    tokens: int
    seconds: float
    losses: list[LossOut] = Field(description="At each comparison it took part in.")


class SearchOut(BaseModel):
    grid: dict[str, list[Scalar]]
    budget: dict[str, float | None]
    trials: list[TrialOut]
    training: int | None = Field(description="Number of the trial that trains now.")
    chosen: int | None = Field(description="Number of a trial; 0: the recipe as asked for; null: not yet.")
    spent: Literal["minutes", "tokens"] | None = Field(description="The part of the budget that ended the search.")
    step: int = Field(description="Of all trials together.")
    steps: int
    seconds: float


def search_dict(training: Training) -> dict[str, Any] | None:
    if training.search_asked is None:
        return None
    begun: dict[str, Any] = {
        "trials": [],
        "training": None,
        "chosen": None,
        "spent": None,
        "step": 0,
        "steps": 0,
        "seconds": 0.0,
    }
    found = {**begun, **(training.search or {})}
    return {**training.search_asked, **{name: found[name] for name in begun}}


def progress(training: Training) -> float:
    """Of the search and the run after it, by steps."""
    step, steps = training.step, training.steps
    if training.search is not None:
        searched, rest = training.search["steps"], training.search["rest"]
        chosen = training.search["chosen"] is not None
        step = searched + max(0, step - (steps - rest)) if chosen else training.search["step"]
        steps = searched + rest
    return round(min(1.0, step / steps), 4) if steps else 0.0
