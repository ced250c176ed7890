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


class RunCheckpoints:
    """The checkpoints of one run in the folder `out`."""

    def __init__(
        self, out: Path, trainable: Trainable, optimizer: torch.optim.Optimizer, dataset: Dataset, recipe: Recipe
    ) -> None:
        self._out = out
        self._trainable = trainable
        self._optimizer = optimizer
        self._identity = {"recipe": json.loads(json.dumps(recipe.describe())), "dataset": dataset.digest}

    def save(self, run: RunState, seconds: float) -> None:
        """Save a checkpoint after `seconds` of training. Raises TrainingFailed (disk full)."""
        state = {
            **self._identity,
            "losses": run.losses,
            "best_loss": None if math.isinf(run.best_loss) else run.best_loss,
            "worse": run.worse,
            "seconds": seconds,
        }
        try:
            save_checkpoint(self._out / "checkpoints", run.step, self._tensors(run), state)
        except OSError as fault:
            raise TrainingFailed(
                f"The checkpoint of step {run.step} could not be written ({fault.strerror}); free some space and "
                "resume.",
                code="checkpoint_failed",
            ) from fault

    def restore(self) -> RunState:
        """Load the newest intact checkpoint. Returns its state, or that of a new run.

        Raises TrainingFailed if the checkpoint belongs to another recipe or dataset.
        """
        found = newest_checkpoint(self._out / "checkpoints")
        if found is None:
            return RunState()
        if {name: found.state[name] for name in self._identity} != self._identity:
            raise TrainingFailed(
                f"{self._out} holds checkpoints of another recipe or dataset; choose another folder or delete them.",
                code="other_checkpoints",
            )
        tensors = load_tensors(found)
        self._load_parameters(tensors, found.step)
        self._trainable.load_state(_with_prefix(tensors, "own."))
        loss = found.state["best_loss"]
        return RunState(
            found.step,
            list(found.state["losses"]),
            math.inf if loss is None else loss,
            _with_prefix(tensors, "best."),
            found.state["worse"],
            found.state["seconds"],
        )

    def _tensors(self, run: RunState) -> dict[str, torch.Tensor]:
        tensors: dict[str, torch.Tensor] = {}
        for name, parameter in self._trainable.parameters().items():
            tensors[f"now.{name}"] = parameter.detach().contiguous()
            for moment in MOMENTS:
                if moment in self._optimizer.state.get(parameter, {}):
                    tensors[f"{moment}.{name}"] = self._optimizer.state[parameter][moment].contiguous()
        tensors |= {f"own.{name}": value.contiguous() for name, value in self._trainable.state().items()}
        return tensors | {f"best.{name}": value.contiguous() for name, value in run.best.items()}

    @torch.no_grad()
    def _load_parameters(self, tensors: dict[str, torch.Tensor], step: int) -> None:
        for name, parameter in self._trainable.parameters().items():
            parameter.copy_(tensors[f"now.{name}"])
            if f"exp_avg.{name}" in tensors:
                moments = {moment: tensors[f"{moment}.{name}"].to(parameter.device) for moment in MOMENTS}
                self._optimizer.state[parameter] = {**moments, "step": torch.tensor(float(step))}


def _with_prefix(tensors: dict[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    """The tensors whose names have the prefix, without it."""
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
