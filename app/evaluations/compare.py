"""Compares two runs: paired differences over the same cases, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from app.evaluations.metrics import paired_bootstrap
from app.evaluations.records import CaseResult, Differences, IntervalFigures, MeanScore, interval_figures
from app.evaluations.summary import MEANS, groups_of

RIGHT_DECISION: Literal["right_decision"] = "right_decision"  # an answer if the case is answerable, else a refusal
ComparedScore = MeanScore | Literal["right_decision"]
COMPARED: tuple[ComparedScore, ...] = (*MEANS, RIGHT_DECISION)


def compare(first: Mapping[str, Sequence[CaseResult]], second: Mapping[str, Sequence[CaseResult]]) -> Differences:
    """`second - first` by part and score, over the cases of both. Parts without a common case are left out."""
    compared = {}
    for part in first.keys() & second.keys():
        before = {result["id"]: result for result in first[part]}
        pairs = [(before[result["id"]], result) for result in second[part] if result["id"] in before]
        if pairs:
            compared[part] = _differences(pairs)
    return dict(sorted(compared.items()))


def _differences(pairs: Sequence[tuple[CaseResult, CaseResult]]) -> dict[str, IntervalFigures]:
    figures: dict[str, IntervalFigures] = {}
    for score in COMPARED:
        needed = "refused" if score == RIGHT_DECISION else score
        both = [(a, b) for a, b in pairs if needed in a and needed in b]
        if both:
            groups = groups_of([a for a, _ in both])
            old, new = [_figure(a, score) for a, _ in both], [_figure(b, score) for _, b in both]
            figures[score] = interval_figures(paired_bootstrap(old, new, groups=groups))
    return figures


def _figure(result: CaseResult, score: ComparedScore) -> float:
    return float(result["refused"] != result["answerable"]) if score == RIGHT_DECISION else float(result[score])
