"""Packs prefix groups into micro-batches without padding, with attention that stays inside each group.

Positions and masks are those of separate rows, so losses and gradients are the same with a fraction of the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from app.training.prefix_sharing import PrefixGroup

MASKED = torch.finfo(torch.bfloat16).min
ATTENTION_NAME = "loracle_prefix_groups"


@dataclass(frozen=True, slots=True)
class GroupSpan:
    """The position of a group among the tokens of a micro-batch, and the attention mask of its rows."""

    start: int
    prefix_end: int
    end: int
    mask: torch.Tensor | None  # additive, (row tokens, group tokens); None: one row, causal attention


@dataclass(frozen=True, slots=True)
class MicroBatch:
    """The input of one forward: concatenated groups, without padding."""

    ids: torch.Tensor  # (1, tokens) int64
    positions: torch.Tensor  # (1, tokens) int64
    spans: tuple[GroupSpan, ...]
    active: torch.Tensor  # (active tokens,) int64 indexes of tokens at which an activated adapter acts
    supervised: torch.Tensor  # (targets,) int64 indexes of tokens
    targets: torch.Tensor  # (targets,) int64


def collate(groups: Sequence[PrefixGroup], *, dtype: torch.dtype, device: str = "cpu") -> MicroBatch:
    """Concatenate groups, without padding."""
    ids: list[int] = []
    positions: list[int] = []
    active: list[int] = []
    supervised: list[int] = []
    targets: list[int] = []
    spans: list[GroupSpan] = []
    for group in groups:
        start, prefix = len(ids), group.prefix_length
        ids += group.examples[0].prompt[:prefix]
        positions += range(prefix)
        lengths = []
        for example in group.examples:
            rest = (*example.prompt[prefix:], *example.completion)[:-1]
            ids += rest
            positions += range(prefix, prefix + len(rest))
            active += range(len(ids) - len(rest) + max(0, example.activated_from - prefix), len(ids))
            supervised += range(len(ids) - len(example.completion), len(ids))
            targets += example.completion
            lengths.append(len(rest))
        if len(lengths) == 1:
            spans.append(GroupSpan(start, len(ids), len(ids), None))
        else:
            spans.append(GroupSpan(start, start + prefix, len(ids), _mask(prefix, lengths, dtype).to(device)))
    return MicroBatch(
        torch.tensor([ids], device=device),
        torch.tensor([positions], device=device),
        tuple(spans),
        torch.tensor(active, dtype=torch.int64, device=device),
        torch.tensor(supervised, device=device),
        torch.tensor(targets, device=device),
    )


def _mask(prefix: int, lengths: Sequence[int], dtype: torch.dtype) -> torch.Tensor:
    """(row tokens, prefix + row tokens): 0 where a token may attend, a large negative value elsewhere."""
    total = sum(lengths)
    mask = torch.full((total, prefix + total), MASKED, dtype=dtype)
    mask[:, :prefix] = 0
    start = 0
    for length in lengths:
        own = mask[start : start + length, prefix + start : prefix + start + length]
        own.masked_fill_(torch.ones((length, length), dtype=torch.bool).tril(), 0)
        start += length
    return mask


def prefix_group_attention(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    *,
    spans: Sequence[GroupSpan],
    scaling: float | None = None,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """Attention over concatenated groups: causal in prefixes; a row attends to the prefix and itself.

    query (1, heads, tokens, dim), key and value (1, kv heads, tokens, dim) -> (1, tokens, heads, dim).
    """
    del module, attention_mask
    repeats = query.shape[1] // key.shape[1]
    key, value = key.repeat_interleave(repeats, 1), value.repeat_interleave(repeats, 1)
    attend = functional.scaled_dot_product_attention
    pieces = []
    for span in spans:
        prefix, rows, whole_group = (
            slice(span.start, span.prefix_end),
            slice(span.prefix_end, span.end),
            slice(span.start, span.end),
        )
        pieces.append(
            attend(query[:, :, prefix], key[:, :, prefix], value[:, :, prefix], is_causal=True, scale=scaling)
        )
        if span.mask is not None:
            pieces.append(
                attend(
                    query[:, :, rows],
                    key[:, :, whole_group],
                    value[:, :, whole_group],
                    attn_mask=span.mask,
                    scale=scaling,
                )
            )
    return torch.cat(pieces, 2).transpose(1, 2), None
