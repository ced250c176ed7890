"""One base for many runs, one after the other."""

from __future__ import annotations

from torch import nn

from app.training.base import BaseSource, TrainingBase, linears, load_training_base
from app.training.recipe import Recipe


class CleanBase:
    """One base for many runs, freed of what the run before put on it; loaded anew where that changed its weights."""

    def __init__(self, source: BaseSource, *, quantized: bool, dense: bool) -> None:
        self._source, self._quantized, self._dense = source, quantized, dense
        self._base: TrainingBase | None = None
        self._frozen: dict[str, nn.Module] = {}
        self._changed = False

    def take(self, recipe: Recipe) -> TrainingBase:
        if self._base is None or self._changed:
            self._base, self._frozen = None, {}  # before the next one: never two in memory
            self._base = load_training_base(self._source, quantized=self._quantized, dense=self._dense)
            names = {id(module): name for name, module in self._base.model.named_modules()}
            self._frozen = {names[id(layer)]: layer for _, _, layer in linears(self._base.model)}
        for name, layer in self._frozen.items():
            self._base.model.set_submodule(name, layer)
        self._changed = recipe.init == "pissa"
        return self._base
