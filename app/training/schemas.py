"""The shapes of training jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model, field_validator

from app.domain.training import Training, TrainingEvent, TrainingPoint, TrainingStatus
from app.http.schemas import RequestBody, Text, timestamp
from app.training.recipe import COMPARED, COMPARED_ALONE, HYPERPARAMETERS, Method
from app.training.search_schemas import SearchIn, SearchOut, progress, search_dict
from app.training.service import DEFAULT_EVALUATION_SHARE


class RecipeFields(RequestBody):
    """What is left out is the default for so many rows."""

    @field_validator("method", mode="before", check_fields=False)
    @classmethod
    def _is_trained_here(cls, method: Any) -> Any:
        if method == COMPARED:
            raise ValueError(COMPARED_ALONE.removesuffix("."))
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


class TrainingIn(RequestBody):
    adapter: Annotated[Text, Field(min_length=1, max_length=64, description="Name of the adapter to make.")]
    dataset: Annotated[Text, Field(min_length=1, max_length=64, description="Id of a dataset.")]
    hyperparameters: RecipeIn = RecipeIn()
    search: SearchIn | None = Field(None, description="Choose among hyper-parameters before training.")
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

    def recipe(self) -> dict[str, Any]:
        """Only what was given: the rest depends on rows, base and method."""
        return self.hyperparameters.model_dump(exclude_unset=True, exclude_none=True)

    def searched(self) -> dict[str, Any] | None:
        return None if self.search is None else self.search.model_dump()


class FailureOut(BaseModel):
    code: str
    message: str


class TrainingOut(BaseModel):
    id: str
    object: Literal["training.job"]
    status: TrainingStatus
    adapter: str = Field(description="The adapter's name; `trained_adapter` is the version that was made.")
    dataset: str
    dataset_label: str = Field(description="name@version; the dataset may be gone.")
    hyperparameters: dict[str, Any]
    evaluation_share: float
    search: SearchOut | None = Field(description="Over hyper-parameters: trials and what was chosen.")
    step: int
    steps: int
    progress: float = Field(ge=0, le=1)
    eta_s: float | None = Field(description="Seconds until the last step, from the speed so far.")
    figures: dict[str, float] = Field(description="Of the newest step and validation.")
    trained_adapter: str | None = Field(description="name@version")
    evaluation_id: str | None = Field(description="Of the gate, on the rows that were kept out.")
    error: FailureOut | None
    created_at: str
    started_at: str | None
    finished_at: str | None


class EventOut(BaseModel):
    id: int
    kind: str
    message: str
    created_at: str


class EventsOut(BaseModel):
    object: Literal["list"]
    data: list[EventOut]


class PointOut(BaseModel):
    step: int
    figures: dict[str, float] = Field(description="train_loss, token_accuracy, learning_rate, valid_loss, ...")


class CurveOut(BaseModel):
    object: Literal["training.curve"]
    data: list[PointOut]


class EstimateOut(BaseModel):
    object: Literal["training.estimate"]
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


def training_dict(training: Training) -> dict[str, Any]:
    failed = training.error_code is not None
    return {
        "id": training.id,
        "object": "training.job",
        "status": training.status,
        "adapter": training.adapter_name,
        "dataset": training.dataset_id,
        "dataset_label": training.dataset_label,
        "hyperparameters": training.recipe,
        "evaluation_share": training.evaluation_share,
        "search": search_dict(training),
        "step": training.step,
        "steps": training.steps,
        "progress": progress(training),
        "eta_s": None if training.eta_s is None else round(training.eta_s, 1),
        "figures": training.figures,
        "trained_adapter": training.adapter,
        "evaluation_id": training.evaluation_id,
        "error": {"code": training.error_code, "message": training.error_message or ""} if failed else None,
        "created_at": timestamp(training.created_at),
        "started_at": timestamp(training.started_at),
        "finished_at": timestamp(training.finished_at),
    }


def event_dict(event: TrainingEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "kind": event.kind,
        "message": event.message,
        "created_at": timestamp(event.created_at),
    }


def point_dict(point: TrainingPoint) -> dict[str, Any]:
    return {"step": point.step, "figures": point.figures}
