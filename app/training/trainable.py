"""The interface of training methods: parameters, learning rates and saving."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.training.recipe import Recipe


class Trainable(ABC):
    """The trained part of a model. The training loop uses methods only through this interface."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe

    @abstractmethod
    def parameters(self) -> dict[str, nn.Parameter]:
        """All trained parameters, by their name in checkpoints."""

    @abstractmethod
    def save(self, folder: Path, *, base_name: str) -> None:
        """Write the trained parameters to `folder`."""

    def parameter_groups(self) -> list[dict[str, Any]]:
        """Optimizer groups, each with its `peak_lr`."""
        rate = self.recipe.learning_rate
        return [{"params": list(self.parameters().values()), "lr": rate, "peak_lr": rate}]

    def add_regulariser_gradients(self) -> None:  # noqa: B027 - most methods add none
        """Add the gradients of regularisation terms, before gradients are clipped."""

    def after_step(self, step: int, steps: int) -> dict[str, float]:
        """Called after optimizer step `step` of `steps`, before gradients are cleared. Returns metrics to report."""
        del step, steps
        return {}

    def may_be_best(self, step: int, steps: int) -> bool:
        """Whether the parameters after `step` can be the best of the run."""
        del step, steps
        return True

    def state(self) -> dict[str, torch.Tensor]:
        """State for resuming, beside the parameters and the optimizer's moments."""
        return {}

    def load_state(self, state: dict[str, torch.Tensor]) -> None:  # noqa: B027 - most methods have no state
        """Restore the result of `state`."""

    def summary(self) -> dict[str, Any]:
        """Fields of this method for the summary of a run."""
        return {}
