"""AdaLoRA (arXiv 2303.10512): W + s B diag(E) A, where the singular values E that matter least are pruned.

All layers begin with more rank than they may keep; which layer keeps how much is decided while training. What is saved
is the plain LoRA that this is: s E is folded into A.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.training.base import TrainingBase
from app.training.layers import FrozenLinear, LoraLinear
from app.training.lowrank import LowRankAdapter, targeted, write_adapter
from app.training.recipe import Recipe

SMOOTHING = 0.85  # of importance and of its uncertainty: beta 1 and beta 2 of the paper
WARM, FINAL = 0.1, 0.4  # shares of the steps: before ranks fall, and with the ranks that are left
SPREAD = 0.02  # of A and B at the start


class AdaLoraLinear(LoraLinear):
    """x W^T + b + s (dropout(x) (E A)^T) B^T, E (rank, 1) from zero."""

    def __init__(self, frozen: FrozenLinear, recipe: Recipe, dtype: torch.dtype) -> None:
        out_features, in_features = frozen.weight.dense(dtype).shape
        shape, rank = (out_features, in_features), recipe.starting_rank
        super().__init__(frozen.weight, frozen.bias, shape=shape, rank=rank, scaling=recipe.scaling)
        self.dropout = recipe.dropout
        self.lora_E = nn.Parameter(torch.zeros(rank, 1))

    def down(self) -> torch.Tensor:
        return self.lora_E * self.lora_A


class AdaLoraAdapter(LowRankAdapter):
    """A, E and B of every targeted layer, how much each entry matters, and which singular values are left."""

    def __init__(self, layers: dict[str, AdaLoraLinear], recipe: Recipe) -> None:
        super().__init__(dict(layers), {}, recipe)
        self.adaptive = layers
        self.importance: dict[str, torch.Tensor] = {}  # |w dL/dw|, smoothed; by parameter, until the last phase
        self.uncertainty: dict[str, torch.Tensor] = {}  # how far it strays from that, smoothed
        self.kept: dict[str, torch.Tensor] = {}  # (rank,) bool by layer, in the last phase

    def parameters(self) -> dict[str, nn.Parameter]:
        return {**super().parameters(), **{f"{name}.lora_E": layer.lora_E for name, layer in self.adaptive.items()}}

    def groups(self) -> list[dict[str, Any]]:
        rate = self.recipe.learning_rate
        return [{"params": list(self.parameters().values()), "lr": rate, "peak_lr": rate}]

    @torch.no_grad()
    def add_gradients(self) -> None:
        """Of orthogonality * the mean of ||A A^T - I|| and ||B^T B - I|| over all layers, Frobenius norms."""
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
        """Weigh, and prune to the budget of this step (algorithm 1 of the paper, masking at every step)."""
        first, last = phases(steps)
        count = len(self.adaptive)
        left = budget(step, steps, self.recipe.starting_rank * count, self.recipe.rank * count)
        if step <= last:
            self._weigh()
        if step >= last and not self.kept:
            self.kept = self.choose(left)
            self.importance, self.uncertainty = {}, {}
        if step > first:
            for name, kept in (self.kept or self.choose(left)).items():
                self.adaptive[name].lora_E.masked_fill_(~kept[:, None], 0.0)
        return {"mean_rank": left / count}

    def settled(self, step: int, steps: int) -> bool:
        """Not before the budget is reached: until then it is larger than what was asked for."""
        return step >= phases(steps)[1]

    def choose(self, left: int) -> dict[str, torch.Tensor]:
        """The `left` singular values of all layers that matter most with their vectors, as (rank,) bool by layer."""
        scores = torch.cat([self._scores(name) for name in self.adaptive])
        kept = torch.zeros(len(scores), dtype=torch.bool, device=scores.device)
        kept[scores.topk(left).indices] = True
        return dict(zip(self.adaptive, torch.split(kept, self.recipe.starting_rank), strict=True))

    def state(self) -> dict[str, torch.Tensor]:
        return {
            **{f"importance.{name}": value for name, value in self.importance.items()},
            **{f"uncertainty.{name}": value for name, value in self.uncertainty.items()},
            **{f"kept.{name}": value for name, value in self.kept.items()},
        }

    def restore(self, state: dict[str, torch.Tensor]) -> None:
        device = next(iter(self.adaptive.values())).lora_A.device
        own = {"importance": self.importance, "uncertainty": self.uncertainty, "kept": self.kept}
        for key, value in state.items():
            kind, _, name = key.partition(".")
            own[kind][name] = value.to(device)

    def summary(self) -> dict[str, Any]:
        return {"ranks": {name: int((layer.lora_E != 0).sum()) for name, layer in self.adaptive.items()}}

    @torch.no_grad()
    def save(self, folder: Path, *, base_name: str) -> None:
        """As plain LoRA: s E folded into A, and zeros up to the greatest rank that a layer kept."""
        rank = max(1, *self.summary()["ranks"].values())
        tensors = {}
        for name, layer in self.adaptive.items():
            left = layer.lora_E.flatten() != 0
            a = (layer.scaling * layer.down())[left]  # (rank left, in)
            b = layer.lora_B[:, left]
            room = rank - len(a)
            tensors[name] = (nn.functional.pad(a, (0, 0, 0, room)), nn.functional.pad(b, (0, room)))
        write_adapter(folder, tensors, rank=rank, alpha=rank, rslora=False, base_name=base_name)

    def _weigh(self) -> None:
        """Equations 8 to 10."""
        for name, parameter in self.parameters().items():
            if parameter.grad is None:
                continue
            now = (parameter * parameter.grad).abs()
            mean = self.importance.setdefault(name, torch.zeros_like(now)).lerp_(now, 1 - SMOOTHING)
            self.uncertainty.setdefault(name, torch.zeros_like(now)).lerp_((now - mean).abs(), 1 - SMOOTHING)

    def _scores(self, name: str) -> torch.Tensor:
        """(rank,): of each singular value and the means over its two vectors (equation 7)."""
        a, e, b = (self.importance[key] * self.uncertainty[key] for key in (f"{name}.lora_{one}" for one in "AEB"))
        return e.flatten() + a.mean(1) + b.mean(0)


def phases(steps: int) -> tuple[int, int]:
    """(steps before ranks fall, the step from which they stay)."""
    first = round(WARM * steps)
    return first, max(first + 1, steps - round(FINAL * steps))


def budget(step: int, steps: int, start: int, end: int) -> int:
    """Singular values that may be left after `step` of `steps`: falling as a cubic (equation 11)."""
    first, last = phases(steps)
    if step <= first:
        return start
    rest = max(0.0, 1 - (step - first) / (last - first))
    return int((start - end) * rest**3 + end)


def attach_adalora(base: TrainingBase, recipe: Recipe) -> AdaLoraAdapter:
    generator = torch.Generator().manual_seed(recipe.seed)
    layers = {}
    for name, frozen in targeted(base, recipe):
        layer = AdaLoraLinear(frozen, recipe, base.dtype)
        for matrix in (layer.lora_A, layer.lora_B):
            nn.init.normal_(matrix, std=SPREAD, generator=generator)
        layers[name] = layer.to(base.device)
        base.model.set_submodule(name, layer)
    return AdaLoraAdapter(layers, recipe)
