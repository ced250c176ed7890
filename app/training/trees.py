"""Rows that begin alike share their beginning, and lie in steps whose micro-batches bound what is computed at once.

Several questions about the same passages share nearly their whole prompt. They become one sequence: the shared trunk
once, then each row's rest as a branch that sees the trunk and itself.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from app.training.examples import Example

Item = TypeVar("Item")
MOST_BRANCHES = 6
LEAST_SHARED = 0.5  # of the shorter prompt: below, sharing gains little


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
class Step:
    """One optimizer step: its micro-batches, each a list of trees."""

    micro_batches: tuple[tuple[Tree, ...], ...]

    @property
    def rows(self) -> int:
        return sum(len(tree.examples) for batch in self.micro_batches for tree in batch)

    @property
    def tokens(self) -> int:
        """Input tokens that are computed: what rows share counts once."""
        return sum(map(_tokens, self.micro_batches))

    @property
    def largest(self) -> int:
        """Input tokens of its largest micro-batch."""
        return max(map(_tokens, self.micro_batches))

    @property
    def row_tokens(self) -> int:
        """As if no row shared anything: what throughput is counted in."""
        return sum(e.tokens for batch in self.micro_batches for tree in batch for e in tree.examples)

    @property
    def targets(self) -> int:
        return sum(len(e.completion) for batch in self.micro_batches for tree in batch for e in tree.examples)

    def within(self, most_tokens: int) -> Step:
        """The same rows in micro-batches of at most so many tokens; a single row that is longer stays as it is."""
        if self.largest <= most_tokens:
            return self
        trees = [part for batch in self.micro_batches for tree in batch for part in _parts(tree, most_tokens)]
        return _step(trees, most_tokens)


def _tokens(batch: Sequence[Tree]) -> int:
    return sum(tree.tokens for tree in batch)


def _parts(tree: Tree, most_tokens: int) -> list[Tree]:
    """The tree, or smaller ones of its rows, each with the trunk for itself."""
    if tree.tokens <= most_tokens or len(tree.examples) == 1:
        return [tree]
    half = len(tree.examples) // 2
    halves = (tree.examples[:half], tree.examples[half:])
    return [part for rows in halves for part in _parts(Tree(tree.trunk if len(rows) > 1 else 0, rows), most_tokens)]


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
    order = _shuffled(trees, seed)
    bounds = [*_first_of_steps([len(tree.examples) for tree in order], rows_per_step), len(order)]
    return [_step(order[start:end], micro_batch_tokens) for start, end in pairwise(bounds)]


def count_steps(sizes: Sequence[int], rows_per_step: int) -> int:
    """Steps of an epoch over trees with so many rows each, none of which is torn: not what rows alone would need."""
    return len(_first_of_steps(_shuffled(sizes, 0), rows_per_step))


def _shuffled(order: Sequence[Item], seed: int) -> list[Item]:
    shuffled = list(order)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    return shuffled


def _first_of_steps(sizes: Sequence[int], rows_per_step: int) -> list[int]:
    """Places of the trees that begin a step: as many follow as fit."""
    places: list[int] = []
    rows = 0
    for place, size in enumerate(sizes):
        if not places or rows + size > rows_per_step:
            places.append(place)
            rows = 0
        rows += size
    return places


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
