"""Request and response bodies of a hyper-parameter search."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.domain.training import SearchTrialStatus
from app.http.schemas import RequestBody, ResponseBody
from app.training.hyperparameter_search import MAX_RECIPES, SEARCHABLE

Scalar = bool | int | float | str | None


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


class LossOut(ResponseBody):
    step: int
    valid_loss: float | None = Field(description="On the rows held out; null if it was no number.")


class TrialOut(ResponseBody):
    number: int
    hyperparameters: dict[str, Any] = Field(description="Where it differs from the training's own.")
    status: SearchTrialStatus
    step: int
    tokens: int
    seconds: float
    losses: list[LossOut] = Field(description="At each comparison it took part in.")


class SearchOut(ResponseBody):
    grid: dict[str, list[Scalar]]
    budget: dict[str, float | None]
    trials: list[TrialOut]
    training: int | None = Field(description="Number of the trial that trains now.")
    chosen: int | None = Field(description="Number of a trial; 0: the recipe as asked for; null: not yet.")
    spent: Literal["minutes", "tokens"] | None = Field(description="The part of the budget that ended the search.")
    step: int = Field(description="Of all trials together.")
    steps: int
    seconds: float
