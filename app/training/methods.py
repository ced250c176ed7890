"""Attaches the method of a recipe to a base model."""

from __future__ import annotations

from app.training.adalora import attach_adalora
from app.training.base import BaseModelSpec, TrainingBase
from app.training.dora import attach_dora
from app.training.full import attach_full
from app.training.ia3 import attach_ia3
from app.training.lowrank import attach_lora
from app.training.recipe import FULL, Recipe
from app.training.trainable import Trainable


def attach_method(base: TrainingBase, recipe: Recipe, model_spec: BaseModelSpec) -> Trainable:
    """Make a base model trainable by the recipe's method. Nothing else may use the base.

    Raises TrainingFailed for an activated recipe on a base without a generation prompt.
    """
    base.updated_tokens.activated = recipe.activated
    if recipe.method == "dora":
        return attach_dora(base, recipe)
    if recipe.method == "ia3":
        return attach_ia3(base, recipe)
    if recipe.method == "adalora":
        return attach_adalora(base, recipe)
    if recipe.method == FULL:
        return attach_full(base, recipe, model_spec)
    return attach_lora(base, recipe, model_spec)
