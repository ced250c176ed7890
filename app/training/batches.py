"""Examples to batches: rows that begin alike share their beginning, nothing is padded, tokens bound memory.

Several questions about the same passages share nearly their whole prompt. They become one sequence: the shared trunk
once, then each row's rest as a branch that sees the trunk and itself. Positions and masks are those of separate rows,
so losses and gradients are the same, at a fraction of the work.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from torch.nn import functional

from app.training.examples import Example

MOST_BRANCHES = 6
LEAST_SHARED = 0.5  # of the shorter prompt: below, sharing gains little
MASKED = torch.finfo(torch.bfloat16).min
ATTENTION = "loracle_trees"


@dataclass(frozen=True, slots=True)
class Tree:
    """A trunk of tokens and the examples that branch off it; one example alone is a trunk with one branch."""

    trunk: int  # tokens the examples share
    examples: tuple[Example, ...]

    @property
    def tokens(self) -> int:
        """Input tokens: the last of each completion is only ever a target."""
        return self.trunk + sum(example.tokens - 1 - self.trunk for example in self.examples)


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


@dataclass(frozen=True, slots=True)
class Step:
    """One optimizer step: its micro-batches, each a list of trees."""

    micro_batches: tuple[tuple[Tree, ...], ...]

    @property
    def rows(self) -> int:
        return sum(len(tree.examples) for batch in self.micro_batches for tree in batch)

    @property
    def row_tokens(self) -> int:
        """As if no row shared anything: what throughput is counted in."""
        return sum(e.tokens for batch in self.micro_batches for tree in batch for e in tree.examples)

    @property
    def targets(self) -> int:
        return sum(len(e.completion) for batch in self.micro_batches for tree in batch for e in tree.examples)


def grow_trees(examples: Sequence[Example], *, most_tokens: int, share: bool = True) -> list[Tree]:
    """Group examples whose prompts begin alike, each tree of at most `most_tokens` where it has several rows."""
    trees: list[Tree] = []
    for example in sorted(examples, key=lambda e: (e.prompt, e.line)) if share else examples:
        joined = _joined(trees[-1], example) if share and trees else None
        if joined is not None and joined.tokens <= most_tokens:
            trees[-1] = joined
        else:
            trees.append(Tree(0, (example,)))
    return trees


def _joined(tree: Tree, example: Example) -> Tree | None:
    """The tree with one more branch, unless it is full or shares too little."""
    if len(tree.examples) >= MOST_BRANCHES:
        return None
    prompts = [one.prompt for one in (*tree.examples, example)]
    # Every branch keeps a token of its own prompt: its first target is predicted inside the branch.
    most = min(map(len, prompts)) - 1
    shared = min(_common(a, b, most) for a, b in pairwise(prompts))
    return Tree(shared, (*tree.examples, example)) if shared >= LEAST_SHARED * most and shared else None


def _common(a: Sequence[int], b: Sequence[int], most: int) -> int:
    return next((place for place in range(most) if a[place] != b[place]), most)


def plan_epoch(trees: Sequence[Tree], *, rows_per_step: int, micro_batch_tokens: int, seed: int) -> list[Step]:
    """Every tree once, in an order that depends on the seed alone; similar lengths meet in a micro-batch."""
    order = list(trees)
    random.Random(seed).shuffle(order)  # noqa: S311 - an order, not a secret
    return [_step(chunk, micro_batch_tokens) for chunk in _chunks(order, rows_per_step)]


def _chunks(order: Sequence[Tree], rows_per_step: int) -> list[list[Tree]]:
    chunks: list[list[Tree]] = [[]]
    rows = 0
    for tree in order:
        if rows and rows + len(tree.examples) > rows_per_step:
            chunks.append([])
            rows = 0
        chunks[-1].append(tree)
        rows += len(tree.examples)
    return [chunk for chunk in chunks if chunk]


def _step(trees: Sequence[Tree], micro_batch_tokens: int) -> Step:
    """First fit, the largest first: few micro-batches, none above the bound but for a single larger tree."""
    batches: list[list[Tree]] = []
    room: list[int] = []
    for tree in sorted(trees, key=lambda one: -one.tokens):
        place = next((i for i, left in enumerate(room) if left >= tree.tokens), len(batches))
        if place == len(batches):
            batches.append([])
            room.append(micro_batch_tokens)
        batches[place].append(tree)
        room[place] -= tree.tokens
    return Step(tuple(map(tuple, batches)))


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
