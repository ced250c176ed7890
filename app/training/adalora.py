"""AdaLoRA (arXiv 2303.10512): W + s B diag(E) A, where the least important singular values E are pruned.

All layers start with a higher rank than the final average. Training decides how much rank each layer keeps. The
adapter is saved as plain LoRA, with s E included in A.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.training.base import TrainingBase
from app.training.layers import FrozenLinear, LoraLinear
from app.training.lowrank import LowRankAdapter, target_layers, write_adapter
from app.training.recipe import Recipe

SMOOTHING = 0.85  # of importance and of its uncertainty: beta_1 and beta_2 in the paper
WARMUP_SHARE, FINAL_SHARE = 0.1, 0.4  # shares of the steps before pruning and after pruning
INIT_STD = 0.02  # standard deviation of the initial A and B


class AdaLoraLinear(LoraLinear):
    """x W^T + b + s (dropout(x) (E A)^T) B^T; E (rank, 1) starts at zero."""

    def __init__(self, frozen: FrozenLinear, recipe: Recipe, dtype: torch.dtype) -> None:
        out_features, in_features = frozen.weight.dense(dtype).shape
        shape, rank = (out_features, in_features), recipe.starting_rank
        super().__init__(frozen.weight, frozen.bias, shape=shape, rank=rank, scaling=recipe.scaling)
        self.dropout = recipe.dropout
        self.lora_E = nn.Parameter(torch.zeros(rank, 1))

    def down(self) -> torch.Tensor:
        return self.lora_E * self.lora_A


class AdaLoraAdapter(LowRankAdapter):
    """A, E and B of every targeted layer, the importance of each entry, and the selected singular values."""

    def __init__(self, layers: dict[str, AdaLoraLinear], recipe: Recipe) -> None:
        super().__init__(dict(layers), {}, recipe)
        self.adaptive = layers
        self.importance: dict[str, torch.Tensor] = {}  # smoothed |w dL/dw| by parameter, until the last phase
        self.uncertainty: dict[str, torch.Tensor] = {}  # smoothed deviation of the importance from its mean
        self.selected: dict[str, torch.Tensor] = {}  # (rank,) bool by layer, in the last phase

    def parameters(self) -> dict[str, nn.Parameter]:
        return {**super().parameters(), **{f"{name}.lora_E": layer.lora_E for name, layer in self.adaptive.items()}}

    def parameter_groups(self) -> list[dict[str, Any]]:
        rate = self.recipe.learning_rate
        return [{"params": list(self.parameters().values()), "lr": rate, "peak_lr": rate}]

    @torch.no_grad()
    def add_regulariser_gradients(self) -> None:
        """Add the gradient of orthogonality * mean over layers of ||A A^T - I|| and ||B^T B - I|| (Frobenius norms)."""
        share = 2 * self.recipe.orthogonality / (2 * len(self.adaptive))
        for layer in self.adaptive.values():
            a, b = layer.lora_A, layer.lora_B
            one = torch.eye(len(a), device=a.device)
            off_a, off_b = a @ a.t() - one, b.t() @ b - one  # (rank, rank)
            if a.grad is not None and b.grad is not None:
                a.grad += share / off_a.norm().clamp_min(1e-12) * (off_a @ a)
                b.grad += share / off_b.norm().clamp_min(1e-12) * (b @ off_b)

    @torch.no_grad()
    def after_step(self, step: int, steps: int) -> dict[str, float]:
        """Update importances and prune to the budget of this step (algorithm 1 of the paper, masking at every step)."""
        first, last = phases(steps)
        count = len(self.adaptive)
        remaining = rank_budget(step, steps, self.recipe.starting_rank * count, self.recipe.rank * count)
        if step <= last:
            self._update_importance()
        if step >= last and not self.selected:
            self.selected = self.select(remaining)
            self.importance, self.uncertainty = {}, {}
        if step > first:
            for name, selected in (self.selected or self.select(remaining)).items():
                self.adaptive[name].lora_E.masked_fill_(~selected[:, None], 0.0)
        return {"mean_rank": remaining / count}

    def may_be_best(self, step: int, steps: int) -> bool:
        """Only after pruning: before it, the total rank is larger than requested."""
        return step >= phases(steps)[1]

    def select(self, remaining: int) -> dict[str, torch.Tensor]:
        """Select the `remaining` most important singular values of all layers, as (rank,) bool masks by layer."""
        scores = torch.cat([self._scores(name) for name in self.adaptive])
        selected = torch.zeros(len(scores), dtype=torch.bool, device=scores.device)
        selected[scores.topk(remaining).indices] = True
        return dict(zip(self.adaptive, torch.split(selected, self.recipe.starting_rank), strict=True))

    def state(self) -> dict[str, torch.Tensor]:
        return {
            **{f"importance.{name}": value for name, value in self.importance.items()},
            **{f"uncertainty.{name}": value for name, value in self.uncertainty.items()},
            **{f"kept.{name}": value for name, value in self.selected.items()},
        }

    def load_state(self, state: dict[str, torch.Tensor]) -> None:
        device = next(iter(self.adaptive.values())).lora_A.device
        own = {"importance": self.importance, "uncertainty": self.uncertainty, "kept": self.selected}
        for key, value in state.items():
            kind, _, name = key.partition(".")
            own[kind][name] = value.to(device)

    def summary(self) -> dict[str, Any]:
        return {"ranks": {name: int((layer.lora_E != 0).sum()) for name, layer in self.adaptive.items()}}

    @torch.no_grad()
    def save(self, folder: Path, *, base_name: str) -> None:
        """Save as plain LoRA: s E is included in A, and layers are zero-padded to the highest remaining rank."""
        rank = max(1, *self.summary()["ranks"].values())
        tensors = {}
        for name, layer in self.adaptive.items():
            mask = layer.lora_E.flatten() != 0
            a = (layer.scaling * layer.down())[mask]  # (remaining rank, in)
            b = layer.lora_B[:, mask]
            padding = rank - len(a)
            tensors[name] = (nn.functional.pad(a, (0, 0, 0, padding)), nn.functional.pad(b, (0, padding)))
        write_adapter(folder, tensors, rank=rank, alpha=rank, rslora=False, base_name=base_name)

    def _update_importance(self) -> None:
        """Update importance and uncertainty (equations 8 to 10)."""
        for name, parameter in self.parameters().items():
            if parameter.grad is None:
                continue
            now = (parameter * parameter.grad).abs()
            mean = self.importance.setdefault(name, torch.zeros_like(now)).lerp_(now, 1 - SMOOTHING)
            self.uncertainty.setdefault(name, torch.zeros_like(now)).lerp_((now - mean).abs(), 1 - SMOOTHING)

    def _scores(self, name: str) -> torch.Tensor:
        """(rank,) score of each singular value, with the means over its two vectors (equation 7)."""
        a, e, b = (self.importance[key] * self.uncertainty[key] for key in (f"{name}.lora_{one}" for one in "AEB"))
        return e.flatten() + a.mean(1) + b.mean(0)


def phases(steps: int) -> tuple[int, int]:
    """(number of steps before pruning starts, step at which pruning ends)."""
    first = round(WARMUP_SHARE * steps)
    return first, max(first + 1, steps - round(FINAL_SHARE * steps))


def rank_budget(step: int, steps: int, start: int, end: int) -> int:
    """Number of singular values to keep after `step` of `steps`; it decreases as a cubic (equation 11)."""
    first, last = phases(steps)
    if step <= first:
        return start
    rest = max(0.0, 1 - (step - first) / (last - first))
    return int((start - end) * rest**3 + end)


def attach_adalora(base: TrainingBase, recipe: Recipe) -> AdaLoraAdapter:
    generator = torch.Generator().manual_seed(recipe.seed)
    layers = {}
    for name, frozen in target_layers(base, recipe):
        layer = AdaLoraLinear(frozen, recipe, base.dtype)
        for matrix in (layer.lora_A, layer.lora_B):
            nn.init.normal_(matrix, std=INIT_STD, generator=generator)
        layers[name] = layer.to(base.device)
        base.model.set_submodule(name, layer)
    return AdaLoraAdapter(layers, recipe)
