"""IA3 (arXiv 2205.05638): learned vectors scale keys, values and the input of the last feed-forward layer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.adapters.peft_config import WEIGHTS
from app.training.base import TrainingBase
from app.training.layers import FrozenLinear
from app.training.lowrank import target_layers, write_config
from app.training.recipe import FEEDFORWARD, Recipe
from app.training.trainable import Trainable


class Ia3Linear(nn.Module):
    """W (l x) + b for the last feed-forward layer, l (W x + b) for the others; l starts at 1."""

    def __init__(self, frozen: FrozenLinear, dtype: torch.dtype, *, feedforward: bool) -> None:
        super().__init__()
        self.frozen = frozen
        self.feedforward = feedforward
        out_features, in_features = frozen.weight.dense(dtype).shape
        self.ia3_l = nn.Parameter(torch.ones(in_features if feedforward else out_features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        scale = self.ia3_l.to(x.dtype)
        result: torch.Tensor = self.frozen(x * scale) if self.feedforward else self.frozen(x) * scale
        return result


class Ia3Adapter(Trainable):
    """The vectors of every targeted layer, by full module name."""

    def __init__(self, layers: dict[str, Ia3Linear], recipe: Recipe) -> None:
        super().__init__(recipe)
        self.layers = layers

    def parameters(self) -> dict[str, nn.Parameter]:
        return {f"{name}.ia3_l": layer.ia3_l for name, layer in self.layers.items()}

    def parameter_groups(self) -> list[dict[str, Any]]:
        """Optimizer groups without weight decay, which would pull the vectors to zero and not to one."""
        return [{**group, "weight_decay": 0.0} for group in super().parameter_groups()]

    def save(self, folder: Path, *, base_name: str) -> None:
        from safetensors.torch import save_file

        folder.mkdir(parents=True, exist_ok=True)
        tensors = {}
        for name, layer in self.layers.items():
            shape = (1, -1) if layer.feedforward else (-1, 1)
            tensors[f"base_model.model.{name}.ia3_l"] = layer.ia3_l.detach().cpu().reshape(shape).contiguous()
        save_file(tensors, folder / WEIGHTS, metadata={"format": "pt"})
        kinds = sorted({name.rsplit(".", 1)[-1] for name in self.layers})
        write_config(
            folder,
            {
                "peft_type": "IA3",
                "task_type": "CAUSAL_LM",
                "base_model_name_or_path": base_name,
                "target_modules": kinds,
                "feedforward_modules": [kind for kind in kinds if kind == FEEDFORWARD],
                "fan_in_fan_out": False,
                "inference_mode": True,
            },
        )


def attach_ia3(base: TrainingBase, recipe: Recipe) -> Ia3Adapter:
    layers = {}
    for name, frozen in target_layers(base, recipe):
        layers[name] = Ia3Linear(frozen, base.dtype, feedforward=name.endswith(FEEDFORWARD))
        base.model.set_submodule(name, layers[name].to(base.device))
    return Ia3Adapter(layers, recipe)
