"""Chooses the kernel of each linear layer by measuring on this machine at start.

A fused 4-bit kernel reads an eighth of the bytes. It is faster for few rows, on processors that support it. On other
processors, and for many rows, dense dequantised weights are faster. Both give the same result up to rounding.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from app.engine.native.integer_product import (
    EightBitEmbedding,
    EightBitHead,
    IntegerLinear,
    supports_eight_bit_rows,
    supports_eight_bits,
    supports_integers,
)
from app.engine.native.product import NativeLinear, supports
from app.numerics.packed_linear import PackedLinear, can_pack, has_packing, pack_linears, packed
from app.numerics.threads import single_torch_thread

BENCHMARK_ROWS = (1, 8, 64, 256)  # decode steps of one and of more sequences; prefills
REPEATS = 5
DENSE_GAIN = 0.85  # dense weights cost memory: they are taken where they need at most this share of the time
REQUEST_STEPS = {256: 4, 1: 64}  # rows of a step, and such steps of a typical request: a prompt, and its answer
INTEGER_LOSS = 1.1  # whole-number products need no dense weights beside them: they may be so much slower
FEW_ROWS = 8  # projections are fused if the dense product is faster from at most this many rows
INPUT_GROUPS = (("q_proj", "k_proj", "v_proj"), ("gate_proj", "up_proj"))  # projections that read the same input
MAX_INTEGER_ERROR = 0.03  # of a product's norm; rounding to 4 bits itself costs about .09
FLUSHED_BYTES = 64 * 2**20  # more than the caches hold: in a real step, each layer's weights come from memory


class HybridLinear(nn.Module):
    """A quantised layer with dense dequantised weights beside it, which are used from `dense_rows` rows on."""

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


ServingLinear = PackedLinear | NativeLinear | HybridLinear


class FusedProjection(nn.Module):
    """One of several projections that share one fused layer, at its own place in the model."""

    def __init__(self, fused: ServingLinear, start: int, end: int) -> None:
        super().__init__()
        self.fused = fused
        self.in_features, self.out_features = fused.in_features, end - start
        self._columns = slice(start, end)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_features) -> (..., out_features). The engine runs `fused` once for all parts instead."""
        result: torch.Tensor = self.fused(x)
        return result[..., self._columns]


@dataclass(frozen=True, slots=True)
class KernelChoice:
    """What `choose_kernels` changed, for the log."""

    dense_bytes: int
    dense_rows: dict[str, int]  # "out x in" -> row count from which the dense weights are used
    fused: int  # fused layers, each of which replaces several projections
    native: int  # layers on the engine's own kernels, fused ones included
    integer: int  # of these, layers whose products are sums of whole numbers
    packed: int  # plain layers, head included, in the CPU's packed layout


def use_native_linears(model: nn.Module, *, integers: bool = False) -> None:
    """Move the layers of `model` to the engine's own kernels; layers that read the same input are fused.

    With `integers`, 4-bit layers multiply whole numbers, and the head and the input layer are quantised to 8 bits. Call
    before the model runs: bitsandbytes repacks 4-bit weights at their first forward.
    """
    if integers:
        _use_eight_bit_tables(model)
    for parent, names, layers in _input_groups(model):
        kind = IntegerLinear if integers and supports_integers(layers) else NativeLinear
        _replace(parent, names, [layer.out_features for layer in layers], kind(layers))


def _input_groups(model: nn.Module) -> Iterator[tuple[nn.Module, tuple[str, ...], list[Any]]]:
    """Yield (parent, names in it, layers) of the layers that the native kernels can run, one or several at a time.

    A layer that is replaced between two of them is freed: only its parent is held.
    """
    for parent in [module for module in model.modules() if next(module.children(), None) is not None]:
        children = dict(parent.named_children())
        singles = [(name,) for name in children if not any(name in group for group in INPUT_GROUPS)]
        for names in (*INPUT_GROUPS, *singles):
            layers: list[Any] = [children[name] for name in names if name in children]
            if len(layers) == len(names) and supports(layers):
                yield parent, names, layers


def _use_eight_bit_tables(model: Any) -> None:
    """Quantise the head and the input layer to 8 bits; they stay one table where they are one."""
    head, embedding = model.get_output_embeddings(), model.get_input_embeddings()
    shared = head is not None and head.weight is embedding.weight
    if supports_eight_bits(head):
        head = EightBitHead(head)
        model.set_output_embeddings(head)
        if shared and supports_eight_bit_rows(embedding):
            model.set_input_embeddings(EightBitEmbedding(head))
    if not shared and supports_eight_bit_rows(embedding):
        model.set_input_embeddings(EightBitEmbedding(embedding))


@torch.inference_mode()
def integers_are_faster(model: nn.Module) -> bool:
    """Whether whole-number products are exact enough, and over a typical request not slower than exact ones.

    Measured on the largest group of 4-bit layers of the model, whose layers are left as they are.
    """
    groups = [layers for _, _, layers in _input_groups(model) if supports_integers(layers)]
    if not groups:
        return False
    layers = max(groups, key=lambda group: sum(layer.out_features for layer in group) * group[0].in_features)
    exact, integer = NativeLinear(layers), IntegerLinear(layers)
    flush = torch.zeros(FLUSHED_BYTES // 4)
    seconds = seconds_exact = 0.0
    for rows in BENCHMARK_ROWS:
        x = torch.randn(rows, exact.in_features, dtype=torch.bfloat16)
        expected = exact(x).float()
        if (integer(x).float() - expected).norm() > MAX_INTEGER_ERROR * expected.norm():
            return False
        times = REQUEST_STEPS.get(rows, 0)
        if times:
            one, other = _best_times([integer], [exact], x, flush)
            seconds, seconds_exact = seconds + times * one, seconds_exact + times * other
    return seconds < INTEGER_LOSS * seconds_exact


def choose_kernels(model: nn.Module, *, budget_bytes: int, dtype: torch.dtype) -> KernelChoice:
    """Add dense weights to quantised layers of `model` where they are faster, within the budget; pack plain layers.

    Projections that read the same input become one dense layer where that is faster even for few rows. Call after
    `warm_up` and before `wrap_linears`. `dtype` is the type that layers compute in.
    """
    thresholds: dict[tuple[int, int], int | None] = {}
    native_count, used_bytes = _add_dense_to_native(model, thresholds, budget_bytes, dtype)
    used_bytes += fuse_projections(model, budget_bytes=budget_bytes - used_bytes, dtype=dtype)
    for parent, name, layer in list(_quantized_layers(model)):
        shape = (layer.out_features, layer.in_features)
        size = shape[0] * shape[1] * dtype.itemsize
        if used_bytes + size > budget_bytes or thresholds.get(shape, 0) is None:
            continue
        dense = _dense_copy(layer, dtype)
        if shape not in thresholds:
            thresholds[shape] = _dense_rows([layer], dense, dtype, layer.weight.device)
        threshold = thresholds[shape]
        if threshold is None:
            continue
        setattr(parent, name, HybridLinear(layer, dense, threshold))
        used_bytes += size
    rows = {f"{out} x {into}": rows for (out, into), rows in thresholds.items() if rows is not None}
    fused = len({part.fused for part in model.modules() if isinstance(part, FusedProjection)})
    integer = len({one for one in model.modules() if isinstance(one, IntegerLinear)})
    return KernelChoice(used_bytes, rows, fused, native_count, integer, pack_linears(model))


def _add_dense_to_native(
    model: nn.Module, thresholds: dict[tuple[int, int], int | None], budget_bytes: int, dtype: torch.dtype
) -> tuple[int, int]:
    """Add dense weights to native layers for the many rows of a prefill. Returns (native layers, bytes used).

    An 8-bit head gets none: a prefill asks it for one row of each prompt.
    """
    replacements: dict[NativeLinear, ServingLinear] = {}
    used_bytes = 0
    for parent, name, native_linear in list(_native_linears(model)):
        if native_linear not in replacements:
            shape = (native_linear.out_features, native_linear.in_features)
            size = shape[0] * shape[1] * dtype.itemsize
            replacements[native_linear] = native_linear
            is_head = isinstance(native_linear, EightBitHead)
            dense_may_win = native_linear.quantized_bytes and has_packing() and not is_head
            if dense_may_win and used_bytes + size <= budget_bytes and thresholds.get(shape, 0) is not None:
                dense = packed(native_linear.as_dense())
                if shape not in thresholds:
                    thresholds[shape] = _dense_rows([native_linear], dense, dtype, torch.device("cpu"))
                threshold = thresholds[shape]
                if threshold is not None:
                    replacements[native_linear] = HybridLinear(native_linear, dense, threshold)
                    used_bytes += size
        setattr(parent, name, replacements[native_linear])
    return len(replacements), used_bytes


def _native_linears(model: nn.Module) -> Iterator[tuple[nn.Module, str, NativeLinear]]:
    """Yield (parent, name in it, layer); a fused layer is yielded once for each of its parts."""
    for parent in model.modules():
        for name, child in parent.named_children():
            if isinstance(child, NativeLinear):
                yield parent, name, child


def _replace(parent: nn.Module, names: Sequence[str], columns: Sequence[int], fused: ServingLinear) -> None:
    """Put `fused` in the place of the layers with these names. Its output has their columns, concatenated."""
    if len(names) == 1:
        setattr(parent, names[0], fused)
        return
    for name, end, width in zip(names, itertools.accumulate(columns), columns, strict=True):
        setattr(parent, name, FusedProjection(fused, end - width, end))


def fuse_projections(model: nn.Module, *, budget_bytes: int, dtype: torch.dtype) -> int:
    """Replace projections that share an input by one packed bf16 layer. Returns the bytes used.

    The quantised weights are dropped; the packed layer holds their dequantised values.
    """
    used_bytes = 0
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
            if used_bytes + size > budget_bytes or wins.get(tuple(columns)) is False:
                continue
            fused = PackedLinear(_concatenate(layers, dtype))
            if tuple(columns) not in wins:
                threshold = _dense_rows(layers, fused, dtype, layers[0].weight.device)
                wins[tuple(columns)] = threshold is not None and threshold <= FEW_ROWS
            if not wins[tuple(columns)]:
                continue
            _replace(parent, names, columns, fused)
            used_bytes += size
    return used_bytes


def _fusible(layer: Any, dtype: torch.dtype) -> bool:
    import bitsandbytes as bnb

    if not isinstance(layer, nn.Linear) or not layer.weight.is_cpu or dtype != torch.bfloat16:
        return False
    return has_packing() and (isinstance(layer, bnb.nn.Linear4bit) or can_pack(layer))


def _concatenate(layers: Sequence[Any], dtype: torch.dtype) -> nn.Linear:
    """A plain layer whose output is the outputs of `layers`, concatenated."""
    weights = [layer.weight if type(layer) is nn.Linear else _dense_weight(layer, dtype) for layer in layers]
    fused = nn.Linear(layers[0].in_features, sum(map(len, weights)), bias=False, device="meta")
    fused.weight = nn.Parameter(torch.cat([weight.detach() for weight in weights]), requires_grad=False)
    if any(layer.bias is not None for layer in layers):
        zeros = torch.zeros
        biases = [zeros(layer.out_features) if layer.bias is None else layer.bias.detach() for layer in layers]
        fused.bias = nn.Parameter(torch.cat([bias.to(dtype) for bias in biases]), requires_grad=False)
    return fused


def _quantized_layers(model: nn.Module) -> Iterator[tuple[nn.Module, str, Any]]:
    import bitsandbytes as bnb

    for parent in model.modules():
        for name, child in parent.named_children():
            if isinstance(child, bnb.nn.Linear4bit):
                yield parent, name, child


@torch.inference_mode()
def _dense_weight(layer: Any, dtype: torch.dtype) -> torch.Tensor:
    """(out_features, in_features): the layer's dequantised weights.

    Found by running the layer on the identity matrix, which works for any layout that a kernel packs weights into.
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
    """Row count from which `dense` stays clearly faster than the `layers` that it replaces; None if it never is."""
    flush = torch.zeros(FLUSHED_BYTES // 4, device=device)
    threshold = None
    for rows in reversed(BENCHMARK_ROWS):
        x = torch.randn(rows, layers[0].in_features, dtype=dtype, device=device)
        seconds, seconds_now = _best_times([dense], layers, x, flush)
        if seconds > DENSE_GAIN * seconds_now:
            return threshold
        threshold = rows
    return threshold


def _best_times(
    layers: Sequence[nn.Module], others: Sequence[nn.Module], x: torch.Tensor, flush: torch.Tensor
) -> tuple[float, float]:
    """Seconds of `layers` and of `others`: the best of runs in turn, with cold caches, after one to warm up.

    On the processor it is the time that one thread computes: waiting for a core that other work holds does not count.
    """
    clock = time.perf_counter if x.is_cuda else time.thread_time
    with nullcontext() if x.is_cuda else single_torch_thread():
        for layer in (*layers, *others):
            layer(x)
        times = [
            (_time_forward(layers, x, flush, clock), _time_forward(others, x, flush, clock)) for _ in range(REPEATS)
        ]
    return min(one for one, _ in times), min(other for _, other in times)


def _time_forward(
    layers: Sequence[nn.Module], x: torch.Tensor, flush: torch.Tensor, clock: Callable[[], float]
) -> float:
    """Seconds of one run with cold caches."""
    flush.add_(1.0)
    _synchronize(x)
    started = clock()
    for layer in layers:
        layer(x)
    _synchronize(x)
    return clock() - started


def _synchronize(tensor: torch.Tensor) -> None:
    if tensor.is_cuda:
        torch.cuda.synchronize()
