"""The shapes of training jobs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, field_validator

from app.api.shapes import Strict, Text, timestamp
from app.api.training_search_shapes import SearchIn, SearchOut, progress, search_dict
from app.store.adapter_records import Training, TrainingEvent, TrainingPoint
from app.store.states import TrainingStatus
from app.training.recipe import (
    COMPARED,
    COMPARED_ALONE,
    FEW_ROWS,
    LARGEST_RANK,
    MANY_ROWS,
    ORTHOGONALITY,
    Init,
    Method,
)
from app.training.requests import DEFAULT_EVALUATION_SHARE

Target = Literal["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


class RecipeIn(Strict):
    """What is left out is the default for so many rows."""

    method: Method = Field(
        "qlora",
        description="qlora: over the 4-bit weights that serve; lora: over the original. adalora: over those that "
        "serve, each layer with the rank that it needs. dora and ia3: over the original, for export alone: they are "
        "not served.",
    )
    rank: int | None = Field(
        None,
        ge=1,
        le=LARGEST_RANK,
        description=f"If left out, 16 for more than {MANY_ROWS:,} rows, else 8. adalora: the mean over layers that is "
        "left in the end.",
    )
    alpha: float | None = Field(None, gt=0, le=4096, description="Twice the rank if left out.")
    rslora: bool = Field(False, description="Scale by alpha / sqrt(rank).")
    init: Init = Field("default", description="pissa doubles the rank that is saved; loftq needs qlora.")
    lora_plus_ratio: float = Field(1.0, ge=1, le=64, description="B's learning rate over A's.")
    initial_rank: int | None = Field(
        None,
        ge=1,
        le=LARGEST_RANK,
        description="adalora alone: every layer's at first; half more than rank if left out.",
    )
    orthogonality: float = Field(
        ORTHOGONALITY, ge=0, le=10, description="adalora alone: how much orthogonal vectors count beside the loss."
    )
    targets: list[Target] | None = Field(
        None,
        min_length=1,
        max_length=7,
        description="If left out, all; k_proj, v_proj and down_proj for ia3.",
    )
    learning_rate: float | None = Field(
        None,
        ge=1e-7,
        le=0.1,
        description="If left out, 5e-4 (2000 / width)^0.78 for the base's width, such as 1.3e-3 for 576 and 2.9e-4 for "
        "4096; 3e-3 for ia3 and 5e-3 for adalora.",
    )
    weight_decay: float = Field(0.01, ge=0, le=1)
    dropout: float | None = Field(
        None, ge=0, le=0.9, description=f"If left out, .05 for fewer than {FEW_ROWS:,} rows, else 0."
    )
    epochs: float = Field(3.0, ge=0.01, le=100)
    max_steps: int | None = Field(None, ge=1, le=1_000_000)
    rows_per_step: int = Field(
        16,
        ge=1,
        le=1024,
        description="At most so many rows an optimizer step. Up to six that begin alike stay together, so it is often "
        "a few less; where this is less than six, it may be up to six.",
    )
    warmup: float = Field(0.03, ge=0, le=0.9, description="Share of the steps.")
    max_tokens: int = Field(1024, ge=16, le=1 << 17, description="Of a row; longer ones are refused, never cut.")
    micro_batch_tokens: int = Field(2048, ge=16, le=1 << 20, description="What is computed at once: bounds memory.")
    validation_share: float = Field(0.1, ge=0, le=0.5)
    validate_every: int = Field(50, ge=1, le=1_000_000, description="Steps.")
    patience: int = Field(2, ge=0, le=1000, description="Validations without a better loss before it stops; 0: never.")
    checkpoint_every: int = Field(50, ge=1, le=1_000_000, description="Steps.")
    seed: int = Field(0, ge=0, le=2**31 - 1)

    @field_validator("method", mode="before")
    @classmethod
    def _is_trained_here(cls, method: Any) -> Any:
        if method == COMPARED:
            raise ValueError(COMPARED_ALONE.removesuffix("."))
        return method


class TrainingIn(Strict):
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
