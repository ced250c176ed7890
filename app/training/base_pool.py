"""A base model that is reused by consecutive runs."""

from __future__ import annotations

from torch import nn

from app.training.base import BaseModelSpec, TrainingBase, linears, load_training_base
from app.training.recipe import Recipe


class BasePool:
    """Gives consecutive runs a clean base model; loads it again only if the last run changed its weights."""

    def __init__(self, source: BaseModelSpec, *, quantized: bool, dense: bool) -> None:
        self._source, self._quantized, self._dense = source, quantized, dense
        self._base: TrainingBase | None = None
        self._frozen: dict[str, nn.Module] = {}
        self._weights_changed = False

    def acquire(self, recipe: Recipe) -> TrainingBase:
        """The base model with its original layers. The last acquired run must have ended."""
        if self._base is None or self._weights_changed:
            self._base, self._frozen = None, {}  # freed first, so that two models are never in memory
            self._base = load_training_base(self._source, quantized=self._quantized, dense=self._dense)
            names = {id(module): name for name, module in self._base.model.named_modules()}
            self._frozen = {names[id(layer)]: layer for _, _, layer in linears(self._base.model)}
        for name, layer in self._frozen.items():
            self._base.model.set_submodule(name, layer)
        self._weights_changed = recipe.init == "pissa"
        return self._base
