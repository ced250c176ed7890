"""Keys and values of all sequences in one arena: a contiguous range of positions each, reused by prefix.

A range is reserved for prompt and answer together before a sequence runs, so a decode never runs out of memory.
The range of an ended sequence is retained until its place is needed; a new sequence of the same owner that begins
with the same tokens copies what they share. Owners never share: an owner is a tenant and an adapter version.
"""

from __future__ import annotations

import bisect
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from app.engine import native
from app.errors import WeightsUnavailable

GRANULE = 16  # positions; ranges are multiples of it


@dataclass(eq=False, slots=True)
class Slot:
    """One sequence's range of positions. `tokens` are those whose keys and values are in the arena."""

    owner: Hashable
    start: int
    capacity: int
    tokens: list[int] = field(default_factory=list)

    @property
    def length(self) -> int:
        return len(self.tokens)


@dataclass(slots=True)
class KVStats:
    prefix_hits: int = 0
    prefix_tokens: int = 0  # positions copied instead of computed
    evictions: int = 0


class KVCache:
    """Not thread-safe: the engine's thread calls it.

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
        positions = budget_bytes // self.position_bytes // GRANULE * GRANULE
        if positions < rounded(context_tokens):
            needed = self.position_bytes * rounded(context_tokens) / 2**20
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
        self._free = FreeRanges(positions)
        self._active: list[Slot] = []
        self._retained: list[Slot] = []  # least recently used first

    def reserve(self, owner: Hashable, prompt: Sequence[int], positions: int) -> Slot | None:
        """A slot for `positions` with the longest known prefix of `prompt` in it, all but its last token at most.

        None if there is no room now; running sequences will make some.
        """
        capacity = rounded(positions)
        source, shared = self._longest_prefix(owner, prompt[:-1])
        start = self._make_room(capacity, source)
        if start is None and source in self._retained:
            source, shared = None, 0
            start = self._make_room(capacity, None)
        if start is None:
            return None
        slot = Slot(owner, start, capacity)
        if source is not None and shared:
            self._copy(source, slot, shared)
            self.stats.prefix_hits += 1
            self.stats.prefix_tokens += shared
            if source in self._retained:
                self._retained.append(self._retained.pop(self._retained.index(source)))
        self._active.append(slot)
        return slot

    def release(self, slot: Slot, *, retain: bool = True) -> None:
        """Give a slot back; retained, its tokens can serve as a prefix until its place is needed."""
        self._active.remove(slot)
        used = rounded(slot.length)
        if not retain or not used:
            self._free.give(slot.start, slot.capacity)
            return
        if used < slot.capacity:
            self._free.give(slot.start + used, slot.capacity - used)
            slot.capacity = used
        # A slot that another one begins with serves nobody any more.
        for other in [other for other in self._retained if other.owner == slot.owner]:
            if shared_prefix(other.tokens, slot.tokens) == other.length:
                self._drop(other)
        self._retained.append(slot)

    def usage(self) -> tuple[int, int]:
        """(positions of running sequences, positions retained)."""
        return sum(slot.capacity for slot in self._active), sum(slot.capacity for slot in self._retained)

    def _longest_prefix(self, owner: Hashable, tokens: Sequence[int]) -> tuple[Slot | None, int]:
        best, longest = None, 0
        for slot in (*self._retained, *self._active):
            if slot.owner == owner and (shared := shared_prefix(slot.tokens, tokens)) > longest:
                best, longest = slot, shared
        return best, longest

    def _make_room(self, capacity: int, keep: Slot | None) -> int | None:
        """Start of a free range, evicting retained slots other than `keep`, the least recently used first."""
        while (start := self._free.take(capacity)) is None:
            victim = next((slot for slot in self._retained if slot is not keep), None)
            if victim is None:
                return None
            self._drop(victim)
            self.stats.evictions += 1
        return start

    def _drop(self, slot: Slot) -> None:
        self._retained.remove(slot)
        self._free.give(slot.start, slot.capacity)

    def _copy(self, source: Slot, target: Slot, count: int) -> None:
        for arena in (self.keys, self.values):
            arena[:, :, target.start : target.start + count] = arena[:, :, source.start : source.start + count]
        target.tokens = source.tokens[:count]


class FreeRanges:
    """First-fit allocation of ranges of positions."""

    def __init__(self, size: int) -> None:
        self._ranges = [(0, size)]  # (start, length), by start, never adjacent

    def take(self, length: int) -> int | None:
        for i, (start, free) in enumerate(self._ranges):
            if free >= length:
                self._ranges[i : i + 1] = [(start + length, free - length)] if free > length else []
                return start
        return None

    def give(self, start: int, length: int) -> None:
        at = bisect.bisect(self._ranges, (start, length))
        if at < len(self._ranges) and self._ranges[at][0] == start + length:
            length += self._ranges.pop(at)[1]
        if at and sum(self._ranges[at - 1]) == start:
            at -= 1
            start, before = self._ranges.pop(at)
            length += before
        self._ranges.insert(at, (start, length))


def shared_prefix(a: Sequence[int], b: Sequence[int]) -> int:
    """How many tokens both begin with."""
    shortest = min(len(a), len(b))
    if a[:shortest] == b[:shortest]:
        return shortest
    return next(i for i in range(shortest) if a[i] != b[i])


def head_dim(config: Any) -> int:
    return int(getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads)


def rounded(positions: int) -> int:
    return -(-positions // GRANULE) * GRANULE
