"""Where an activated LoRA begins to act (arXiv 2504.12397). The checks of uploads need it without PyTorch."""

from __future__ import annotations

from collections.abc import Sequence


def last_occurrence(tokens: Sequence[int], wanted: Sequence[int]) -> int | None:
    """Index at which the last occurrence of `wanted` in `tokens` begins; None if there is none."""
    wanted = tuple(wanted)
    starts = range(len(tokens) - len(wanted), -1, -1)
    return next((i for i in starts if tokens[i] == wanted[0] and tuple(tokens[i : i + len(wanted)]) == wanted), None)
