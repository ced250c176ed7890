"""Trainings, their events and what they made, in OpenAI's form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from app.domain.training import Training, TrainingEvent, TrainingEventKind
from app.openai_api.fine_tuning.schemas import (
    CheckpointMetricsOut,
    CheckpointOut,
    FineTuningJobOut,
    HyperparametersOut,
    JobEventOut,
    MethodOut,
    SupervisedOut,
)
from app.openai_api.models.service import BASE

EVENT_PREFIX = "ftevent-"
LEVELS: dict[str, Literal["warn", "error"]] = {
    TrainingEventKind.FAILED: "error",
    TrainingEventKind.WAITING: "warn",
    "narrowed": "warn",
}


def job_out(training: Training) -> FineTuningJobOut:
    client, recipe = training.client, training.recipe
    hyperparameters = HyperparametersOut(
        n_epochs=recipe["epochs"],
        batch_size=recipe["rows_per_step"],
        learning_rate_multiplier=client.get("learning_rate_multiplier", 1.0),
    )
    return FineTuningJobOut.model_validate(
        {
            "id": training.id,
            "created_at": training.created_at,
            "finished_at": training.finished_at,
            "estimated_finish": _estimated_finish(training),
            "status": training.status,
            "error": training.error,
            "model": client.get("model", BASE),
            "fine_tuned_model": training.trained_adapter,
            "organization_id": training.tenant_id,
            "training_file": client.get("training_file", training.dataset_id),
            "hyperparameters": hyperparameters,
            "method": MethodOut(supervised=SupervisedOut(hyperparameters=hyperparameters)),
            "seed": recipe["seed"],
            "trained_tokens": _trained_tokens(training),
            "metadata": client.get("metadata", {}),
            "suffix": training.adapter,
            "recipe": recipe,
            "evaluation_id": training.evaluation_id,
        }
    )


def event_out(event: TrainingEvent) -> JobEventOut:
    data: dict[str, Any] = {"kind": event.kind}
    return JobEventOut(
        id=f"{EVENT_PREFIX}{event.id}",
        created_at=int(event.created_at.timestamp()),
        level=LEVELS.get(event.kind, "info"),
        message=event.message,
        data=data,
    )


def event_number(event_id: str | None) -> int | None:
    """The number of an event's id; one that is none stands before all events."""
    if event_id is None:
        return None
    number = event_id.removeprefix(EVENT_PREFIX)
    return int(number) if number.isdecimal() and len(number) < 19 else 0


def checkpoint_out(training: Training) -> CheckpointOut:
    """The last checkpoint of a training that succeeded."""
    figures = training.figures
    return CheckpointOut.model_validate(
        {
            "id": f"ftckpt-{training.id.rpartition('_')[2]}",
            "created_at": training.finished_at or training.created_at,
            "fine_tuning_job_id": training.id,
            "fine_tuned_model_checkpoint": training.trained_adapter or "",
            "step_number": training.step,
            "metrics": CheckpointMetricsOut(
                step=training.step,
                train_loss=figures.get("train_loss"),
                train_mean_token_accuracy=figures.get("token_accuracy"),
                valid_loss=figures.get("valid_loss"),
            ),
        }
    )


def _estimated_finish(training: Training) -> datetime | None:
    return None if training.eta_s is None else datetime.now(UTC) + timedelta(seconds=training.eta_s)


def _trained_tokens(training: Training) -> int | None:
    tokens = training.figures.get("trained_tokens")
    return None if tokens is None else int(tokens)
