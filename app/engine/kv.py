"""The KV cache: keys and values of all sequences in one arena, a contiguous range of positions for each.

A range is reserved for prompt and answer together before a sequence runs, so a decode never runs out of memory. The
range of an ended sequence is retained until its memory is needed. A new sequence of the same owner copies the longest
common prefix that was computed alike: equal tokens, by the base or by the same adapter version active from the same
position. An owner is a tenant; owners never share a prefix.
"""

from __future__ import annotations

import bisect
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from app.engine import native
from app.errors import WeightsUnavailable

BLOCK_POSITIONS = 16  # the length of a range is a multiple of this many positions


@dataclass(frozen=True, slots=True)
class Origin:
    """What computes the keys and values of a sequence: the base, and from a position on an adapter version.

    The base: adapter None. A plain adapter: active from 0. An activated one: from its invocation.
    """

    adapter: Hashable | None = None
    active_from: int = 0

    def common_positions(self, other: Origin) -> int | None:
        """How many first positions both compute alike, whatever the tokens; None: all."""
        if self == other:
            return None
        return min(one.active_from for one in (self, other) if one.adapter is not None)


BASE = Origin()


@dataclass(eq=False, slots=True)
class KVAllocation:
    """The range of positions of one sequence. `tokens` are the tokens whose keys and values are in the arena."""

    owner: Hashable
    start: int
    capacity: int
    tokens: list[int] = field(default_factory=list)
    origin: Origin = BASE
    scored: int = 0  # positions after `tokens` that hold scored continuations, which no other sequence continues

    @property
    def length(self) -> int:
        return len(self.tokens)

    @property
    def filled(self) -> int:
        return len(self.tokens) + self.scored

    def common_prefix(self, origin: Origin, tokens: Sequence[int]) -> int:
        """How many positions a sequence of `tokens` with this origin can copy from this one of the same owner."""
        common = self.origin.common_positions(origin)
        return common_prefix_length(self.tokens[:common], tokens)


@dataclass(slots=True)
class KVStats:
    prefix_hits: int = 0
    prefix_tokens: int = 0  # positions copied instead of computed
    evictions: int = 0


class KVCache:
    """Not thread-safe: only the engine's thread calls it.

    keys and values: (layers, kv_heads, positions, head_dim).
    """

    def __init__(
        self,
        config: Any,
        *,
        budget_bytes: int,
        context_tokens: int,
        dtype: torch.dtype,
        device: str,
    ) -> None:
        """Raises WeightsUnavailable if the budget cannot hold one full context."""
        heads, dim = config.num_key_value_heads, head_dim(config)
        self.position_bytes = 2 * config.num_hidden_layers * heads * dim * dtype.itemsize
        positions = budget_bytes // self.position_bytes // BLOCK_POSITIONS * BLOCK_POSITIONS
        if positions < round_up(context_tokens):
            needed = self.position_bytes * round_up(context_tokens) / 2**20
            raise WeightsUnavailable(
                f"One context of {context_tokens} tokens takes {needed:.0f} MiB of keys and values, more than "
                "LORACLE_KV_CACHE_BYTES allows; raise it or lower LORACLE_CONTEXT_TOKENS."
            )
        shape = (config.num_hidden_layers, heads, positions, dim)
        self.keys = torch.empty(shape, dtype=dtype, device=device)
        self.values = torch.empty(shape, dtype=dtype, device=device)
        self.positions = positions
        self.native = dtype == torch.bfloat16 and device == "cpu" and dim % native.COLUMNS == 0 and native.available()
        self.stats = KVStats()
        self._allocator = RangeAllocator(positions)
        self._active: list[KVAllocation] = []
        self._retained: list[KVAllocation] = []  # least recently used first

    def reserve(
        self, owner: Hashable, prompt: Sequence[int], positions: int, origin: Origin = BASE
    ) -> KVAllocation | None:
        """Reserve `positions`, with the longest cached prefix of `prompt` copied in, at most all but its last token.

        `origin` is what will compute the sequence. Returns None if there is no free range now; sequences that end will
        free some.
        """
        capacity = round_up(positions)
        cached, shared = self._longest_prefix(owner, origin, prompt[:-1])
        start = self._allocate_range(capacity, cached)
        if start is None and cached in self._retained:
            cached, shared = None, 0
            start = self._allocate_range(capacity, None)
        if start is None:
            return None
        allocation = KVAllocation(owner, start, capacity, origin=origin)
        if cached is not None and shared:
            self._copy_prefix(cached, allocation, shared)
            self.stats.prefix_hits += 1
            self.stats.prefix_tokens += shared
            if cached in self._retained:
                self._retained.append(self._retained.pop(self._retained.index(cached)))
        self._active.append(allocation)
        return allocation

    def release(self, allocation: KVAllocation, *, retain: bool = True) -> None:
        """Release an allocation. With `retain`, its tokens stay usable as a prefix until the memory is needed."""
        self._active.remove(allocation)
        allocation.scored = 0
        used = round_up(allocation.length)
        if not retain or not used:
            self._allocator.free(allocation.start, allocation.capacity)
            return
        if used < allocation.capacity:
            self._allocator.free(allocation.start + used, allocation.capacity - used)
            allocation.capacity = used
        # An older allocation that is a prefix of this one is redundant.
        for other in [other for other in self._retained if other.owner == allocation.owner]:
            if other.common_prefix(allocation.origin, allocation.tokens) == other.length:
                self._free_retained(other)
        self._retained.append(allocation)

    def usage(self) -> tuple[int, int]:
        """Positions in use: (by running sequences, retained)."""
        return sum(one.capacity for one in self._active), sum(one.capacity for one in self._retained)

    def _longest_prefix(
        self, owner: Hashable, origin: Origin, tokens: Sequence[int]
    ) -> tuple[KVAllocation | None, int]:
        best, length_found = None, 0
        for allocation in (*self._retained, *self._active):
            if allocation.owner == owner and (shared := allocation.common_prefix(origin, tokens)) > length_found:
                best, length_found = allocation, shared
        return best, length_found

    def _allocate_range(self, capacity: int, exclude: KVAllocation | None) -> int | None:
        """Allocate a range and return its start; evicts retained allocations except `exclude`, the oldest first."""
        while (start := self._allocator.allocate(capacity)) is None:
            victim = next((allocation for allocation in self._retained if allocation is not exclude), None)
            if victim is None:
                return None
            self._free_retained(victim)
            self.stats.evictions += 1
        return start

    def _free_retained(self, allocation: KVAllocation) -> None:
        self._retained.remove(allocation)
        self._allocator.free(allocation.start, allocation.capacity)

    def _copy_prefix(self, cached: KVAllocation, target: KVAllocation, count: int) -> None:
        for arena in (self.keys, self.values):
            arena[:, :, target.start : target.start + count] = arena[:, :, cached.start : cached.start + count]
        target.tokens = cached.tokens[:count]


class RangeAllocator:
    """First-fit allocator of ranges of positions."""

    def __init__(self, size: int) -> None:
        self._ranges = [(0, size)]  # (start, length), by start, never adjacent

    def allocate(self, length: int) -> int | None:
        for i, (start, free) in enumerate(self._ranges):
            if free >= length:
                self._ranges[i : i + 1] = [(start + length, free - length)] if free > length else []
                return start
        return None

    def free(self, start: int, length: int) -> None:
        at = bisect.bisect(self._ranges, (start, length))
        if at < len(self._ranges) and self._ranges[at][0] == start + length:
            length += self._ranges.pop(at)[1]
        if at and sum(self._ranges[at - 1]) == start:
            at -= 1
            start, before = self._ranges.pop(at)
            length += before
        self._ranges.insert(at, (start, length))


def common_prefix_length(a: Sequence[int], b: Sequence[int]) -> int:
    """Number of tokens in the common prefix of `a` and `b`."""
    shortest = min(len(a), len(b))
    if a[:shortest] == b[:shortest]:
        return shortest
    return next(i for i in range(shortest) if a[i] != b[i])


def head_dim(config: Any) -> int:
    return int(getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads)


def round_up(positions: int) -> int:
    return -(-positions // BLOCK_POSITIONS) * BLOCK_POSITIONS
