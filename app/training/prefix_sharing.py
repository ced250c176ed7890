"""Groups rows by a shared prompt prefix, and plans optimizer steps as micro-batches of limited size.

Several questions about the same passages share nearly their whole prompt. They become one sequence: the shared prefix
once, then the rest of each row, which attends to the prefix and to itself.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from app.training.examples import Example

Item = TypeVar("Item")
MAX_GROUP_ROWS = 6
MIN_SHARED_PART = 0.5  # minimal share of the shorter prompt; below it, sharing saves little


@dataclass(frozen=True, slots=True)
class PrefixGroup:
    """Examples that share a prefix of `prefix_length` tokens; a single example has a prefix of length 0."""

    prefix_length: int  # tokens that the examples share
    examples: tuple[Example, ...]

    @property
    def tokens(self) -> int:
        """Input tokens. The last token of each completion is only a target."""
        return self.prefix_length + sum(example.tokens - 1 - self.prefix_length for example in self.examples)


@dataclass(frozen=True, slots=True)
class Step:
    """One optimizer step: its micro-batches, each a tuple of prefix groups."""

    micro_batches: tuple[tuple[PrefixGroup, ...], ...]

    @property
    def rows(self) -> int:
        return sum(len(group.examples) for batch in self.micro_batches for group in batch)

    @property
    def tokens(self) -> int:
        """Input tokens to compute; shared prefixes count once."""
        return sum(map(_batch_tokens, self.micro_batches))

    @property
    def max_micro_batch_tokens(self) -> int:
        """Input tokens of the largest micro-batch."""
        return max(map(_batch_tokens, self.micro_batches))

    @property
    def row_tokens(self) -> int:
        """Tokens of all rows without sharing; throughput is counted in these."""
        return sum(e.tokens for batch in self.micro_batches for group in batch for e in group.examples)

    @property
    def targets(self) -> int:
        return sum(len(e.completion) for batch in self.micro_batches for group in batch for e in group.examples)

    def limited_to(self, max_tokens: int) -> Step:
        """The same rows in micro-batches of at most `max_tokens`; a single longer row stays unsplit."""
        if self.max_micro_batch_tokens <= max_tokens:
            return self
        groups = [part for batch in self.micro_batches for group in batch for part in _split_group(group, max_tokens)]
        return _pack_step(groups, max_tokens)


def _batch_tokens(batch: Sequence[PrefixGroup]) -> int:
    return sum(group.tokens for group in batch)


def _split_group(group: PrefixGroup, max_tokens: int) -> list[PrefixGroup]:
    """Split a group into smaller ones if it is too large; each repeats the shared prefix."""
    if group.tokens <= max_tokens or len(group.examples) == 1:
        return [group]
    half = len(group.examples) // 2
    halves = (group.examples[:half], group.examples[half:])
    smaller = [PrefixGroup(group.prefix_length if len(rows) > 1 else 0, rows) for rows in halves]
    return [part for one in smaller for part in _split_group(one, max_tokens)]


def group_by_prefix(
    examples: Sequence[Example], *, max_tokens: int, share_prefixes: bool = True, activated: bool = False
) -> list[PrefixGroup]:
    """Group examples by a common prompt prefix. A group of several rows has at most `max_tokens`.

    With `activated`, prefixes end before an activated adapter acts: what is shared is the base's.
    """
    groups: list[PrefixGroup] = []
    for example in sorted(examples, key=lambda e: (e.prompt, e.line)) if share_prefixes else examples:
        joined = _extend_group(groups[-1], example, activated=activated) if share_prefixes and groups else None
        if joined is not None and joined.tokens <= max_tokens:
            groups[-1] = joined
        else:
            groups.append(PrefixGroup(0, (example,)))
    return groups


def _extend_group(group: PrefixGroup, example: Example, *, activated: bool) -> PrefixGroup | None:
    """The group with one more example, or None if it is full or shares too little."""
    if len(group.examples) >= MAX_GROUP_ROWS:
        return None
    examples = (*group.examples, example)
    prompts = [one.prompt for one in examples]
    # Each row keeps at least one prompt token of its own, which predicts its first target.
    limit = min(map(len, prompts)) - 1
    if activated:
        limit = min(limit, *(one.activated_from for one in examples))
    shared = min(_common_prefix_length(a, b, limit) for a, b in pairwise(prompts))
    return PrefixGroup(shared, examples) if shared >= MIN_SHARED_PART * limit and shared else None


def _common_prefix_length(a: Sequence[int], b: Sequence[int], limit: int) -> int:
    return next((index for index in range(limit) if a[index] != b[index]), limit)


def plan_epoch(groups: Sequence[PrefixGroup], *, rows_per_step: int, micro_batch_tokens: int, seed: int) -> list[Step]:
    """Steps over every group once, in an order that depends only on the seed."""
    order = _shuffle(groups, seed)
    bounds = [*_step_starts([len(group.examples) for group in order], rows_per_step), len(order)]
    return [_pack_step(order[start:end], micro_batch_tokens) for start, end in pairwise(bounds)]


def count_steps(sizes: Sequence[int], rows_per_step: int) -> int:
    """Number of steps of an epoch over groups of these sizes. Groups are never split between steps."""
    return len(_step_starts(_shuffle(sizes, 0), rows_per_step))


def _shuffle(order: Sequence[Item], seed: int) -> list[Item]:
    shuffled = list(order)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    return shuffled


def _step_starts(sizes: Sequence[int], rows_per_step: int) -> list[int]:
    """Indexes of the groups that start a step; a step takes as many groups as fit."""
    starts: list[int] = []
    rows = 0
    for index, size in enumerate(sizes):
        if not starts or rows + size > rows_per_step:
            starts.append(index)
            rows = 0
        rows += size
    return starts


def _pack_step(groups: Sequence[PrefixGroup], micro_batch_tokens: int) -> Step:
    """Pack groups by first fit, the largest first. Only a single larger group exceeds the bound."""
    batches: list[list[PrefixGroup]] = []
    free_tokens: list[int] = []
    for group in sorted(groups, key=lambda one: -one.tokens):
        index = next((i for i, available in enumerate(free_tokens) if available >= group.tokens), len(batches))
        if index == len(batches):
            batches.append([])
            free_tokens.append(micro_batch_tokens)
        batches[index].append(group)
        free_tokens[index] -= group.tokens
    return Step(tuple(map(tuple, batches)))
