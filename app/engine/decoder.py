"""Runs all decoder layers of a step in one native call: Llama, Qwen 2 and 3, Granite and Gemma 3.

A step of few rows spends half of its time between PyTorch operations; one native call removes that overhead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from app.engine import native
from app.engine.batch import PackedBatch
from app.engine.kernels import HybridLinear
from app.engine.kv import KVCache
from app.engine.lora import AdapterWeights, ProjectionGroup
from app.engine.native.integer_product import IntegerLinear
from app.engine.native.product import NativeLinear
from app.engine.norms import NativeRMSNorm

MAX_ROWS = 64  # row limit for layers without dense weights; PyTorch multiplies more rows faster in fp32
UNLIMITED = 2**31  # for layers whose products are sums of whole numbers
PARTS = 3  # kernels.c: most projections that may share an input
MATRICES = 4  # of a layer: q, k and v; o; gate and up; down
CHILDREN = {
    "": {"self_attn", "mlp", "input_layernorm", "post_attention_layernorm"},
    "self_attn": {"q_proj", "k_proj", "v_proj", "o_proj"},
    "mlp": {"gate_proj", "up_proj", "down_proj", "act_fn"},
}
OPTIONAL = {  # Gemma 3; Qwen 3 and Gemma 3
    "": {"pre_feedforward_layernorm", "post_feedforward_layernorm"},
    "self_attn": {"q_norm", "k_norm"},
    "mlp": set[str](),
}
Rotary = tuple[torch.Tensor, torch.Tensor]  # cosines and sines, (1, rows, head_dim) bf16 each


class NativeDecoder:
    """Runs the layers of a wrapped model over its arena of keys and values. Not thread-safe."""

    def __init__(self, model: Any, kv: KVCache) -> None:
        """`model` and `kv` must satisfy `is_supported`."""
        layers = model.model.layers
        attention, mlp = layers[0].self_attn, layers[0].mlp
        self._kv = kv
        self._projections = [_projection_groups(layer) for layer in layers]
        self.rows = min(_max_native_rows(one.base) for groups in self._projections for one in groups)
        self._count = len(layers)
        self.rotary_types = sorted({_rotary_type(layer.self_attn) for layer in layers})  # "": the model has one
        self._scaling, self._eps = float(attention.scaling), float(layers[0].input_layernorm.eps)
        self._residual = float(getattr(layers[0], "residual_multiplier", 1.0))
        self._flags = [int(layers[0].input_layernorm.plus_one), int(mlp.native_gelu)]
        self._sizes = (
            *(model.config.hidden_size, model.config.num_attention_heads, model.config.num_key_value_heads),
            *(attention.head_dim, mlp.down_proj.projections.base.in_features),
        )
        self._table = torch.tensor([self._layer(i, layer) for i, layer in enumerate(layers)])

    def supports(self, batch: PackedBatch) -> bool:
        """Whether the native call is faster for this many rows, and every adapter is packed for it."""
        few = batch.token_ids.shape[1] < self.rows
        return few and not any(segment.adapter.layers for segment in batch.segments)

    def __call__(self, hidden: torch.Tensor, rotaries: Sequence[Rotary], batch: PackedBatch) -> None:
        """Replace `hidden` (rows, hidden_size) bf16 by the last layer's output; one of `rotaries` for each rotary type.

        Raises MemoryError.
        """
        numbers: list[int] = []
        for segment in batch.segments:
            numbers += [segment.start, segment.end, self._adapter_table(segment.adapter).data_ptr()]
        segments = torch.tensor(numbers, dtype=torch.int64)
        # Variables, so that the memory outlives the call; a model with one table names it twice.
        cosines = [one[0][0].contiguous() for one in (rotaries[0], rotaries[-1])]
        sines = [one[1][0].contiguous() for one in (rotaries[0], rotaries[-1])]
        native.decode_layers(
            hidden,
            [
                *(len(hidden), *self._sizes, *(one.data_ptr() for one in (*cosines, *sines))),
                *(batch.positions.data_ptr(), batch.span_table.data_ptr(), len(batch.spans)),
                *(segments.data_ptr(), len(batch.segments), self._kv.keys.stride(1), *self._flags),
            ],
            self._table,
            scaling=self._scaling,
            eps=self._eps,
            residual=self._residual,
        )

    def _layer(self, index: int, layer: Any) -> list[int]:
        """The fields of a `layer` struct in kernels.c."""
        attention = layer.self_attn
        row = [0 if norm is None else norm.weight.data_ptr() for norm in _norms(layer)]
        row += [self._kv.keys[index].data_ptr(), self._kv.values[index].data_ptr()]
        row += [getattr(attention, "sliding_window", None) or 0, self.rotary_types.index(_rotary_type(attention))]
        for projections in self._projections[index]:
            row += _quantized_base(projections.base).addresses()
        return row

    def _adapter_table(self, adapter: AdapterWeights) -> torch.Tensor:
        """(layers, matrices, fields), each row a `low_rank` struct of kernels.c. Built once for each adapter."""
        if adapter.native_table is None:
            native_table = torch.zeros(self._count, MATRICES, 3 + 4 * PARTS, dtype=torch.int64)
            for i, groups in enumerate(self._projections):
                for j, projections in enumerate(groups):
                    update = adapter.packed.get(projections.layout.names[0])
                    if update is not None:
                        row = [update.down.data_ptr(), update.up.data_ptr(), update.rank, *update.parts]
                        native_table[i, j, : len(row)] = torch.tensor(row)
            adapter.native_table = native_table
        return adapter.native_table


def is_supported(model: Any, kv: KVCache) -> bool:
    """Whether the kernel implements the modules of `model`. The runner probes that they are composed alike."""
    layers = getattr(getattr(model, "model", None), "layers", None)
    if not kv.native or not layers or not all(_is_supported_layer(layer) for layer in layers):
        return False
    # The kernel has one setting of these for all layers.
    return len({(norm.plus_one, norm.eps) for layer in layers for norm in _norms(layer) if norm is not None}) == 1 and (
        len({layer.mlp.native_gelu for layer in layers}) == 1
    )


def _is_supported_layer(layer: Any) -> bool:
    for name, children in CHILDREN.items():
        found = {child for child, _ in layer.get_submodule(name).named_children()}
        if found != children and found != children | OPTIONAL[name]:
            return False
    if not all(norm is None or isinstance(norm, NativeRMSNorm) for norm in _norms(layer)):
        return False
    groups = [layer.self_attn.q_proj, layer.self_attn.o_proj, layer.mlp.gate_proj, layer.mlp.down_proj]
    expected = [PARTS, 1, 2, 1]
    return (
        hasattr(layer.mlp, "native_gelu")
        and [len(one.projections.layout.names) for one in groups] == expected
        and all(isinstance(_quantized_base(one.projections.base), NativeLinear) for one in groups)
    )


def _norms(layer: Any) -> list[Any]:
    """The norms in the order of kernels.c: before attention and MLP, after them, of queries and keys; None if absent.

    What Llama calls `post_attention_layernorm` stands before the MLP; Gemma 3 means what the name says.
    """
    four = hasattr(layer, "pre_feedforward_layernorm")
    before_mlp = layer.pre_feedforward_layernorm if four else layer.post_attention_layernorm
    after = [layer.post_attention_layernorm, layer.post_feedforward_layernorm] if four else [None, None]
    heads = [getattr(layer.self_attn, name, None) for name in ("q_norm", "k_norm")]
    return [layer.input_layernorm, before_mlp, *after, *heads]


def _rotary_type(attention: Any) -> str:
    """Which of the model's rotary tables a layer reads; only Gemma 3 has one for each type of layer."""
    return str(attention.layer_type) if hasattr(attention, "is_sliding") else ""


def _projection_groups(layer: Any) -> list[ProjectionGroup]:
    firsts = (layer.self_attn.q_proj, layer.self_attn.o_proj, layer.mlp.gate_proj, layer.mlp.down_proj)
    return [first.projections for first in firsts]


def _quantized_base(base: nn.Module) -> Any:
    return base.quantized if isinstance(base, HybridLinear) else base


def _max_native_rows(base: nn.Module) -> int:
    if isinstance(base, HybridLinear):
        return base.dense_rows
    return UNLIMITED if isinstance(base, IntegerLinear) else MAX_ROWS
