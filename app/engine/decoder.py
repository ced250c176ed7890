"""Runs all decoder layers of a step in one native call, for models with Llama's layers.

A step of few rows spends half of its time between PyTorch operations; one native call removes that overhead.
"""

from __future__ import annotations

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
        self._scaling, self._eps = float(attention.scaling), float(layers[0].input_layernorm.eps)
        self._sizes = (
            *(model.config.hidden_size, model.config.num_attention_heads, model.config.num_key_value_heads),
            *(attention.head_dim, mlp.down_proj.projections.base.in_features),
        )
        self._table = torch.tensor([self._layer(i, layer) for i, layer in enumerate(layers)])

    def supports(self, batch: PackedBatch) -> bool:
        """Whether the native call is faster for this many rows, and every adapter is packed for it."""
        few = batch.token_ids.shape[1] < self.rows
        return few and not any(segment.adapter.layers for segment in batch.segments)

    def __call__(self, hidden: torch.Tensor, cosines: torch.Tensor, sines: torch.Tensor, batch: PackedBatch) -> None:
        """Replace `hidden` (rows, hidden_size) bf16 by the last layer's output; cosines and sines (rows, head_dim).

        Raises MemoryError.
        """
        numbers: list[int] = []
        for segment in batch.segments:
            numbers += [segment.start, segment.end, self._adapter_table(segment.adapter).data_ptr()]
        segments = torch.tensor(numbers, dtype=torch.int64)
        cosines, sines = cosines.contiguous(), sines.contiguous()  # variables, so that the memory outlives the call
        native.decode_layers(
            hidden,
            [
                *(len(hidden), *self._sizes, cosines.data_ptr(), sines.data_ptr(), batch.positions.data_ptr()),
                *(batch.span_table.data_ptr(), len(batch.spans), segments.data_ptr(), len(batch.segments)),
                self._kv.keys.stride(1),
            ],
            self._table,
            self._scaling,
            self._eps,
        )

    def _layer(self, index: int, layer: Any) -> list[int]:
        """The fields of a `layer` struct in kernels.c."""
        row = [layer.input_layernorm.weight.data_ptr(), layer.post_attention_layernorm.weight.data_ptr()]
        row += [self._kv.keys[index].data_ptr(), self._kv.values[index].data_ptr()]
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
    if not kv.native or not layers or getattr(model.config, "sliding_window", None):
        return False
    return all(_is_supported_layer(layer) for layer in layers)


def _is_supported_layer(layer: Any) -> bool:
    for name, children in CHILDREN.items():
        if {child for child, _ in layer.get_submodule(name).named_children()} != children:
            return False
    norms = (layer.input_layernorm, layer.post_attention_layernorm)
    if not all(isinstance(norm, NativeRMSNorm) and not norm.plus_one for norm in norms):
        return False
    groups = [layer.self_attn.q_proj, layer.self_attn.o_proj, layer.mlp.gate_proj, layer.mlp.down_proj]
    expected = [PARTS, 1, 2, 1]
    return [len(one.projections.layout.names) for one in groups] == expected and all(
        isinstance(_quantized_base(one.projections.base), NativeLinear) for one in groups
    )


def _projection_groups(layer: Any) -> list[ProjectionGroup]:
    firsts = (layer.self_attn.q_proj, layer.self_attn.o_proj, layer.mlp.gate_proj, layer.mlp.down_proj)
    return [first.projections for first in firsts]


def _quantized_base(base: nn.Module) -> Any:
    return base.quantized if isinstance(base, HybridLinear) else base


def _max_native_rows(base: nn.Module) -> int:
    if isinstance(base, HybridLinear):
        return base.dense_rows
    return UNLIMITED if isinstance(base, IntegerLinear) else MAX_ROWS
