"""What a method trains of a base: parameters, their learning rates, and how they are saved."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

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
