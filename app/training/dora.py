"""DoRA (arXiv 2402.09353): a low-rank update of the direction of each weight row, and a learned magnitude for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.adapters.peft_config import WEIGHTS
from app.training.base import TrainingBase
from app.training.layers import FrozenLinear, LoraLinear
from app.training.lowrank import LowRankAdapter, init_lora, target_layers, write_config
from app.training.recipe import Recipe


class DoraLinear(LoraLinear):
    """m (W + scaling B A) x / ||W + scaling B A|| + b, with row norms that get no gradient (section 4.3)."""

    def __init__(self, frozen: FrozenLinear, recipe: Recipe, dtype: torch.dtype) -> None:
        weight = frozen.weight.dense(dtype)
        out_features, in_features = weight.shape
        super().__init__(
            frozen.weight, None, shape=(out_features, in_features), rank=recipe.rank, scaling=recipe.scaling
        )
        self.dropout = recipe.dropout
        self.frozen_bias = frozen.bias
        self.magnitude = nn.Parameter(weight.float().norm(dim=1))  # (out,)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        scale = (self.magnitude / self._norms(x.dtype)).to(x.dtype)  # (out,)
        result = super().forward(x) * scale
        return result if self.frozen_bias is None else result + self.frozen_bias

    @torch.no_grad()
    def _norms(self, dtype: torch.dtype) -> torch.Tensor:
        weight = self.weight.dense(dtype).float()
        norms: torch.Tensor = torch.addmm(weight, self.lora_B, self.lora_A, alpha=self.scaling).norm(dim=1)
        return norms


class DoraAdapter(LowRankAdapter):
    """A, B and the magnitudes of every targeted layer."""

    def parameters(self) -> dict[str, nn.Parameter]:
        return {**super().parameters(), **{f"{name}.magnitude": one for name, one in self._magnitudes().items()}}

    def parameter_groups(self) -> list[dict[str, Any]]:
        """Optimizer groups. Magnitudes have no weight decay, because zero is not neutral for them."""
        rate = self.recipe.learning_rate
        own = {"params": list(self._magnitudes().values()), "lr": rate, "peak_lr": rate, "weight_decay": 0.0}
        return [*super().parameter_groups(), own]

    def save(self, folder: Path, *, base_name: str) -> None:
        from safetensors.torch import load_file, save_file

        super().save(folder, base_name=base_name)
        tensors = load_file(folder / WEIGHTS)
        for name, magnitude in self._magnitudes().items():
            tensors[f"base_model.model.{name}.lora_magnitude_vector"] = magnitude.detach().cpu().contiguous()
        save_file(tensors, folder / WEIGHTS, metadata={"format": "pt"})
        write_config(folder, {"use_dora": True})

    def _magnitudes(self) -> dict[str, nn.Parameter]:
        return {name: layer.magnitude for name, layer in self.layers.items() if isinstance(layer, DoraLinear)}


def attach_dora(base: TrainingBase, recipe: Recipe) -> DoraAdapter:
    generator = torch.Generator().manual_seed(recipe.seed)
    layers: dict[str, LoraLinear] = {}
    for name, frozen in target_layers(base, recipe):
        layers[name] = DoraLinear(frozen, recipe, base.dtype)
        init_lora(layers[name], generator)
        base.model.set_submodule(name, layers[name].to(base.device))
    return DoraAdapter(layers, {}, recipe)
