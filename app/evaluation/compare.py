"""Two runs side by side: the same cases, paired differences with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from app.evaluation.metrics import paired_bootstrap
from app.evaluation.rows import Row
from app.evaluation.summary import MEANS

RIGHT_DECISION = "right_decision"  # answered what is answerable, refused what is not


def compare(first: Mapping[str, Sequence[Row]], second: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """By part and score: `second - first` over the cases that both hold; parts that share none are left out."""
    compared = {}
    for part in first.keys() & second.keys():
        before = {row["id"]: row for row in first[part]}
        pairs = [(before[row["id"]], row) for row in second[part] if row["id"] in before]
        if pairs:
            compared[part] = _differences(pairs)
    return dict(sorted(compared.items()))


def _differences(pairs: Sequence[tuple[Row, Row]]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for score in (*MEANS, RIGHT_DECISION):
        needed = "refused" if score == RIGHT_DECISION else score
        both = [(a, b) for a, b in pairs if needed in a and needed in b]
        if both:
            groups = [a["group"] or a["id"] for a, _ in both]
            old, new = [_figure(a, score) for a, _ in both], [_figure(b, score) for _, b in both]
            figures[score] = asdict(paired_bootstrap(old, new, groups=groups))
    return figures


def _figure(row: Row, score: str) -> float:
    return float(row["refused"] != row["answerable"]) if score == RIGHT_DECISION else float(row[score])
