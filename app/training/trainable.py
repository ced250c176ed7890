"""What a method trains of a base: parameters, their learning rates, and how they are saved."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.training.recipe import Recipe


class Trainable(ABC):
    """The part of a model that is trained. The loop knows methods by this alone."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe

    @abstractmethod
    def parameters(self) -> dict[str, nn.Parameter]:
        """All that is trained, by a name that checkpoints keep."""

    @abstractmethod
    def save(self, folder: Path, *, base_name: str) -> None:
        """Write what was trained."""

    def groups(self) -> list[dict[str, Any]]:
        """Optimizer groups, each with its `peak_lr`."""
        rate = self.recipe.learning_rate
        return [{"params": list(self.parameters().values()), "lr": rate, "peak_lr": rate}]

    def add_gradients(self) -> None:  # noqa: B027 - most methods add none
        """Add those of what the objective holds beside the loss, before gradients are clipped."""

    def after_step(self, step: int, steps: int) -> dict[str, float]:
        """Follow the optimizer's `step` of `steps`, with its gradients still there. Returns figures to show."""
        del step, steps
        return {}

    def settled(self, step: int, steps: int) -> bool:
        """Whether what it is after `step` may be kept as the run's best."""
        del step, steps
        return True

    def state(self) -> dict[str, torch.Tensor]:
        """What going on needs beside parameters and the optimizer's moments."""
        return {}

    def restore(self, state: dict[str, torch.Tensor]) -> None:  # noqa: B027 - most methods have no state
        """Go on from what `state` gave."""

    def summary(self) -> dict[str, Any]:
        """What a run's summary says of this method alone."""
        return {}
