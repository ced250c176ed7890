"""One step's packed batch: which rows belong to which sequence and which adapter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch

from app.engine.kv import KVCache, Slot
from app.engine.lora import AdapterWeights, Segment


@dataclass(slots=True)
class Span:
    """Rows start..end (exclusive) of the packed tokens: the next tokens of one sequence."""

    start: int
    end: int
    slot: Slot
    past: int  # positions in the slot before this step
    masks: dict[int | None, torch.Tensor] = field(default_factory=dict)  # by sliding window

    @property
    def count(self) -> int:
        return self.end - self.start

    def mask(self, window: int | None, device: torch.device) -> torch.Tensor:
        """(count, past + count) bool: True where a row may look. Made once a step, shared by all layers."""
        if window not in self.masks:
            rows = torch.arange(self.past, self.past + self.count, device=device)[:, None]
            columns = torch.arange(self.past + self.count, device=device)[None, :]
            mask = columns <= rows
            if window is not None:
                mask &= columns > rows - window
            self.masks[window] = mask
        return self.masks[window]


@dataclass(slots=True)
class Work:
    """Tokens of one sequence to run in a step, after those its slot holds."""

    tokens: Sequence[int]
    slot: Slot
    adapter: AdapterWeights | None


@dataclass(slots=True)
class PackedBatch:
    """Sequences of one adapter lie side by side, those without one last, so that segments are views."""

    kv: KVCache
    token_ids: torch.Tensor  # (1, rows)
    position_ids: torch.Tensor  # (1, rows)
    last_rows: torch.Tensor  # (spans,): the row whose logits each sequence needs
    positions: torch.Tensor  # (rows,): where in the arena each row's key and value go
    spans: list[Span]
    span_table: torch.Tensor  # (spans, 4): start, count, past, the slot's place; what the native attention reads
    segments: list[Segment]
    order: list[int]  # spans[i] is works[order[i]]


def pack(works: Sequence[Work], kv: KVCache, device: str) -> PackedBatch:
    # Objects of equal content need not lie together, so identity is enough to group by.
    order = sorted(range(len(works)), key=lambda i: (works[i].adapter is None, id(works[i].adapter)))
    tokens: list[int] = []
    places: list[int] = []
    arena: list[int] = []
    spans: list[Span] = []
    segments: list[Segment] = []
    for i in order:
        work = works[i]
        start, past = len(tokens), work.slot.length
        tokens += work.tokens
        count = len(work.tokens)
        places += range(past, past + count)
        arena += range(work.slot.start + past, work.slot.start + past + count)
        spans.append(Span(start, len(tokens), work.slot, past))
        if work.adapter is None:
            continue
        if segments and segments[-1].adapter is work.adapter:
            segments[-1].end = len(tokens)
        else:
            segments.append(Segment(start, len(tokens), work.adapter))
    return PackedBatch(
        kv=kv,
        token_ids=torch.tensor([tokens], device=device),
        position_ids=torch.tensor([places], device=device),
        last_rows=torch.tensor([span.end - 1 for span in spans], device=device),
        positions=torch.tensor(arena, device=device),
        spans=spans,
        span_table=torch.tensor([(span.start, span.count, span.past, span.slot.start) for span in spans]),
        segments=segments,
        order=order,
    )
