"""The packed batch of one step: which rows belong to which sequence and which adapter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import torch

from app.engine.kv import KVAllocation, KVCache
from app.engine.lora import AdapterWeights, Segment


@dataclass(frozen=True, slots=True)
class Branches:
    """Continuations of one prompt, one after the other in its allocation; each sees the prompt and itself.

    Places are indexes into the allocation: 0 to `trunk` (exclusive) is the prompt, then come the branches.
    """

    trunk: int
    starts: tuple[int, ...]  # the place of each branch's first token, ascending; the first is `trunk`

    def start(self, place: int) -> int:
        """The first place of the branch that `place` belongs to; 0 in the prompt."""
        return 0 if place < self.trunk else self.starts[bisect_right(self.starts, place) - 1]

    def position(self, place: int) -> int:
        """The position of a place in its own text."""
        return place if place < self.trunk else self.trunk + place - self.start(place)


@dataclass(slots=True)
class SequenceSpan:
    """Rows start..end (exclusive) of the packed tokens: the next tokens of one sequence."""

    start: int
    end: int
    allocation: KVAllocation
    past_length: int  # cached positions before this step
    branches: Branches | None = None  # None: each row sees all before it
    masks: dict[int | None, torch.Tensor] = field(default_factory=dict)  # by sliding window

    @property
    def count(self) -> int:
        return self.end - self.start

    def mask(self, window: int | None, device: torch.device) -> torch.Tensor:
        """(count, past_length + count) bool: True where a row may attend. Built once a step for all layers."""
        if window not in self.masks:
            total = self.past_length + self.count
            rows = torch.arange(self.past_length, total, device=device)[:, None]
            columns = torch.arange(total, device=device)[None, :]
            mask = columns <= rows
            positions = columns
            if self.branches is not None:
                starts = torch.tensor([self.branches.start(place) for place in range(total)], device=device)
                positions = torch.tensor([[self.branches.position(place) for place in range(total)]], device=device)
                mask &= (columns < self.branches.trunk) | (columns >= starts[self.past_length :, None])
            if window is not None:
                mask &= positions > positions[0, self.past_length :, None] - window
            self.masks[window] = mask
        return self.masks[window]


@dataclass(slots=True)
class ScheduledSequence:
    """The tokens of one sequence to run in this step, after those that its allocation holds."""

    tokens: Sequence[int]
    allocation: KVAllocation
    adapter: AdapterWeights | None
    active_from: int = 0  # place in the allocation from which the adapter acts
    logit_rows: int = 1  # how many of the last tokens need logits, at least 1
    branches: Branches | None = None

    @property
    def end(self) -> int:
        return self.allocation.filled + len(self.tokens)

    @property
    def inactive(self) -> int:
        """How many of the tokens, the first ones, run without the adapter."""
        if self.adapter is None:
            return len(self.tokens)
        return min(max(0, self.active_from - self.allocation.filled), len(self.tokens))

    def branches_in_use(self) -> Branches | None:
        """`branches`, if a token of this step lies behind the first: before, each row sees all before it."""
        branches = self.branches
        return branches if branches is not None and len(branches.starts) > 1 and self.end > branches.starts[1] else None


@dataclass(slots=True)
class PackedBatch:
    """All tokens of a step, so ordered that the rows of an adapter are few ranges: segments are views."""

    kv: KVCache
    token_ids: torch.Tensor  # (1, rows)
    position_ids: torch.Tensor  # (1, rows)
    logit_rows: torch.Tensor  # (logits,): the rows whose logits are needed, span by span
    logit_counts: list[int]  # by span: how many of them
    positions: torch.Tensor  # (rows,): arena position of each row's key and value
    spans: list[SequenceSpan]
    span_table: torch.Tensor  # (spans without branches, 4): start, count, past_length, allocation start; for kernels
    segments: list[Segment]
    order: list[int]  # spans[i] belongs to scheduled[order[i]]

    @property
    def branched(self) -> list[SequenceSpan]:
        """The spans that native attention cannot compute: rows that do not see all before them."""
        return [span for span in self.spans if span.branches is not None]


def pack(scheduled: Sequence[ScheduledSequence], kv: KVCache, device: str) -> PackedBatch:
    """Pack the scheduled tokens of a step, grouped by adapter."""
    order = _grouped(scheduled)
    tokens: list[int] = []
    position_ids: list[int] = []
    arena: list[int] = []
    logit_rows: list[int] = []
    spans: list[SequenceSpan] = []
    segments: list[Segment] = []
    for i in order:
        one = scheduled[i]
        start, past_length, branches = len(tokens), one.allocation.filled, one.branches_in_use()
        tokens += one.tokens
        end = len(tokens)
        places = range(past_length, one.end)
        position_ids += places if branches is None else map(branches.position, places)
        arena += range(one.allocation.start + past_length, one.allocation.start + one.end)
        logit_rows += range(end - one.logit_rows, end)
        spans.append(SequenceSpan(start, end, one.allocation, past_length, branches))
        if one.adapter is not None and one.inactive < len(one.tokens):
            _add_segment(segments, start + one.inactive, end, one.adapter)
    table = [(span.start, span.count, span.past_length, span.allocation.start) for span in spans if not span.branches]
    return PackedBatch(
        kv=kv,
        token_ids=torch.tensor([tokens], device=device),
        position_ids=torch.tensor([position_ids], device=device),
        logit_rows=torch.tensor(logit_rows, device=device),
        logit_counts=[scheduled[i].logit_rows for i in order],
        positions=torch.tensor(arena, device=device),
        spans=spans,
        span_table=torch.tensor(table, dtype=torch.int64).view(-1, 4),
        segments=segments,
        order=order,
    )


def _grouped(scheduled: Sequence[ScheduledSequence]) -> list[int]:
    """The order of the sequences: by adapter, those that run without one last.

    Of one adapter, sequences that it changes in part come first: their changed rows end the span, so those of the first
    and of all that it changes whole are one range.
    """

    def key(i: int) -> tuple[bool, int, bool]:
        one = scheduled[i]
        # Two adapter objects with equal content may stay apart, so grouping by identity is enough.
        return (one.inactive == len(one.tokens), id(one.adapter), one.inactive == 0)

    return sorted(range(len(scheduled)), key=key)


def _add_segment(segments: list[Segment], start: int, end: int, adapter: AdapterWeights) -> None:
    if segments and segments[-1].adapter is adapter and segments[-1].end == start:
        segments[-1].end = end
    else:
        segments.append(Segment(start, end, adapter))
