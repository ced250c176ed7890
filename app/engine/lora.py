"""Many LoRA adapters over one base model: each segment of a batch uses its own (arXiv 2106.09685).

In fp32 and on PyTorch alone the arithmetic is PEFT's, so the answers are token-identical: the update is computed in
fp32, scaled, cast to the dtype of the base layer's result, then added. The native kernels multiply in bf16 and sum in
fp32.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.engine import native
from app.engine.activation import last_occurrence
from app.engine.kernels import FusedProjection
from app.engine.lora_targets import TARGETS
from app.engine.native.product import NativeLinear

KEY_PREFIX = "base_model.model."


@dataclass(frozen=True, slots=True)
class LoRALayerWeights:
    """The update of one layer: result += (x A) B, with the scaling included in B."""

    a: torch.Tensor  # (in_features, rank) fp32
    b: torch.Tensor  # (rank, out_features) fp32


@dataclass(frozen=True, slots=True)
class PackedLayout:
    """Projections that share an input and run on the native kernels together."""

    names: tuple[str, ...]  # full module names
    columns: tuple[int, ...]  # out_features of each


@dataclass(slots=True)
class AdapterWeights:
    """An adapter version in memory, by full module name. Only `native_table` changes after loading."""

    layers: dict[str, LoRALayerWeights]
    size_bytes: int
    packed: dict[str, native.PackedUpdate] = field(default_factory=dict)  # by the layout's first name
    native_table: torch.Tensor | None = None  # addresses of `packed`; NativeDecoder builds it at first use
    invocation: tuple[int, ...] | None = None  # activated LoRA: the tokens that activate it; None: always active

    def active_from(self, prompt: Sequence[int]) -> int | None:
        """The first position of a prompt and its answer where the adapter acts; None: nowhere.

        As in PEFT: where the last occurrence of the invocation tokens in the prompt begins (arXiv 2504.12397).
        """
        return 0 if self.invocation is None else last_occurrence(prompt, self.invocation)

    def to(self, device: str) -> AdapterWeights:
        """A copy on `device`."""
        copied = {name: LoRALayerWeights(one.a.to(device), one.b.to(device)) for name, one in self.layers.items()}
        return AdapterWeights(copied, self.size_bytes, self.packed, invocation=self.invocation)


@dataclass(slots=True)
class Segment:
    """Rows start..end (exclusive) of the packed tokens, and the adapter they use."""

    start: int
    end: int
    adapter: AdapterWeights


@dataclass(slots=True)
class LoRAContext:
    """The state that every MultiLoRALinear reads during one forward. The runner sets it, on the model's thread."""

    segments: list[Segment] = field(default_factory=list)
    _seen: torch.Tensor | None = None
    _rows: torch.Tensor | None = None

    def fp32_rows(self, x: torch.Tensor) -> torch.Tensor:
        """`x` as (rows, in_features) fp32; projections of the same input share the conversion."""
        if self._seen is not x or self._rows is None:
            self._seen, self._rows = x, x.reshape(-1, x.shape[-1]).float()
        return self._rows

    def set_segments(self, segments: list[Segment]) -> None:
        """Set the segments of the next forward; rows outside them run on the base model alone."""
        self.segments = segments
        self._seen = self._rows = None


class ProjectionGroup:
    """Base layers that share an input. They run once a step; then each segment's own update is added.

    Rows outside all segments cost nothing extra.
    """

    def __init__(self, layout: PackedLayout, base: nn.Module, batch: LoRAContext) -> None:
        """The output of `base` is the outputs of all projections, concatenated."""
        self.layout = layout
        self.base = base
        self._batch = batch
        # As in PEFT: the update is rounded before the addition for a quantised layer, after it for a plain one.
        self._round_first = is_quantized_layer(base)
        self._input: torch.Tensor | None = None
        self._outputs: Sequence[torch.Tensor] = ()

    def output(self, index: int, x: torch.Tensor) -> torch.Tensor:
        """(batch, tokens, in_features) -> (batch, tokens, columns of projection `index`)."""
        if self._input is not x:
            self._input, self._outputs = x, self._run(x)
        result = self._outputs[index]
        if index == len(self.layout.names) - 1:  # the last projection has read its output: release the memory
            self._input, self._outputs = None, ()
        return result

    def _run(self, x: torch.Tensor) -> Sequence[torch.Tensor]:
        result: torch.Tensor = self.base(x)
        outputs = split_columns(result, self.layout.columns)
        packed = []
        for segment in self._batch.segments:
            update = segment.adapter.packed.get(self.layout.names[0])
            if update is not None:
                packed.append((segment.start, segment.end, update))
            else:
                self._add_update(x, outputs, segment)
        if packed:
            y = result.view(-1, result.shape[-1])
            native.update_rows(x.view(-1, x.shape[-1]), y, packed, len(self.layout.names))
        return outputs

    def _add_update(self, x: torch.Tensor, outputs: Sequence[torch.Tensor], segment: Segment) -> None:
        """Add the update of one segment, on PyTorch."""
        for name, output in zip(self.layout.names, outputs, strict=True):
            update = segment.adapter.layers.get(name)
            if update is None:
                continue
            rows = self._batch.fp32_rows(x)[segment.start : segment.end]
            target = output.flatten(0, -2)[segment.start : segment.end]
            if target.dtype == torch.float32:
                target.addmm_(rows @ update.a, update.b)
            else:
                delta = rows @ update.a @ update.b
                target += delta.to(target.dtype) if self._round_first else delta


def split_columns(result: torch.Tensor, columns: Sequence[int]) -> tuple[torch.Tensor, ...]:
    """Split concatenated outputs into views, one for each projection, of `columns` columns each."""
    if len(columns) == 1:
        return (result,)
    return tuple(result[..., end - width : end] for end, width in zip(accumulate(columns), columns, strict=True))


class MultiLoRALinear(nn.Module):
    """One projection of a group, at its own place in the model."""

    def __init__(self, projections: ProjectionGroup, index: int) -> None:
        super().__init__()
        self.projections = projections
        self._index = index

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(batch, tokens, in_features) -> (batch, tokens, out_features); segments count batch * tokens rows."""
        return self.projections.output(self._index, x)


def is_quantized_layer(layer: nn.Module) -> bool:
    """Whether the weight of a linear layer is stored in 4 or 8 bits."""
    import bitsandbytes as bnb

    layer = getattr(layer, "quantized", layer)
    return isinstance(layer, NativeLinear) or isinstance(
        getattr(layer, "weight", None), bnb.nn.Params4bit | bnb.nn.Int8Params
    )


def wrap_linears(model: nn.Module) -> tuple[LoRAContext, list[PackedLayout]]:
    """Wrap every projection that an adapter may target.

    Returns the context that controls the wrapped layers, and the layouts to pack adapters for.
    """
    batch = LoRAContext()
    layouts = []
    on_cpu = next(model.parameters()).is_cpu
    for parent_name, parent in list(model.named_modules()):
        prefix = f"{parent_name}." if parent_name else ""
        found = {name: child for name, child in parent.named_children() if name in TARGETS}
        while found:
            child = next(iter(found.values()))
            base = child.fused if isinstance(child, FusedProjection) else child
            names = [one for one, other in found.items() if other is child or getattr(other, "fused", None) is base]
            columns = tuple(found.pop(one).out_features for one in names)
            projections = ProjectionGroup(PackedLayout(tuple(prefix + one for one in names), columns), base, batch)
            for index, one in enumerate(names):
                setattr(parent, one, MultiLoRALinear(projections, index))
            if on_cpu and _can_pack(base, columns):
                layouts.append(projections.layout)
    return batch, layouts


def _can_pack(base: Any, columns: Sequence[int]) -> bool:
    """Whether the native kernels can add updates to the output of `base`."""
    bf16 = getattr(base, "compute_dtype", None) or getattr(getattr(base, "weight", None), "dtype", None)
    fits = base.in_features % 2 == 0 and all(width % native.COLUMNS == 0 for width in columns)
    return fits and bf16 == torch.bfloat16 and native.available()


def load_adapter(folder: Path, layouts: Sequence[PackedLayout] = ()) -> AdapterWeights:
    """Read a validated adapter folder (PEFT layout) into main memory: packed bf16 for `layouts`, fp32 for the rest."""
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
            layers[name] = LoRALayerWeights(a.float().t().contiguous(), (b.float() * scaling).t().contiguous())
    packed = {}
    for layout in layouts:
        updates = [layers.pop(name, None) for name in layout.names]
        if any(updates):
            pairs = [(one.a, one.b) if one is not None else None for one in updates]
            packed[layout.names[0]] = native.PackedUpdate(pairs, layout.columns)
    size = sum(4 * (layer.a.numel() + layer.b.numel()) for layer in layers.values())
    size += sum(one.size_bytes for one in packed.values())
    invocation = config.get("alora_invocation_tokens")
    return AdapterWeights(layers, size, packed, invocation=tuple(invocation) if invocation else None)
