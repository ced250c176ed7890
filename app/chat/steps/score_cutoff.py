"""Leaving out passages that fall far behind the best: a small model copies from whatever it is given."""

from __future__ import annotations

from collections.abc import Sequence

from app.search.passage import Passage

MARGIN = 0.15  # of the fused score; how it was chosen: docs/decisions/0014-focus.md


def focused(passages: Sequence[Passage], margin: float = MARGIN) -> list[Passage]:
    """Those within `margin` of the best score, in the order they came."""
    best = max((passage.score for passage in passages), default=0.0)
    return [passage for passage in passages if passage.score >= best - margin]
