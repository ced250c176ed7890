"""Which kernel a linear layer runs on: chosen by measuring, on this machine, at start.

A fused 4-bit kernel reads an eighth of the bytes and wins for few rows where the processor has one; elsewhere, and
for many rows, a dense copy of the dequantised weights is faster. Both give the same product up to rounding.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from app.engine.native.product import NativeProduct, takes
from app.numerics.packed_linear import PackedLinear, can_pack, has_packing, pack_linears, packed

ROWS = (1, 8, 64, 256)  # a decode step of one, of many; a prefill
REPEATS = 3
FEW_ROWS = 8  # projections are fused where the dense product wins from so many rows on
INPUT_GROUPS = (("q_proj", "k_proj", "v_proj"), ("gate_proj", "up_proj"))  # projections that read the same input
FLUSHED_BYTES = 64 * 2**20  # more than the caches hold: in a real step every layer's weights come from memory


class DualLinear(nn.Module):
    """A quantised layer with a dense copy that takes over from `dense_rows` rows on."""

    def __init__(self, quantized: Any, dense: nn.Module, dense_rows: int) -> None:
        super().__init__()
        self.quantized = quantized
        self.dense = dense
        self.dense_rows = dense_rows
        self.in_features, self.out_features = quantized.in_features, quantized.out_features
        self.compute_dtype = quantized.compute_dtype

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_features) -> (..., out_features)."""
        few = x.numel() < self.dense_rows * x.shape[-1]
        result: torch.Tensor = self.quantized(x) if few else self.dense(x)
        return result


Product = PackedLinear | NativeProduct | DualLinear


class FusedPart(nn.Module):
    """One of several projections whose weights lie in one product, in its place in the model."""

    def __init__(self, whole: Product, start: int, end: int) -> None:
        super().__init__()
        self.whole = whole
        self.in_features, self.out_features = whole.in_features, end - start
        self._columns = slice(start, end)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_features) -> (..., out_features). The engine runs `whole` once for all parts instead."""
        result: torch.Tensor = self.whole(x)
        return result[..., self._columns]


@dataclass(frozen=True, slots=True)
class KernelChoice:
    """What `choose_kernels` did, for the log."""

    dense_bytes: int
    dense_rows: dict[str, int]  # "out x in" -> rows from which the dense copy is used
    fused: int  # products that took the place of several projections
    native: int  # products of the engine's own kernels, fused ones among them
    packed: int  # plain layers, the head among them, in the layout that the CPU computes in


def use_native_products(model: nn.Module) -> None:
    """Put the layers of `model` on the engine's own kernels, those that read the same input together.

    Call before the model runs: bitsandbytes repacks 4-bit weights at their first forward.
    """
    for parent in list(model.modules()):
        children = dict(parent.named_children())
        singles = [(name,) for name in children if not any(name in group for group in INPUT_GROUPS)]
        for names in (*INPUT_GROUPS, *singles):
            layers: list[Any] = [children[name] for name in names if name in children]
            if len(layers) < len(names) or not takes(layers):
                continue
            _replace(parent, names, [layer.out_features for layer in layers], NativeProduct(layers))


def choose_kernels(model: nn.Module, *, budget_bytes: int, dtype: torch.dtype) -> KernelChoice:
    """Give quantised layers of `model` a dense copy where it pays, within the budget; pack plain layers.

    Projections that read the same input become one dense product where that wins even for few rows.

    Call after `warm_up` and before adapters are put on. `dtype` is what products run in.
    """
    thresholds: dict[tuple[int, int], int | None] = {}
    natives, spent = _dense_beside_native(model, thresholds, budget_bytes, dtype)
    spent += fuse_projections(model, budget_bytes=budget_bytes - spent, dtype=dtype)
    for parent, name, layer in list(_quantized_layers(model)):
        shape = (layer.out_features, layer.in_features)
        size = shape[0] * shape[1] * dtype.itemsize
        if spent + size > budget_bytes or thresholds.get(shape, 0) is None:
            continue
        dense = _dense_copy(layer, dtype)
        if shape not in thresholds:
            thresholds[shape] = _dense_rows([layer], dense, dtype, layer.weight.device)
        threshold = thresholds[shape]
        if threshold is None:
            continue
        setattr(parent, name, DualLinear(layer, dense, threshold))
        spent += size
    rows = {f"{out} x {into}": rows for (out, into), rows in thresholds.items() if rows is not None}
    fused = len({part.whole for part in model.modules() if isinstance(part, FusedPart)})
    return KernelChoice(spent, rows, fused, natives, pack_linears(model))


def _dense_beside_native(
    model: nn.Module, thresholds: dict[tuple[int, int], int | None], budget_bytes: int, dtype: torch.dtype
) -> tuple[int, int]:
    """Dense copies for the many rows of a prefill; (native products, bytes spent)."""
    chosen: dict[NativeProduct, Product] = {}
    spent = 0
    for parent, name, product in list(_native_products(model)):
        if product not in chosen:
            shape = (product.out_features, product.in_features)
            size = shape[0] * shape[1] * dtype.itemsize
            chosen[product] = product
            dense_may_win = product.quantized_bytes and has_packing()
            if dense_may_win and spent + size <= budget_bytes and thresholds.get(shape, 0) is not None:
                dense = packed(product.as_dense())
                if shape not in thresholds:
                    thresholds[shape] = _dense_rows([product], dense, dtype, torch.device("cpu"))
                threshold = thresholds[shape]
                if threshold is not None:
                    chosen[product] = DualLinear(product, dense, threshold)
                    spent += size
        setattr(parent, name, chosen[product])
    return len(chosen), spent


def _native_products(model: nn.Module) -> Iterator[tuple[nn.Module, str, NativeProduct]]:
    """(parent, name in it, product): a fused one stands once in each of its parts."""
    for parent in model.modules():
        for name, child in parent.named_children():
            if isinstance(child, NativeProduct):
                yield parent, name, child


def _replace(parent: nn.Module, names: Sequence[str], columns: Sequence[int], whole: Product) -> None:
    """`whole` in the place of the layers of these names, whose columns it gives side by side."""
    if len(names) == 1:
        setattr(parent, names[0], whole)
        return
    for name, end, width in zip(names, itertools.accumulate(columns), columns, strict=True):
        setattr(parent, name, FusedPart(whole, end - width, end))


def fuse_projections(model: nn.Module, *, budget_bytes: int, dtype: torch.dtype) -> int:
    """Put one packed bf16 product in the place of projections that share an input. Returns the bytes spent.

    The quantised weights go: what stays are the values they stood for.
    """
    spent = 0
    wins: dict[tuple[int, ...], bool] = {}
    for parent in list(model.modules()):
        children = dict(parent.named_children())
        for names in INPUT_GROUPS:
            layers: list[Any] = [children[name] for name in names if name in children]
            if len(layers) < len(names) or not all(_fusible(layer, dtype) for layer in layers):
                continue
            columns = [layer.out_features for layer in layers]
            size = sum(
                n * layers[0].in_features * dtype.itemsize
                for n, layer in zip(columns, layers, strict=True)
                if type(layer) is not nn.Linear
            )
            if spent + size > budget_bytes or wins.get(tuple(columns)) is False:
                continue
            whole = PackedLinear(_side_by_side(layers, dtype))
            if tuple(columns) not in wins:
                threshold = _dense_rows(layers, whole, dtype, layers[0].weight.device)
                wins[tuple(columns)] = threshold is not None and threshold <= FEW_ROWS
            if not wins[tuple(columns)]:
                continue
            _replace(parent, names, columns, whole)
            spent += size
    return spent


def _fusible(layer: Any, dtype: torch.dtype) -> bool:
    import bitsandbytes as bnb

    if not isinstance(layer, nn.Linear) or not layer.weight.is_cpu or dtype != torch.bfloat16:
        return False
    return has_packing() and (isinstance(layer, bnb.nn.Linear4bit) or can_pack(layer))


def _side_by_side(layers: Sequence[Any], dtype: torch.dtype) -> nn.Linear:
    """A plain layer whose results are those of `layers`, one after the other."""
    weights = [layer.weight if type(layer) is nn.Linear else _dense_weight(layer, dtype) for layer in layers]
    whole = nn.Linear(layers[0].in_features, sum(map(len, weights)), bias=False, device="meta")
    whole.weight = nn.Parameter(torch.cat([weight.detach() for weight in weights]), requires_grad=False)
    if any(layer.bias is not None for layer in layers):
        zeros = torch.zeros
        biases = [zeros(layer.out_features) if layer.bias is None else layer.bias.detach() for layer in layers]
        whole.bias = nn.Parameter(torch.cat([bias.to(dtype) for bias in biases]), requires_grad=False)
    return whole


def _quantized_layers(model: nn.Module) -> Iterator[tuple[nn.Module, str, Any]]:
    import bitsandbytes as bnb

    for parent in model.modules():
        for name, child in parent.named_children():
            if isinstance(child, bnb.nn.Linear4bit):
                yield parent, name, child


@torch.inference_mode()
def _dense_weight(layer: Any, dtype: torch.dtype) -> torch.Tensor:
    """(out_features, in_features): the layer's dequantised weights.

    Read off by running the identity through it: that works whatever layout a kernel has packed the weight into.
    """
    eye = torch.eye(layer.in_features, dtype=dtype, device=layer.weight.device)
    bias = layer.bias
    layer.bias = None
    try:
        weight: torch.Tensor = layer(eye).t().contiguous()
    finally:
        layer.bias = bias
    return weight


def _dense_copy(layer: Any, dtype: torch.dtype) -> nn.Module:
    """The layer's dequantised weights as a plain or packed layer."""
    dense = nn.Linear(layer.in_features, layer.out_features, bias=False, device="meta")
    dense.weight = nn.Parameter(_dense_weight(layer, dtype), requires_grad=False)
    if layer.bias is not None:
        dense.bias = nn.Parameter(layer.bias.to(dtype), requires_grad=False)
    return packed(dense)


@torch.inference_mode()
def _dense_rows(layers: Sequence[Any], dense: nn.Module, dtype: torch.dtype, device: torch.device) -> int | None:
    """Rows from which `dense` is faster for good than `layers`, whose work it does; None if it never is."""
    flush = torch.zeros(FLUSHED_BYTES // 4, device=device)
    threshold = None
    for rows in reversed(ROWS):
        x = torch.randn(rows, layers[0].in_features, dtype=dtype, device=device)
        if _seconds([dense], x, flush) >= _seconds(layers, x, flush):
            return threshold
        threshold = rows
    return threshold


def _seconds(layers: Sequence[nn.Module], x: torch.Tensor, flush: torch.Tensor) -> float:
    """The best of a few runs from memory, after one that warms up."""
    for layer in layers:
        layer(x)
    best = float("inf")
    for _ in range(REPEATS):
        flush.add_(1.0)
        _wait(x)
        started = time.perf_counter()
        for layer in layers:
            layer(x)
        _wait(x)
        best = min(best, time.perf_counter() - started)
    return best


def _wait(tensor: torch.Tensor) -> None:
    if tensor.is_cuda:
        torch.cuda.synchronize()
