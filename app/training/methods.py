"""Which part of the model a method trains, and how it is saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import torch
from torch import nn

from app.training.base import BaseSource, TrainingBase
from app.training.lowrank import attach
from app.training.recipe import Recipe


class Trainable(Protocol):
    """What a run trains. Owned by the run; its parameters are fp32 leaves of the base's graph."""

    def parameters(self) -> dict[str, nn.Parameter]: ...

    def groups(self) -> list[dict[str, Any]]:
        """Optimizer groups with `lr` and `peak_lr`."""

    def penalty(self) -> torch.Tensor | None:
        """What the method adds to the loss of a step, or None."""

    def after_step(self, step: int) -> None:
        """Called after optimizer step `step`, counted from 1."""

    def save(self, folder: Path, *, base_name: str) -> None: ...


def prepare(base: TrainingBase, recipe: Recipe, source: BaseSource) -> Trainable:
    """Put the method's parameters on the base."""
    return attach(base, recipe, source)
