"""Low-rank updates: attaching them to a base model, initialising them, and saving them as a LoRA adapter."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.adapters.peft_config import CONFIG, KEY_PREFIX, WEIGHTS, layer_types, lora_config
from app.adapters.weights import read_matrices
from app.domain.adapters import INVOCATION_TOKENS
from app.engine.tokenizer import ChatTokenizer
from app.training.base import BaseModelSpec, TrainingBase, linears, load_model
from app.training.layers import FrozenLinear, LoraLinear
from app.training.recipe import NO_GENERATION_PROMPT, Recipe
from app.training.run_state import TrainingFailed
from app.training.trainable import Trainable

POWER_ITERATIONS = 4


class LowRankAdapter(Trainable):
    """The update of each targeted layer, by full module name. `pissa_start` holds PiSSA's initial A and B."""

    def __init__(
        self,
        layers: dict[str, LoraLinear],
        pissa_start: dict[str, tuple[torch.Tensor, torch.Tensor]],
        recipe: Recipe,
        invocation: tuple[int, ...] = (),
    ) -> None:
        super().__init__(recipe)
        self.layers = layers
        self.pissa_start = pissa_start
        self.invocation = invocation  # activated LoRA: the tokens from which it acts

    def parameters(self) -> dict[str, nn.Parameter]:
        found = {}
        for name, layer in self.layers.items():
            found[f"{name}.lora_A"] = layer.lora_A
            found[f"{name}.lora_B"] = layer.lora_B
        return found

    def parameter_groups(self) -> list[dict[str, Any]]:
        """Optimizer groups. With LoRA+, B has a higher learning rate than A."""
        fast = self.recipe.learning_rate * self.recipe.lora_plus_ratio
        a = [layer.lora_A for layer in self.layers.values()]
        b = [layer.lora_B for layer in self.layers.values()]
        slow = self.recipe.learning_rate
        return [{"params": a, "lr": slow, "peak_lr": slow}, {"params": b, "lr": fast, "peak_lr": fast}]

    def save(self, folder: Path, *, base_name: str) -> None:
        """Write the adapter in PEFT's layout. PiSSA's initial update is subtracted, which doubles the rank."""
        tensors, rank, alpha = {}, self.recipe.rank, self.recipe.effective_alpha
        for name, layer in self.layers.items():
            a, b = layer.lora_A.detach(), layer.lora_B.detach()
            if name in self.pissa_start:  # W - B0 A0 + B A = W + [B, -B0] [A; A0]
                a0, b0 = self.pissa_start[name]
                a, b = torch.cat([a, a0]), torch.cat([b, -b0], dim=1)
            tensors[name] = (a, b)
        if self.pissa_start:
            rank, alpha = 2 * rank, 2 * alpha if not self.recipe.rslora else alpha * math.sqrt(2)
        write_adapter(folder, tensors, rank=rank, alpha=alpha, rslora=self.recipe.rslora, base_name=base_name)
        if self.invocation:
            write_config(folder, {INVOCATION_TOKENS: list(self.invocation)})


def attach_lora(base: TrainingBase, recipe: Recipe, model_spec: BaseModelSpec) -> LowRankAdapter:
    """Attach new updates to the targeted layers. Nothing else may use the base: PiSSA changes its weights."""
    generator = torch.Generator().manual_seed(recipe.seed)
    invocation = _invocation(base) if recipe.activated else ()
    original = _original_weights(model_spec, base) if recipe.init == "loftq" else {}
    layers: dict[str, LoraLinear] = {}
    pissa_start: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}
    for full_name, frozen in target_layers(base, recipe):
        layer = _lora_layer(frozen, recipe, base.dtype)
        if recipe.init == "pissa":
            pissa_start[full_name] = _init_pissa(layer, base.dtype, generator)
        elif recipe.init == "loftq":
            _init_loftq(layer, original[full_name], base.dtype, generator)
        else:
            init_lora(layer, generator)
        base.model.set_submodule(full_name, layer.to(base.device))
        layers[full_name] = layer
        layer.updated_tokens = base.updated_tokens
    return LowRankAdapter(layers, pissa_start, recipe, invocation)


def load_update(trainable: Trainable, folder: Path) -> None:
    """Copy the weights of a LoRA adapter of the same rank and layers, so that training goes on from them.

    Raises TrainingFailed for another method, rank or set of layers, AdapterInvalid for a damaged folder.
    """
    if not isinstance(trainable, LowRankAdapter) or trainable.pissa_start:
        raise TrainingFailed("Only LoRA with its usual initialisation can go on from an adapter.", code="start_from")
    found = read_matrices(folder)
    if found.rank != trainable.recipe.rank or found.layers.keys() != trainable.layers.keys():
        raise TrainingFailed(
            f"The adapter in {folder.name} has rank {found.rank} and {len(found.layers)} layers; the recipe has rank "
            f"{trainable.recipe.rank} and {len(trainable.layers)}. Start from an adapter of the same recipe.",
            code="start_from",
        )
    scaling = trainable.recipe.effective_alpha / trainable.recipe.rank
    with torch.no_grad():
        for name, one in found.updates().items():
            layer = trainable.layers[name]
            layer.lora_A.copy_(one.a)
            layer.lora_B.copy_(one.b / scaling)


def _invocation(base: TrainingBase) -> tuple[int, ...]:
    """The tokens that activate an adapter trained here: the template's generation prompt, which ends every prompt."""
    invocation = ChatTokenizer(base.tokenizer).generation_prompt
    if not invocation:
        raise TrainingFailed(NO_GENERATION_PROMPT, code="no_invocation")
    return invocation


def target_layers(base: TrainingBase, recipe: Recipe) -> list[tuple[str, FrozenLinear]]:
    """(full name, layer) of each layer that the recipe targets."""
    names = {id(module): name for name, module in base.model.named_modules()}
    return [(names[id(layer)], layer) for _, name, layer in linears(base.model) if name in recipe.targets]


def init_lora(layer: LoraLinear, generator: torch.Generator) -> None:
    """Initialise A as PEFT does: Kaiming with a = sqrt(5). B is zero already."""
    bound = 1 / math.sqrt(layer.in_features)
    nn.init.uniform_(layer.lora_A, -bound, bound, generator=generator)


def _lora_layer(frozen: FrozenLinear, recipe: Recipe, dtype: torch.dtype) -> LoraLinear:
    out_features, in_features = frozen.weight.dense(dtype).shape
    layer = LoraLinear(
        frozen.weight, frozen.bias, shape=(out_features, in_features), rank=recipe.rank, scaling=recipe.scaling
    )
    layer.dropout = recipe.dropout
    return layer


@torch.no_grad()
def _init_pissa(layer: LoraLinear, dtype: torch.dtype, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """PiSSA (arXiv 2404.02948): A and B start as the principal part of W; the base keeps the residual."""
    weight = layer.weight.dense(dtype).float()
    a, b = truncated_svd(weight / layer.scaling, layer.lora_A.shape[0], generator)
    layer.weight.replace((weight - layer.scaling * (b @ a)).to(dtype))
    layer.lora_A.copy_(a)
    layer.lora_B.copy_(b)
    return a.clone(), b.clone()


@torch.no_grad()
def _init_loftq(layer: LoraLinear, original: torch.Tensor, dtype: torch.dtype, generator: torch.Generator) -> None:
    """LoftQ's first iteration (arXiv 2310.08659): start with the principal part of the quantisation error.

    The base model stays unchanged, so the result is a plain adapter of it. Unquantised layers have no error and get
    the usual initialisation.
    """
    quantised = layer.weight.dense(dtype).float()
    error = original.to(quantised.device).float() - quantised
    if not error.any():
        init_lora(layer, generator)
        return
    a, b = truncated_svd(error / layer.scaling, layer.lora_A.shape[0], generator)
    layer.lora_A.copy_(a)
    layer.lora_B.copy_(b)


def truncated_svd(matrix: torch.Tensor, rank: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """A (rank, in) and B (out, rank), with B A the best approximation of `matrix` up to a randomised SVD's error.

    Halko, Martinsson and Tropp (arXiv 0909.4061), with power iterations.
    """
    wide = min(rank + 10, *matrix.shape)
    basis = matrix @ torch.randn(matrix.shape[1], wide, generator=generator).to(matrix.device)
    for _ in range(POWER_ITERATIONS):
        basis = torch.linalg.qr(matrix @ (matrix.t() @ basis)).Q
    left, values, right = torch.linalg.svd(basis.t() @ matrix, full_matrices=False)
    root = values[:rank].sqrt()
    return root[:, None] * right[:rank], (basis @ left[:, :rank]) * root


def _original_weights(model_spec: BaseModelSpec, base: TrainingBase) -> dict[str, torch.Tensor]:
    model = load_model(model_spec, base.dtype)
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
    """Write `tensors`, (A, B) by full module name, in PEFT's layout. In fp32: uploads are compared bit by bit."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    flat = {}
    for name, (a, b) in tensors.items():
        flat[f"{KEY_PREFIX}{name}.lora_A.weight"] = a.detach().float().cpu().contiguous()
        flat[f"{KEY_PREFIX}{name}.lora_B.weight"] = b.detach().float().cpu().contiguous()
    save_file(flat, folder / WEIGHTS, metadata={"format": "pt"})
    types = layer_types(tensors)
    write_config(folder, lora_config(base_name, rank=rank, alpha=alpha, target_modules=types, rslora=rslora))


def write_config(folder: Path, fields: dict[str, Any]) -> None:
    """Write the configuration of an adapter, or add fields to an existing one."""
    path = folder / CONFIG
    config = json.loads(path.read_text(encoding="utf-8")) if "peft_type" not in fields else {}
    path.write_text(json.dumps({**config, **fields}, indent=1) + "\n", encoding="utf-8")
