"""The packed batch of one step: which rows belong to which sequence and which adapter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch

from app.engine.kv import KVAllocation, KVCache
from app.engine.lora import AdapterWeights, Segment


@dataclass(slots=True)
class SequenceSpan:
    """Rows start..end (exclusive) of the packed tokens: the next tokens of one sequence."""

    start: int
    end: int
    allocation: KVAllocation
    past_length: int  # cached positions before this step
    masks: dict[int | None, torch.Tensor] = field(default_factory=dict)  # by sliding window

    @property
    def count(self) -> int:
        return self.end - self.start

    def mask(self, window: int | None, device: torch.device) -> torch.Tensor:
        """(count, past_length + count) bool: True where a row may attend. Built once a step for all layers."""
        if window not in self.masks:
            rows = torch.arange(self.past_length, self.past_length + self.count, device=device)[:, None]
            columns = torch.arange(self.past_length + self.count, device=device)[None, :]
            mask = columns <= rows
            if window is not None:
                mask &= columns > rows - window
            self.masks[window] = mask
        return self.masks[window]


@dataclass(slots=True)
class ScheduledSequence:
    """The tokens of one sequence to run in this step, after those that its allocation holds."""

    tokens: Sequence[int]
    allocation: KVAllocation
    adapter: AdapterWeights | None


@dataclass(slots=True)
class PackedBatch:
    """All tokens of a step. Sequences of one adapter are adjacent, those without one last: segments are views."""

    kv: KVCache
    token_ids: torch.Tensor  # (1, rows)
    position_ids: torch.Tensor  # (1, rows)
    last_rows: torch.Tensor  # (spans,): the row whose logits each sequence needs
    positions: torch.Tensor  # (rows,): arena position of each row's key and value
    spans: list[SequenceSpan]
    span_table: torch.Tensor  # (spans, 4): start, count, past_length, allocation start; read by native attention
    segments: list[Segment]
    order: list[int]  # spans[i] belongs to scheduled[order[i]]


def pack(scheduled: Sequence[ScheduledSequence], kv: KVCache, device: str) -> PackedBatch:
    """Pack the scheduled tokens of a step, grouped by adapter."""
    # Two adapter objects with equal content may stay apart, so grouping by identity is enough.
    order = sorted(range(len(scheduled)), key=lambda i: (scheduled[i].adapter is None, id(scheduled[i].adapter)))
    tokens: list[int] = []
    position_ids: list[int] = []
    arena: list[int] = []
    spans: list[SequenceSpan] = []
    segments: list[Segment] = []
    for i in order:
        one = scheduled[i]
        start, past_length = len(tokens), one.allocation.length
        tokens += one.tokens
        count = len(one.tokens)
        position_ids += range(past_length, past_length + count)
        arena += range(one.allocation.start + past_length, one.allocation.start + past_length + count)
        spans.append(SequenceSpan(start, len(tokens), one.allocation, past_length))
        if one.adapter is None:
            continue
        if segments and segments[-1].adapter is one.adapter:
            segments[-1].end = len(tokens)
        else:
            segments.append(Segment(start, len(tokens), one.adapter))
    return PackedBatch(
        kv=kv,
        token_ids=torch.tensor([tokens], device=device),
        position_ids=torch.tensor([position_ids], device=device),
        last_rows=torch.tensor([span.end - 1 for span in spans], device=device),
        positions=torch.tensor(arena, device=device),
        spans=spans,
        span_table=torch.tensor([(span.start, span.count, span.past_length, span.allocation.start) for span in spans]),
        segments=segments,
        order=order,
    )
