"""All decoder layers of a step in one native call, for models whose layers are Llama's.

A step of few rows spends half of its time between operations; here there is nothing between them.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from app.engine import native
from app.engine.batch import PackedBatch
from app.engine.kernels import DualLinear
from app.engine.kv import KVCache
from app.engine.lora import AdapterWeights, Projections
from app.engine.native.product import NativeProduct
from app.engine.norms import NativeRMSNorm

MOST_ROWS = 64  # where no dense copy was measured to win earlier
PARTS = 3  # kernels.c: projections that share an input, at most
MATRICES = 4  # queries, keys and values; their output; gate and up; down
CHILDREN = {
    "": {"self_attn", "mlp", "input_layernorm", "post_attention_layernorm"},
    "self_attn": {"q_proj", "k_proj", "v_proj", "o_proj"},
    "mlp": {"gate_proj", "up_proj", "down_proj", "act_fn"},
}


class NativeDecoder:
    """Runs the layers of a wrapped model over its arena of keys and values. One thread calls it."""

    def __init__(self, model: Any, kv: KVCache) -> None:
        """`model` must be one that `fits`."""
        layers = model.model.layers
        attention, mlp = layers[0].self_attn, layers[0].mlp
        self._kv = kv
        self._held = [_projections(layer) for layer in layers]
        self.rows = min(_dense_rows(one.base) for held in self._held for one in held)
        self._count = len(layers)
        self._scaling, self._eps = float(attention.scaling), float(layers[0].input_layernorm.eps)
        self._sizes = (
            *(model.config.hidden_size, model.config.num_attention_heads, model.config.num_key_value_heads),
            *(attention.head_dim, mlp.down_proj.projections.base.in_features),
        )
        self._table = torch.tensor([self._layer(i, layer) for i, layer in enumerate(layers)])

    def takes(self, batch: PackedBatch) -> bool:
        """Whether it is the faster way for these rows, and every adapter is packed for it."""
        few = batch.token_ids.shape[1] < self.rows
        return few and not any(segment.adapter.layers for segment in batch.segments)

    def __call__(self, hidden: torch.Tensor, cosines: torch.Tensor, sines: torch.Tensor, batch: PackedBatch) -> None:
        """`hidden` (rows, hidden_size) bf16 becomes what the last layer gives; cosines and sines (rows, head_dim).

        Raises MemoryError.
        """
        numbers: list[int] = []
        for segment in batch.segments:
            numbers += [segment.start, segment.end, self._updates(segment.adapter).data_ptr()]
        segments = torch.tensor(numbers, dtype=torch.int64)
        cosines, sines = cosines.contiguous(), sines.contiguous()  # named, so that they outlive the call
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
        """One `layer` of kernels.c."""
        row = [layer.input_layernorm.weight.data_ptr(), layer.post_attention_layernorm.weight.data_ptr()]
        row += [self._kv.keys[index].data_ptr(), self._kv.values[index].data_ptr()]
        for projections in self._held[index]:
            row += _product(projections.base).addresses()
        return row

    def _updates(self, adapter: AdapterWeights) -> torch.Tensor:
        """(layers, matrices, fields): a `low_rank` of kernels.c each; made once an adapter."""
        if adapter.table is None:
            table = torch.zeros(self._count, MATRICES, 3 + 4 * PARTS, dtype=torch.int64)
            for i, held in enumerate(self._held):
                for j, projections in enumerate(held):
                    update = adapter.packed.get(projections.layout.names[0])
                    if update is not None:
                        row = [update.down.data_ptr(), update.up.data_ptr(), update.rank, *update.parts]
                        table[i, j, : len(row)] = torch.tensor(row)
            adapter.table = table
        return adapter.table


def fits(model: Any, kv: KVCache) -> bool:
    """Whether the parts of `model` are those that the kernel knows. That they are put together alike, a probe shows."""
    layers = getattr(getattr(model, "model", None), "layers", None)
    if not kv.native or not layers or getattr(model.config, "sliding_window", None):
        return False
    return all(_layer_fits(layer) for layer in layers)


def _layer_fits(layer: Any) -> bool:
    for name, children in CHILDREN.items():
        if {child for child, _ in layer.get_submodule(name).named_children()} != children:
            return False
    norms = (layer.input_layernorm, layer.post_attention_layernorm)
    if not all(isinstance(norm, NativeRMSNorm) and not norm.plus_one for norm in norms):
        return False
    groups = [layer.self_attn.q_proj, layer.self_attn.o_proj, layer.mlp.gate_proj, layer.mlp.down_proj]
    wanted = [PARTS, 1, 2, 1]
    return [len(one.projections.layout.names) for one in groups] == wanted and all(
        isinstance(_product(one.projections.base), NativeProduct) for one in groups
    )


def _projections(layer: Any) -> list[Projections]:
    firsts = (layer.self_attn.q_proj, layer.self_attn.o_proj, layer.mlp.gate_proj, layer.mlp.down_proj)
    return [first.projections for first in firsts]


def _product(base: nn.Module) -> Any:
    return base.quantized if isinstance(base, DualLinear) else base


def _dense_rows(base: nn.Module) -> int:
    return base.dense_rows if isinstance(base, DualLinear) else MOST_ROWS
