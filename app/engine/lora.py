"""Many LoRA adapters over one base: each segment of a batch gets its own (arXiv 2106.09685).

The arithmetic is PEFT's, so that answers are token-identical to it: the update in fp32, scaled, cast to the
base layer's result, then added.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn

KEY_PREFIX = "base_model.model."
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True, slots=True)
class LowRank:
    """One layer's update: result += (x A) B, the scaling folded into B."""

    a: torch.Tensor  # (in_features, rank) fp32
    b: torch.Tensor  # (rank, out_features) fp32


@dataclass(frozen=True, slots=True)
class AdapterWeights:
    """An adapter version in memory, by full module name. Never changed once loaded."""

    layers: dict[str, LowRank]
    size_bytes: int

    def to(self, device: str) -> AdapterWeights:
        """A copy on `device`."""
        moved = {name: LowRank(one.a.to(device), one.b.to(device)) for name, one in self.layers.items()}
        return AdapterWeights(moved, self.size_bytes)


@dataclass(slots=True)
class Segment:
    """Rows start..end (exclusive) of the packed tokens, and the adapter they run under."""

    start: int
    end: int
    adapter: AdapterWeights


@dataclass(slots=True)
class BatchContext:
    """What every MultiLoRALinear reads during one forward. Set by the runner, on the model's thread."""

    segments: list[Segment] = field(default_factory=list)
    _seen: torch.Tensor | None = None
    _rows: torch.Tensor | None = None

    def rows_of(self, x: torch.Tensor) -> torch.Tensor:
        """`x` as (rows, in_features) fp32; projections of the same input share the conversion."""
        if self._seen is not x or self._rows is None:
            self._seen, self._rows = x, x.reshape(-1, x.shape[-1]).float()
        return self._rows

    def run(self, segments: list[Segment]) -> None:
        """Set the segments of the next forward; rows outside of them run on the base alone."""
        self.segments = segments
        self._seen = self._rows = None


class MultiLoRALinear(nn.Module):
    """A linear layer of the base with each segment's own update added. Rows of no segment cost nothing."""

    def __init__(self, name: str, base: nn.Module, batch: BatchContext) -> None:
        super().__init__()
        self.name = name
        self.base = base
        self._batch = batch
        # As PEFT does: over a quantised layer the update is rounded before it is added, over a plain one after.
        self._round_first = is_quantized(base)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(batch, tokens, in_features) -> (batch, tokens, out_features); segments count batch * tokens rows."""
        result: torch.Tensor = self.base(x)
        for segment in self._batch.segments:
            update = segment.adapter.layers.get(self.name)
            if update is None:
                continue
            rows = self._batch.rows_of(x)[segment.start : segment.end]
            target = result.view(-1, result.shape[-1])[segment.start : segment.end]
            if target.dtype == torch.float32:
                target.addmm_(rows @ update.a, update.b)
            else:
                delta = rows @ update.a @ update.b
                target += delta.to(target.dtype) if self._round_first else delta
        return result


def is_quantized(layer: nn.Module) -> bool:
    """Whether a linear layer's weight is kept in 4 or 8 bits."""
    import bitsandbytes as bnb

    layer = getattr(layer, "quantized", layer)
    return isinstance(getattr(layer, "weight", None), bnb.nn.Params4bit | bnb.nn.Int8Params)


def wrap_linears(model: nn.Module) -> BatchContext:
    """Wrap every projection an adapter may target. Returns the context that steers them."""
    batch = BatchContext()
    for parent_name, parent in list(model.named_modules()):
        for name, child in list(parent.named_children()):
            if name in TARGETS:
                full_name = f"{parent_name}.{name}" if parent_name else name
                setattr(parent, name, MultiLoRALinear(full_name, child, batch))
    return batch


def load_adapter(folder: Path) -> AdapterWeights:
    """Read a validated adapter folder (PEFT layout) into fp32 tensors in main memory."""
    from safetensors.torch import load_file

    config: dict[str, Any] = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    rank = int(config["r"])
    scaling = config["lora_alpha"] / (rank**0.5 if config.get("use_rslora") else rank)
    tensors = load_file(folder / "adapter_model.safetensors")
    layers = {}
    for key, a in tensors.items():
        if key.endswith(".lora_A.weight"):
            b = tensors[key.replace(".lora_A.", ".lora_B.")]
            name = key.removeprefix(KEY_PREFIX).removesuffix(".lora_A.weight")
            layers[name] = LowRank(a.float().t().contiguous(), (b.float() * scaling).t().contiguous())
    size = sum(4 * (layer.a.numel() + layer.b.numel()) for layer in layers.values())
    return AdapterWeights(layers, size)
