"""Full fine-tuning: every weight is trained. For the comparison alone: what it leaves is a model, not an adapter.

Weights are kept in fp32 and rounded to the compute type where they are used, as small updates would be lost in 16 bits:
16 bytes a weight with gradient and AdamW's moments, 2 more for the rounded copy, 4 for the best so far.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from app.training.base import BaseSource, TrainingBase
from app.training.layers import FrozenLinear, SmallRMSNorm, normalise
from app.training.recipe import Recipe
from app.training.run_state import TrainingFailed
from app.training.trainable import Trainable

MODEL = "model.safetensors"


class FullLinear(nn.Module):
    """x W^T + b with W and b in fp32."""

    def __init__(self, frozen: FrozenLinear) -> None:
        super().__init__()
        self.weight = _wide(frozen.weight.dense(torch.float32))
        self.bias = None if frozen.bias is None else _wide(frozen.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.linear(x, self.weight.to(x.dtype), None if self.bias is None else self.bias.to(x.dtype))


class FullNorm(nn.Module):
    """RMSNorm with its scale in fp32."""

    def __init__(self, norm: SmallRMSNorm) -> None:
        super().__init__()
        self.weight = _wide(norm.scale)
        self.eps = norm.eps

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return normalise(x, torch.ones_like(self.weight, dtype=x.dtype), self.eps) * self.weight.to(x.dtype)


class FullEmbedding(nn.Module):
    """Rows of an fp32 table, in the compute type."""

    def __init__(self, weight: nn.Parameter, dtype: torch.dtype) -> None:
        super().__init__()
        self.weight = weight
        self.dtype = dtype

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return functional.embedding(ids, self.weight).to(self.dtype)


class FullModel(Trainable):
    """All parameters of a base, by their names in its file."""

    def __init__(self, base: TrainingBase, recipe: Recipe, source: BaseSource) -> None:
        super().__init__(recipe)
        self.model, self.dtype, self.source = base.model, base.dtype, source.folder

    def parameters(self) -> dict[str, nn.Parameter]:
        return dict(self.model.named_parameters())  # a head that is the embeddings counts once

    def groups(self) -> list[dict[str, Any]]:
        """Without decay of norms and biases."""
        rate = self.recipe.learning_rate
        found = self.parameters().values()
        matrices = {"params": [one for one in found if one.dim() > 1], "lr": rate, "peak_lr": rate}
        vectors = {"params": [one for one in found if one.dim() == 1], "lr": rate, "peak_lr": rate, "weight_decay": 0.0}
        return [matrices, vectors]

    def save(self, folder: Path, *, base_name: str) -> None:
        """A model folder as the base's, with weights in the type they were computed with."""
        from safetensors.torch import save_file

        del base_name
        folder.mkdir(parents=True, exist_ok=True)
        for file in self.source.iterdir():
            if file.is_file() and ".safetensors" not in file.name and file.name != "loracle-manifest.json":
                shutil.copyfile(file, folder / file.name)
        tensors = {name: one.detach().to(self.dtype).cpu().contiguous() for name, one in self.parameters().items()}
        save_file(tensors, folder / MODEL, metadata={"format": "pt"})


def attach_full(base: TrainingBase, recipe: Recipe, source: BaseSource) -> FullModel:
    """Make every weight of a base trainable that nothing else uses. Raises TrainingFailed if one cannot be."""
    model = base.model
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, FrozenLinear):
                setattr(parent, name, FullLinear(child).to(base.device))
            elif isinstance(child, SmallRMSNorm):
                setattr(parent, name, FullNorm(child).to(base.device))
    embeddings, head = model.get_input_embeddings(), model.get_output_embeddings()
    tied = head.weight is embeddings.weight
    table = _wide(embeddings.weight)
    model.set_input_embeddings(FullEmbedding(table, base.dtype))
    head.weight = table if tied else _wide(head.weight)
    left = [name for name, parameter in model.named_parameters() if not parameter.requires_grad]
    if left:
        raise TrainingFailed(
            f"Full fine-tuning cannot train {', '.join(left[:3])} of this base; leave out its arms.",
            code="unsupported_base",
        )
    return FullModel(base, recipe, source)


def _wide(weight: torch.Tensor) -> nn.Parameter:
    return nn.Parameter(weight.detach().to(torch.float32, copy=True))
