"""Request and response bodies of training jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field, create_model, field_validator

from app.adapters.names import NAMED
from app.domain.training import SearchTrialStatus, Training, TrainingEvent, TrainingPoint, TrainingStatus
from app.http.schemas import RequestBody, ResponseBody, Text, Timestamp
from app.training.hyperparameter_search import MAX_RECIPES, SEARCHABLE
from app.training.recipe import FULL, FULL_REFUSED, HYPERPARAMETERS, Method
from app.training.service import DEFAULT_EVALUATION_SHARE, TrainingRequest

Scalar = bool | int | float | str | None
Tenths = Annotated[float, AfterValidator(lambda seconds: round(seconds, 1))]


class RecipeFields(RequestBody):
    """What is left out is the default for so many rows."""

    @field_validator("targets", mode="before", check_fields=False)
    @classmethod
    def _is_a_tuple(cls, targets: Any) -> Any:
        return tuple(targets) if isinstance(targets, list) else targets  # JSON has no tuples

    @field_validator("method", mode="before", check_fields=False)
    @classmethod
    def _is_trained_here(cls, method: Any) -> Any:
        if method == FULL:
            raise ValueError(FULL_REFUSED.removesuffix("."))
        return method


def recipe_schema() -> type[RecipeFields]:
    """The body of a recipe, derived field by field from `Recipe`.

    A default that varies is not shown: null stands for "left out". `full` is for comparisons alone.
    """
    shown: dict[str, Any] = {}
    for known in HYPERPARAMETERS:
        annotation = Method if known.name == "method" else known.annotation
        if known.default_varies:
            annotation = annotation | None
        shown[known.name] = (Annotated[annotation, known.info], None if known.default_varies else known.default)
    return create_model("RecipeIn", __base__=RecipeFields, __doc__=RecipeFields.__doc__, **shown)


if TYPE_CHECKING:
    RecipeIn = RecipeFields
else:
    RecipeIn = recipe_schema()


class SearchBudgetIn(RequestBody):
    """What the search may use; training what it chose to its end comes on top."""

    trials: int | None = Field(
        None, ge=2, le=MAX_RECIPES, description="Recipes of the grid that are tried, drawn at random. Null: all."
    )
    minutes: float | None = Field(None, gt=0, le=100_000)
    tokens: int | None = Field(None, ge=1, le=10**12, description="Read by all trials together.")


class HyperparameterSearchIn(RequestBody):
    """Successive halving over a small grid: the loss on the rows held out decides."""

    grid: dict[str, list[Scalar]] = Field(
        description=f"Values to try, by hyper-parameter: {', '.join(SEARCHABLE)}. At most {MAX_RECIPES} recipes."
    )
    budget: SearchBudgetIn = SearchBudgetIn()


class TrainingIn(RequestBody):
    adapter: Annotated[
        Text,
        Field(min_length=1, max_length=64, description="Name of the adapter to make.", json_schema_extra=NAMED),
    ]
    dataset: Annotated[Text, Field(min_length=1, max_length=64, description="Id of a dataset.")]
    hyperparameters: RecipeIn = RecipeIn()
    search: HyperparameterSearchIn | None = Field(None, description="Choose among hyper-parameters before training.")
    evaluation_share: float = Field(
        DEFAULT_EVALUATION_SHARE, ge=0, le=0.5, description="Of the rows, by whole documents, kept out for the gate."
    )

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "adapter": "support",
                    "dataset": "ds_5d41402abc4b2a76b9719d91",
                    "hyperparameters": {"rank": 16, "epochs": 1},
                },
                {
                    "adapter": "support",
                    "dataset": "ds_5d41402abc4b2a76b9719d91",
                    "search": {"grid": {"learning_rate": [0.0006, 0.0013, 0.0026]}, "budget": {"minutes": 10}},
                },
            ]
        }
    }

    def request(self) -> TrainingRequest:
        """Only fields of the request: the defaults of the others depend on rows, base and method."""
        return TrainingRequest(
            self.adapter,
            self.dataset,
            self.hyperparameters.model_dump(exclude_unset=True, exclude_none=True),
            self.evaluation_share,
            None if self.search is None else self.search.model_dump(),
        )


class FailureOut(ResponseBody):
    code: str
    message: str


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


class HyperparameterSearchOut(ResponseBody):
    grid: dict[str, list[Scalar]]
    budget: dict[str, float | None]
    trials: list[TrialOut]
    training: int | None = Field(description="Number of the trial that trains now.")
    chosen: int | None = Field(description="Number of a trial; 0: the recipe as asked for; null: not yet.")
    spent: Literal["minutes", "tokens"] | None = Field(description="The part of the budget that ended the search.")
    step: int = Field(description="Of all trials together.")
    steps: int
    seconds: float


class TrainingOut(ResponseBody):
    id: str
    object: Literal["training.job"] = "training.job"
    status: TrainingStatus
    adapter: str = Field(description="The adapter's name; `trained_adapter` is the version that was made.")
    dataset: str
    dataset_label: str = Field(description="name@version; the dataset may be gone.")
    hyperparameters: dict[str, Any]
    evaluation_share: float
    search: HyperparameterSearchOut | None = Field(description="Over hyper-parameters: trials and what was chosen.")
    step: int
    steps: int
    progress: float = Field(ge=0, le=1)
    eta_s: Tenths | None = Field(description="Seconds until the last step, from the speed so far.")
    figures: dict[str, float] = Field(description="Of the newest step and validation.")
    trained_adapter: str | None = Field(description="name@version")
    evaluation_id: str | None = Field(description="Of the gate, on the rows that were kept out.")
    error: FailureOut | None
    created_at: Timestamp
    started_at: Timestamp | None
    finished_at: Timestamp | None


class EventOut(ResponseBody):
    id: int
    kind: str
    message: str
    created_at: Timestamp


class EventsOut(ResponseBody):
    object: Literal["list"] = "list"
    data: list[EventOut]


class PointOut(ResponseBody):
    step: int
    figures: dict[str, float] = Field(description="train_loss, token_accuracy, learning_rate, valid_loss, ...")


class CurveOut(ResponseBody):
    object: Literal["training.curve"] = "training.curve"
    data: list[PointOut]


class EstimateOut(ResponseBody):
    object: Literal["training.estimate"] = "training.estimate"
    steps: int
    tokens: int = Field(description="Read over all epochs.")
    seconds: float
    cpu_seconds: float
    search_seconds: float = Field(description="Of these, at most, for the search.")
    trained_parameters: int = Field(description="How many numbers the method learns.")
    trained_memory_mb: float = Field(
        description="What they take beside the base: themselves, gradients, the optimizer's moments, the best so far."
    )
    basis: Literal["measured", "estimated"] = Field(description="By the last training here, or by a product timed now.")


UPDATE_BODIES: dict[type[TrainingEvent | TrainingPoint | Training], type[ResponseBody]] = {
    TrainingEvent: EventOut,
    TrainingPoint: PointOut,
    Training: TrainingOut,
}
