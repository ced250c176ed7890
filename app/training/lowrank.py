"""Putting a low-rank update on a base, starting it, and saving it as the plain LoRA adapter that is served."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.training.base import BaseSource, TrainingBase, linears, load_model
from app.training.layers import FrozenLinear, LoraLinear
from app.training.recipe import Recipe
from app.training.trainable import Trainable

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
POWER_ITERATIONS = 4


class LowRankAdapter(Trainable):
    """The update of every targeted layer, by full module name. `start`: what PiSSA began with, to be taken off."""

    def __init__(
        self, layers: dict[str, LoraLinear], start: dict[str, tuple[torch.Tensor, torch.Tensor]], recipe: Recipe
    ) -> None:
        super().__init__(recipe)
        self.layers = layers
        self.start = start

    def parameters(self) -> dict[str, nn.Parameter]:
        found = {}
        for name, layer in self.layers.items():
            found[f"{name}.lora_A"] = layer.lora_A
            found[f"{name}.lora_B"] = layer.lora_B
        return found

    def groups(self) -> list[dict[str, Any]]:
        """Optimizer groups; LoRA+ lets B learn faster than A."""
        fast = self.recipe.learning_rate * self.recipe.lora_plus_ratio
        a = [layer.lora_A for layer in self.layers.values()]
        b = [layer.lora_B for layer in self.layers.values()]
        slow = self.recipe.learning_rate
        return [{"params": a, "lr": slow, "peak_lr": slow}, {"params": b, "lr": fast, "peak_lr": fast}]

    def save(self, folder: Path, *, base_name: str) -> None:
        """Write the adapter in PEFT's layout; PiSSA's start is taken off, which doubles the rank."""
        tensors, rank, alpha = {}, self.recipe.rank, self.recipe.effective_alpha
        for name, layer in self.layers.items():
            a, b = layer.lora_A.detach(), layer.lora_B.detach()
            if name in self.start:  # W - B0 A0 + B A = W + [B, -B0] [A; A0]
                a0, b0 = self.start[name]
                a, b = torch.cat([a, a0]), torch.cat([b, -b0], dim=1)
            tensors[name] = (a, b)
        if self.start:
            rank, alpha = 2 * rank, 2 * alpha if not self.recipe.rslora else alpha * math.sqrt(2)
        write_adapter(folder, tensors, rank=rank, alpha=alpha, rslora=self.recipe.rslora, base_name=base_name)


def attach(base: TrainingBase, recipe: Recipe, source: BaseSource) -> LowRankAdapter:
    """Put fresh updates on the targeted layers of a base that nothing else uses: PiSSA changes its weights."""
    generator = torch.Generator().manual_seed(recipe.seed)
    original = _original_weights(source, base) if recipe.init == "loftq" else {}
    layers: dict[str, LoraLinear] = {}
    start: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}
    for full_name, frozen in targeted(base, recipe):
        layer = _layer(frozen, recipe, base.dtype)
        if recipe.init == "pissa":
            start[full_name] = _principal_start(layer, base.dtype, generator)
        elif recipe.init == "loftq":
            _error_start(layer, original[full_name], base.dtype, generator)
        else:
            start_at_zero(layer, generator)
        base.model.set_submodule(full_name, layer.to(base.device))
        layers[full_name] = layer
    return LowRankAdapter(layers, start, recipe)


def targeted(base: TrainingBase, recipe: Recipe) -> list[tuple[str, FrozenLinear]]:
    """(full name, layer) of what the recipe targets."""
    names = {id(module): name for name, module in base.model.named_modules()}
    return [(names[id(layer)], layer) for _, name, layer in linears(base.model) if name in recipe.targets]


def start_at_zero(layer: LoraLinear, generator: torch.Generator) -> None:
    """B is zero already; A as PEFT begins: Kaiming with a = sqrt(5)."""
    bound = 1 / math.sqrt(layer.in_features)
    nn.init.uniform_(layer.lora_A, -bound, bound, generator=generator)


def _layer(frozen: FrozenLinear, recipe: Recipe, dtype: torch.dtype) -> LoraLinear:
    out_features, in_features = frozen.weight.dense(dtype).shape
    layer = LoraLinear(
        frozen.weight, frozen.bias, shape=(out_features, in_features), rank=recipe.rank, scaling=recipe.scaling
    )
    layer.dropout = recipe.dropout
    return layer


@torch.no_grad()
def _principal_start(
    layer: LoraLinear, dtype: torch.dtype, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """PiSSA (arXiv 2404.02948): begin with W's principal part and train it; the base keeps the rest."""
    weight = layer.weight.dense(dtype).float()
    a, b = truncated(weight / layer.scaling, layer.lora_A.shape[0], generator)
    layer.weight.replace((weight - layer.scaling * (b @ a)).to(dtype))
    layer.lora_A.copy_(a)
    layer.lora_B.copy_(b)
    return a.clone(), b.clone()


@torch.no_grad()
def _error_start(layer: LoraLinear, original: torch.Tensor, dtype: torch.dtype, generator: torch.Generator) -> None:
    """LoftQ's first iteration (arXiv 2310.08659): begin with the principal part of what quantisation lost.

    The base stays as it serves, so the result is a plain adapter of it. Kept layers lost nothing: they start as usual.
    """
    quantised = layer.weight.dense(dtype).float()
    error = original.to(quantised.device).float() - quantised
    if not error.any():
        start_at_zero(layer, generator)
        return
    a, b = truncated(error / layer.scaling, layer.lora_A.shape[0], generator)
    layer.lora_A.copy_(a)
    layer.lora_B.copy_(b)


def truncated(matrix: torch.Tensor, rank: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """A (rank, in) and B (out, rank) with B A the best approximation of `matrix` but for a randomised SVD's error.

    Halko, Martinsson and Tropp (arXiv 0909.4061), with power iterations.
    """
    wide = min(rank + 10, *matrix.shape)
    basis = matrix @ torch.randn(matrix.shape[1], wide, generator=generator).to(matrix.device)
    for _ in range(POWER_ITERATIONS):
        basis = torch.linalg.qr(matrix @ (matrix.t() @ basis)).Q
    left, values, right = torch.linalg.svd(basis.t() @ matrix, full_matrices=False)
    root = values[:rank].sqrt()
    return root[:, None] * right[:rank], (basis @ left[:, :rank]) * root


def _original_weights(source: BaseSource, base: TrainingBase) -> dict[str, torch.Tensor]:
    model = load_model(source, base.dtype)
    names = {id(module): name for name, module in model.named_modules()}
    return {names[id(layer)]: layer.weight.detach() for _, _, layer in linears(model)}


def write_adapter(
    folder: Path,
    tensors: dict[str, tuple[torch.Tensor, torch.Tensor]],
    *,
    rank: int,
    alpha: float,
    rslora: bool,
    base_name: str,
) -> None:
    """`tensors` by full module name as (A, B), in PEFT's layout. Stored in fp32: uploads are checked to the bit."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    flat = {}
    for name, (a, b) in tensors.items():
        flat[f"base_model.model.{name}.lora_A.weight"] = a.detach().float().cpu().contiguous()
        flat[f"base_model.model.{name}.lora_B.weight"] = b.detach().float().cpu().contiguous()
    save_file(flat, folder / WEIGHTS, metadata={"format": "pt"})
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base_name,
        "r": rank,
        "lora_alpha": alpha,
        "target_modules": sorted({name.rsplit(".", 1)[-1] for name in tensors}),
        "use_rslora": rslora,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
        "lora_dropout": 0.0,
    }
    write_config(folder, config)


def write_config(folder: Path, fields: dict[str, Any]) -> None:
    """Write an adapter's configuration, or add to the one that is there."""
    path = folder / CONFIG
    config = json.loads(path.read_text(encoding="utf-8")) if "peft_type" not in fields else {}
    path.write_text(json.dumps({**config, **fields}, indent=1) + "\n", encoding="utf-8")
