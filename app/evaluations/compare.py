"""Two runs side by side: the same cases, paired differences with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from app.evaluations.metrics import paired_bootstrap
from app.evaluations.records import CaseResult, Differences, IntervalFigures, MeanScore, interval_figures
from app.evaluations.summary import MEANS

RIGHT_DECISION: Literal["right_decision"] = "right_decision"  # answered what is answerable, refused what is not
ComparedScore = MeanScore | Literal["right_decision"]
COMPARED: tuple[ComparedScore, ...] = (*MEANS, RIGHT_DECISION)


def compare(first: Mapping[str, Sequence[CaseResult]], second: Mapping[str, Sequence[CaseResult]]) -> Differences:
    """By part and score: `second - first` over the cases that both hold; parts that share none are left out."""
    compared = {}
    for part in first.keys() & second.keys():
        before = {row["id"]: row for row in first[part]}
        pairs = [(before[row["id"]], row) for row in second[part] if row["id"] in before]
        if pairs:
            compared[part] = _differences(pairs)
    return dict(sorted(compared.items()))


def _differences(pairs: Sequence[tuple[CaseResult, CaseResult]]) -> dict[str, IntervalFigures]:
    figures: dict[str, IntervalFigures] = {}
    for score in COMPARED:
        needed = "refused" if score == RIGHT_DECISION else score
        both = [(a, b) for a, b in pairs if needed in a and needed in b]
        if both:
            groups = [a["group"] or a["id"] for a, _ in both]
            old, new = [_figure(a, score) for a, _ in both], [_figure(b, score) for _, b in both]
            figures[score] = interval_figures(paired_bootstrap(old, new, groups=groups))
    return figures


def _figure(row: CaseResult, score: ComparedScore) -> float:
    return float(row["refused"] != row["answerable"]) if score == RIGHT_DECISION else float(row[score])
