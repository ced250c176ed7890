"""Trees to batches: laid end to end, nothing is padded, and attention that keeps to each tree.

Positions and masks are those of separate rows, so losses and gradients are the same, at a fraction of the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from app.training.trees import Tree

MASKED = torch.finfo(torch.bfloat16).min
ATTENTION = "loracle_trees"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a tree lies among a micro-batch's tokens, and what its branches may see."""

    start: int
    trunk_end: int
    end: int
    mask: torch.Tensor | None  # (branch tokens, tree tokens) additive; None: all trunk, plainly causal


@dataclass(frozen=True, slots=True)
class MicroBatch:
    """What one forward takes: trees end to end, no padding."""

    ids: torch.Tensor  # (1, tokens) int64
    positions: torch.Tensor  # (1, tokens) int64
    spans: tuple[Span, ...]
    supervised: torch.Tensor  # (targets,) int64 into the tokens
    targets: torch.Tensor  # (targets,) int64


def collate(trees: Sequence[Tree], *, dtype: torch.dtype, device: str = "cpu") -> MicroBatch:
    """Lay trees end to end, without padding."""
    ids: list[int] = []
    positions: list[int] = []
    supervised: list[int] = []
    targets: list[int] = []
    spans: list[Span] = []
    for tree in trees:
        start, trunk = len(ids), tree.trunk
        ids += tree.examples[0].prompt[:trunk]
        positions += range(trunk)
        lengths = []
        for example in tree.examples:
            rest = (*example.prompt[trunk:], *example.completion)[:-1]
            ids += rest
            positions += range(trunk, trunk + len(rest))
            supervised += range(len(ids) - len(example.completion), len(ids))
            targets += example.completion
            lengths.append(len(rest))
        if len(lengths) == 1:
            spans.append(Span(start, len(ids), len(ids), None))
        else:
            spans.append(Span(start, start + trunk, len(ids), _mask(trunk, lengths, dtype).to(device)))
    return MicroBatch(
        torch.tensor([ids], device=device),
        torch.tensor([positions], device=device),
        tuple(spans),
        torch.tensor(supervised, device=device),
        torch.tensor(targets, device=device),
    )


def _mask(trunk: int, lengths: Sequence[int], dtype: torch.dtype) -> torch.Tensor:
    """(branch tokens, trunk + branch tokens): 0 where a branch's token may look, very negative elsewhere."""
    total = sum(lengths)
    mask = torch.full((total, trunk + total), MASKED, dtype=dtype)
    mask[:, :trunk] = 0
    start = 0
    for length in lengths:
        own = mask[start : start + length, trunk + start : trunk + start + length]
        own.masked_fill_(torch.ones((length, length), dtype=torch.bool).tril(), 0)
        start += length
    return mask


def tree_attention(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    *,
    spans: Sequence[Span],
    scaling: float | None = None,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """Attention of transformers' interface over trees laid end to end: trunks causal, branches over trunk and selves.

    query (1, heads, tokens, dim), key and value (1, kv heads, tokens, dim) -> (1, tokens, heads, dim).
    """
    del module, attention_mask
    groups = query.shape[1] // key.shape[1]
    key, value = key.repeat_interleave(groups, 1), value.repeat_interleave(groups, 1)
    attend = functional.scaled_dot_product_attention
    pieces = []
    for span in spans:
        trunk, branches, all_ = (
            slice(span.start, span.trunk_end),
            slice(span.trunk_end, span.end),
            slice(span.start, span.end),
        )
        pieces.append(attend(query[:, :, trunk], key[:, :, trunk], value[:, :, trunk], is_causal=True, scale=scaling))
        if span.mask is not None:
            pieces.append(
                attend(query[:, :, branches], key[:, :, all_], value[:, :, all_], attn_mask=span.mask, scale=scaling)
            )
    return torch.cat(pieces, 2).transpose(1, 2), None
