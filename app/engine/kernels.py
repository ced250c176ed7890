"""Which kernel a linear layer runs on: chosen by measuring, on this machine, at start.

A fused 4-bit kernel reads an eighth of the bytes and wins for few rows where the processor has one; elsewhere, and
for many rows, a dense copy of the dequantised weights is faster. Both give the same product up to rounding.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from app.numerics.packed_linear import PackedLinear, can_pack, pack_linears

ROWS = (1, 8, 64, 256)  # a decode step of one, of many; a prefill
REPEATS = 3
FLUSHED_BYTES = 64 * 2**20  # more than the caches hold: in a real step every layer's weights come from memory


class DualLinear(nn.Module):
    """A quantised layer with a dense copy that takes over from `dense_rows` rows on."""

    def __init__(self, quantized: nn.Module, dense: nn.Module, dense_rows: int) -> None:
        super().__init__()
        self.quantized = quantized
        self.dense = dense
        self.dense_rows = dense_rows

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_features) -> (..., out_features)."""
        few = x.numel() < self.dense_rows * x.shape[-1]
        result: torch.Tensor = self.quantized(x) if few else self.dense(x)
        return result


@dataclass(frozen=True, slots=True)
class KernelChoice:
    """What `choose_kernels` did, for the log."""

    dense_bytes: int
    dense_rows: dict[str, int]  # "out x in" -> rows from which the dense copy is used
    packed: int  # plain layers, the head among them, in the layout that the CPU computes in


def choose_kernels(model: nn.Module, *, budget_bytes: int, dtype: torch.dtype) -> KernelChoice:
    """Give quantised layers of `model` a dense copy where it pays, within the budget; pack plain layers.

    Call after `warm_up` and before adapters are put on. `dtype` is what products run in.
    """
    thresholds: dict[tuple[int, int], int | None] = {}
    spent = 0
    for parent, name, layer in list(_quantized_layers(model)):
        shape = (layer.out_features, layer.in_features)
        size = shape[0] * shape[1] * dtype.itemsize
        if spent + size > budget_bytes or thresholds.get(shape, 0) is None:
            continue
        dense = _dense_copy(layer, dtype)
        if shape not in thresholds:
            thresholds[shape] = _dense_rows(layer, dense, dtype)
        threshold = thresholds[shape]
        if threshold is None:
            continue
        setattr(parent, name, DualLinear(layer, dense, threshold))
        spent += size
    rows = {f"{out} x {into}": rows for (out, into), rows in thresholds.items() if rows is not None}
    return KernelChoice(spent, rows, pack_linears(model))


def _quantized_layers(model: nn.Module) -> Iterator[tuple[nn.Module, str, Any]]:
    import bitsandbytes as bnb

    for parent in model.modules():
        for name, child in parent.named_children():
            if isinstance(child, bnb.nn.Linear4bit):
                yield parent, name, child


@torch.inference_mode()
def _dense_copy(layer: Any, dtype: torch.dtype) -> nn.Module:
    """The layer's dequantised weights as a plain or packed layer.

    Read off by running the identity through it: that works whatever layout a kernel has packed the weight into.
    """
    eye = torch.eye(layer.in_features, dtype=dtype, device=layer.weight.device)
    bias = layer.bias
    layer.bias = None
    try:
        weight = layer(eye).t().contiguous()
    finally:
        layer.bias = bias
    dense = nn.Linear(layer.in_features, layer.out_features, bias=False, device="meta")
    dense.weight = nn.Parameter(weight, requires_grad=False)
    if bias is not None:
        dense.bias = nn.Parameter(bias.to(dtype), requires_grad=False)
    return PackedLinear(dense) if can_pack(dense) else dense


@torch.inference_mode()
def _dense_rows(layer: Any, dense: nn.Module, dtype: torch.dtype) -> int | None:
    """Rows from which `dense` is faster for good; None if it never is."""
    device = layer.weight.device
    flush = torch.zeros(FLUSHED_BYTES // 4, device=device)
    threshold = None
    for rows in reversed(ROWS):
        x = torch.randn(rows, layer.in_features, dtype=dtype, device=device)
        if _seconds(dense, x, flush) >= _seconds(layer, x, flush):
            return threshold
        threshold = rows
    return threshold


def _seconds(layer: nn.Module, x: torch.Tensor, flush: torch.Tensor) -> float:
    """The best of a few runs from memory, after one that warms up."""
    layer(x)
    best = float("inf")
    for _ in range(REPEATS):
        flush.add_(1.0)
        _wait(x)
        started = time.perf_counter()
        layer(x)
        _wait(x)
        best = min(best, time.perf_counter() - started)
    return best


def _wait(tensor: torch.Tensor) -> None:
    if tensor.is_cuda:
        torch.cuda.synchronize()
