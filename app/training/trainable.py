"""What a method trains of a base: parameters, what it adds to a step, and how it is saved."""

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

    def penalty(self) -> torch.Tensor | None:
        """What is added to a step's loss."""
        return None

    def after_step(self, step: int) -> None:
        """Called behind the optimizer's step number `step` (from 1), gradients still there."""

    def settled(self, step: int) -> bool:
        """Whether weights of this step may be kept as the best."""
        return True

    def state(self) -> dict[str, torch.Tensor]:
        """What a checkpoint holds beside parameters and moments."""
        return {}

    def restore(self, state: dict[str, torch.Tensor]) -> None:
        """The reverse of `state`."""
