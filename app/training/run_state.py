"""The state of a run between steps: saving it in a checkpoint and resuming from it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import torch

from app.errors import AppError
from app.training.checkpoints import load_tensors, newest_checkpoint, save_checkpoint
from app.training.dataset import Dataset
from app.training.recipe import Recipe
from app.training.trainable import Trainable

MOMENTS = ("exp_avg", "exp_avg_sq")


class TrainingFailed(AppError):
    """The run ended without an adapter. The message gives the reason."""

    code = "training_failed"


@dataclass(slots=True)
class RunState:
    """The state of a run between steps."""

    step: int = 0
    losses: list[float] = field(default_factory=list)
    best_loss: float = math.inf
    best: dict[str, torch.Tensor] = field(default_factory=dict)
    worse: int = 0  # validations since the best loss
    seconds: float = 0.0  # training time before this process


def save_run(
    out: Path,
    run: RunState,
    trainable: Trainable,
    optimizer: torch.optim.Optimizer,
    dataset: Dataset,
    recipe: Recipe,
    seconds: float,
) -> None:
    tensors: dict[str, torch.Tensor] = {}
    for name, parameter in trainable.parameters().items():
        tensors[f"now.{name}"] = parameter.detach().contiguous()
        for moment in MOMENTS:
            if moment in optimizer.state.get(parameter, {}):
                tensors[f"{moment}.{name}"] = optimizer.state[parameter][moment].contiguous()
    tensors |= {f"own.{name}": value.contiguous() for name, value in trainable.state().items()}
    tensors |= {f"best.{name}": value.contiguous() for name, value in run.best.items()}
    state = {
        "recipe": recipe.describe(),
        "dataset": dataset.digest,
        "losses": run.losses,
        "best_loss": None if math.isinf(run.best_loss) else run.best_loss,
        "worse": run.worse,
        "seconds": seconds,
    }
    try:
        save_checkpoint(out / "checkpoints", run.step, tensors, state)
    except OSError as fault:
        raise TrainingFailed(
            f"The checkpoint of step {run.step} could not be written ({fault.strerror}); free some space and resume.",
            code="checkpoint_failed",
        ) from fault


def restore_run(
    out: Path, trainable: Trainable, optimizer: torch.optim.Optimizer, dataset: Dataset, recipe: Recipe
) -> RunState:
    """The state of the newest intact checkpoint, or of a new run.

    Raises TrainingFailed if the checkpoint belongs to another recipe or dataset.
    """
    found = newest_checkpoint(out / "checkpoints")
    if found is None:
        return RunState()
    if found.state["recipe"] != json.loads(json.dumps(recipe.describe())) or found.state["dataset"] != dataset.digest:
        raise TrainingFailed(
            f"{out} holds checkpoints of another recipe or dataset; choose another folder or delete them.",
            code="other_checkpoints",
        )
    tensors = load_tensors(found)
    with torch.no_grad():
        for name, parameter in trainable.parameters().items():
            parameter.copy_(tensors[f"now.{name}"])
            if f"exp_avg.{name}" in tensors:
                optimizer.state[parameter] = {
                    moment: tensors[f"{moment}.{name}"].to(parameter.device) for moment in MOMENTS
                }
                optimizer.state[parameter]["step"] = torch.tensor(float(found.step))
    trainable.load_state(
        {name.removeprefix("own."): value for name, value in tensors.items() if name.startswith("own.")}
    )
    best = {name.removeprefix("best."): value for name, value in tensors.items() if name.startswith("best.")}
    loss = found.state["best_loss"]
    return RunState(
        found.step,
        list(found.state["losses"]),
        math.inf if loss is None else loss,
        best,
        found.state["worse"],
        found.state["seconds"],
    )
