"""Attention over a packed batch, registered with transformers through its AttentionInterface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn.functional import scaled_dot_product_attention

from app.engine import native
from app.engine.batch import PackedBatch, SequenceSpan
from app.errors import WeightsUnavailable

NAME = "loracle_packed"
UNSUPPORTED = ("softcap", "s_aux")  # used by Gemma 2 and gpt-oss; ignoring them silently would change answers


def use_packed_attention(model: Any) -> None:
    """Make `model` run on packed batches only: forward(..., packed=PackedBatch), without a cache of its own."""
    from transformers import AttentionInterface
    from transformers.masking_utils import ALL_MASK_ATTENTION_FUNCTIONS

    AttentionInterface.register(NAME, packed_attention)
    ALL_MASK_ATTENTION_FUNCTIONS.register(NAME, _no_mask)
    model.set_attn_implementation(NAME)


def packed_attention(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: Any,  # noqa: ARG001 - transformers passes it; the spans define the mask
    *,
    packed: PackedBatch,
    scaling: float,
    sliding_window: int | None = None,
    **others: Any,
) -> tuple[torch.Tensor, None]:
    """Store the rows' keys and values and let each span attend to its own sequence.

    query (1, heads, rows, head_dim); key and value (1, kv_heads, rows, head_dim) -> (1, rows, heads, head_dim).
    Raises WeightsUnavailable for kinds of attention that are not implemented.
    """
    if any(others.get(name) is not None for name in UNSUPPORTED):
        raise WeightsUnavailable("This model's attention (soft capping or sinks) is not supported; choose another.")
    layer = module.layer_idx
    keys, values = packed.kv.keys[layer], packed.kv.values[layer]
    if packed.kv.native:
        native.store_rows(key[0], keys, packed.positions)
        native.store_rows(value[0], values, packed.positions)
        out = native.attend(query[0], keys, values, packed.span_table, scaling=scaling, window=sliding_window)
        _attend_spans(out, packed.branched, query[0], keys, values, scaling, sliding_window)
        return out[None], None
    keys.index_copy_(1, packed.positions, key[0])
    values.index_copy_(1, packed.positions, value[0])
    out = torch.empty_like(query[0].transpose(0, 1))  # (rows, heads, head_dim)
    _attend_spans(out, packed.spans, query[0], keys, values, scaling, sliding_window)
    return out[None], None


def _attend_spans(
    out: torch.Tensor,
    spans: Sequence[SequenceSpan],
    query: torch.Tensor,
    keys: torch.Tensor,
    values: torch.Tensor,
    scaling: float,
    window: int | None,
) -> None:
    """Fill the rows of `spans` in `out` (rows, heads, head_dim)."""
    for span in spans:
        out[span.start : span.end] = _attend(query, keys, values, span, scaling, window)


def _attend(
    query: torch.Tensor,
    keys: torch.Tensor,
    values: torch.Tensor,
    span: SequenceSpan,
    scaling: float,
    window: int | None,
) -> torch.Tensor:
    """Attention output of one span: (count, heads, head_dim)."""
    first = span.allocation.start
    end = first + span.past_length + span.count
    single_row = span.count == 1 and span.branches is None  # a single row sees the whole window before it
    if single_row and window is not None:
        first = max(first, end - window)
    plain_causal = span.past_length == 0 and span.branches is None and (window is None or span.count <= window)
    attended = scaled_dot_product_attention(
        query[None, :, span.start : span.end],
        keys[None, :, first:end],
        values[None, :, first:end],
        attn_mask=None if single_row or plain_causal else span.mask(window, query.device),
        is_causal=plain_causal and not single_row,
        scale=scaling,
        enable_gqa=query.shape[0] != keys.shape[0],
    )
    return attended[0].transpose(0, 1)


def _no_mask(*_: Any, **__: Any) -> None:
    """Build no mask: the spans define it."""
