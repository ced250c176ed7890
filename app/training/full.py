"""Full fine-tuning: every weight is trained. Only for the comparison: the result is a model, not an adapter.

Weights are stored in fp32 and rounded to the compute type for each use, because small updates would be lost in 16
bits. A weight needs 16 bytes with its gradient and AdamW's moments, 2 for the rounded copy and 4 for the best weights.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from app.training.base import BaseModelSpec, TrainingBase
from app.training.layers import FrozenLinear, MemoryEfficientRMSNorm, normalise
from app.training.recipe import Recipe
from app.training.run_state import TrainingFailed
from app.training.trainable import Trainable

MODEL = "model.safetensors"


class FullLinear(nn.Module):
    """x W^T + b with W and b in fp32."""

    def __init__(self, frozen: FrozenLinear) -> None:
        super().__init__()
        self.weight = _fp32_parameter(frozen.weight.dense(torch.float32))
        self.bias = None if frozen.bias is None else _fp32_parameter(frozen.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.linear(x, self.weight.to(x.dtype), None if self.bias is None else self.bias.to(x.dtype))


class FullNorm(nn.Module):
    """RMSNorm with its scale in fp32."""

    def __init__(self, norm: MemoryEfficientRMSNorm) -> None:
        super().__init__()
        self.weight = _fp32_parameter(norm.scale)
        self.eps = norm.eps

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return normalise(x, torch.ones_like(self.weight, dtype=x.dtype), self.eps) * self.weight.to(x.dtype)


class FullEmbedding(nn.Module):
    """Embeddings from an fp32 table, in the compute type."""

    def __init__(self, weight: nn.Parameter, dtype: torch.dtype) -> None:
        super().__init__()
        self.weight = weight
        self.dtype = dtype

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return functional.embedding(ids, self.weight).to(self.dtype)


class FullModel(Trainable):
    """All parameters of a base model, by their names in its file."""

    def __init__(self, base: TrainingBase, recipe: Recipe, model_spec: BaseModelSpec) -> None:
        super().__init__(recipe)
        self.model, self.dtype, self.folder = base.model, base.dtype, model_spec.folder

    def parameters(self) -> dict[str, nn.Parameter]:
        return dict(self.model.named_parameters())  # a head that is tied to the embeddings counts once

    def parameter_groups(self) -> list[dict[str, Any]]:
        """Optimizer groups, without weight decay for norms and biases."""
        rate = self.recipe.learning_rate
        found = self.parameters().values()
        matrices = {"params": [one for one in found if one.dim() > 1], "lr": rate, "peak_lr": rate}
        vectors = {"params": [one for one in found if one.dim() == 1], "lr": rate, "peak_lr": rate, "weight_decay": 0.0}
        return [matrices, vectors]

    def save(self, folder: Path, *, base_name: str) -> None:
        """Save a model folder like the base model's, with weights in the compute type."""
        from safetensors.torch import save_file

        del base_name
        folder.mkdir(parents=True, exist_ok=True)
        for file in self.folder.iterdir():
            if file.is_file() and ".safetensors" not in file.name and file.name != "loracle-manifest.json":
                shutil.copyfile(file, folder / file.name)
        tensors = {name: one.detach().to(self.dtype).cpu().contiguous() for name, one in self.parameters().items()}
        save_file(tensors, folder / MODEL, metadata={"format": "pt"})


def attach_full(base: TrainingBase, recipe: Recipe, model_spec: BaseModelSpec) -> FullModel:
    """Make every weight of the base model trainable. Nothing else may use the base.

    Raises TrainingFailed if a weight cannot be trained.
    """
    model = base.model
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, FrozenLinear):
                setattr(parent, name, FullLinear(child).to(base.device))
            elif isinstance(child, MemoryEfficientRMSNorm):
                setattr(parent, name, FullNorm(child).to(base.device))
    embeddings, head = model.get_input_embeddings(), model.get_output_embeddings()
    tied = head.weight is embeddings.weight
    table = _fp32_parameter(embeddings.weight)
    model.set_input_embeddings(FullEmbedding(table, base.dtype))
    head.weight = table if tied else _fp32_parameter(head.weight)
    frozen_names = [name for name, parameter in model.named_parameters() if not parameter.requires_grad]
    if frozen_names:
        raise TrainingFailed(
            f"Full fine-tuning cannot train {', '.join(frozen_names[:3])} of this base; leave out its arms.",
            code="unsupported_base",
        )
    return FullModel(base, recipe, model_spec)


def _fp32_parameter(weight: torch.Tensor) -> nn.Parameter:
    return nn.Parameter(weight.detach().to(torch.float32, copy=True))
