"""Request and response bodies of fine-tuning jobs, in OpenAI's form, extended."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.domain.training import TrainingStatus
from app.http.schemas import ResponseBody, Text
from app.openai_api.schemas import CompatibleBody, ModelName, UnixSeconds
from app.training.schemas import RecipeIn

Auto = Literal["auto"]
MetadataKey = Annotated[Text, Field(max_length=64)]
MetadataText = Annotated[Text, Field(max_length=512)]


class HyperparametersIn(CompatibleBody):
    n_epochs: Annotated[int, Field(ge=1, le=100)] | Auto | None = None
    batch_size: Annotated[int, Field(ge=1, le=1024, description="Rows of an optimizer step.")] | Auto | None = None
    learning_rate_multiplier: Annotated[float, Field(gt=0, le=100, description="Of the default.")] | Auto | None = None


class SupervisedIn(CompatibleBody):
    hyperparameters: HyperparametersIn | None = None


class MethodIn(CompatibleBody):
    type: Text = Field(max_length=50, description="`supervised` only.")
    supervised: SupervisedIn | None = None


class FineTuningJobIn(CompatibleBody):
    model: ModelName = Field(description="`loracle-base`: adapters are trained over the base model.")
    training_file: Text = Field(
        min_length=1, max_length=64, description="Id of a file with the purpose `fine-tune`, or of a dataset."
    )
    suffix: Text | None = Field(
        None, max_length=64, description="Name of the adapter; of the file if left out. Each training is a new version."
    )
    method: MethodIn | None = None
    hyperparameters: HyperparametersIn | None = Field(None, description="Older place of `method`'s.")
    recipe: RecipeIn | None = Field(
        None, description="Hyper-parameters of `POST /api/v1/training/jobs`, which come before those of `method`."
    )
    seed: int | None = None
    metadata: Annotated[dict[MetadataKey, MetadataText], Field(max_length=16)] | None = None
    validation_file: Text | None = Field(
        None, max_length=64, description="Refused: a part of the rows is kept out by itself."
    )
    integrations: list[Any] | None = Field(None, description="Refused.")

    model_config = {
        "json_schema_extra": {
            "examples": [{"model": "loracle-base", "training_file": "ds_5d41402abc4b2a76b9719d91", "suffix": "support"}]
        }
    }


class HyperparametersOut(ResponseBody):
    n_epochs: float
    batch_size: int
    learning_rate_multiplier: float


class SupervisedOut(ResponseBody):
    hyperparameters: HyperparametersOut


class MethodOut(ResponseBody):
    type: Literal["supervised"] = "supervised"
    supervised: SupervisedOut


class JobErrorOut(ResponseBody):
    code: str
    message: str
    param: str | None = None


class FineTuningJobOut(ResponseBody):
    id: str
    object: Literal["fine_tuning.job"] = "fine_tuning.job"
    created_at: UnixSeconds
    finished_at: UnixSeconds | None
    estimated_finish: UnixSeconds | None
    status: TrainingStatus
    error: JobErrorOut | None
    model: str
    fine_tuned_model: str | None = Field(
        description="name@version of the adapter: a model that you can name. It answers others once it is activated."
    )
    organization_id: str = Field(description="Of your tenant.")
    training_file: str
    validation_file: None = None
    result_files: list[str] = []
    integrations: list[Any] = []
    hyperparameters: HyperparametersOut
    method: MethodOut
    seed: int
    trained_tokens: int | None
    metadata: dict[str, str]
    suffix: str = Field(description="Name of the adapter.")
    recipe: dict[str, Any] = Field(description="All hyper-parameters.")
    evaluation_id: str | None = Field(description="Of the gate, which decides whether the adapter may be activated.")


class JobEventOut(ResponseBody):
    id: str
    object: Literal["fine_tuning.job.event"] = "fine_tuning.job.event"
    created_at: UnixSeconds
    level: Literal["info", "warn", "error"]
    message: str
    type: Literal["message"] = "message"
    data: dict[str, Any]


class CheckpointMetricsOut(ResponseBody):
    step: int
    train_loss: float | None
    train_mean_token_accuracy: float | None
    valid_loss: float | None


class CheckpointOut(ResponseBody):
    id: str
    object: Literal["fine_tuning.job.checkpoint"] = "fine_tuning.job.checkpoint"
    created_at: UnixSeconds
    fine_tuning_job_id: str
    fine_tuned_model_checkpoint: str
    step_number: int
    metrics: CheckpointMetricsOut
