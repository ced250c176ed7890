"""Compares two runs: paired differences over the same cases, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from app.domain.evaluations import ChangedVerdict
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


def changed_verdicts(
    first: Mapping[str, Sequence[CaseResult]], second: Mapping[str, Sequence[CaseResult]]
) -> tuple[ChangedVerdict, ...]:
    """The cases of both on which one is right and the other wrong, those that became worse first."""
    changes = []
    for part in sorted(first.keys() & second.keys()):
        before = {result["id"]: _is_right(result) for result in first[part]}
        for result in second[part]:
            was, now = before.get(result["id"]), _is_right(result)
            if was is not None and now is not None and was != now:
                question, kind = result.get("question", ""), result.get("kind")
                changes.append(ChangedVerdict(part, result["id"], question, kind, better=now))
    return tuple(sorted(changes, key=lambda change: change.better))


def _is_right(result: CaseResult) -> bool | None:
    """Whether a case was answered as it should be; None if its layer does not say."""
    if "error" in result:
        return False
    if "useful" in result:
        return result["useful"] == 1.0 and result.get("right_citation", 1.0) == 1.0
    if "right_refusal" in result:
        return result["right_refusal"] == 1.0
    if "refused" not in result:
        return None
    if result["refused"] or not result["answerable"]:
        return result["refused"] != result["answerable"]
    return result.get("contains", 1.0) == 1.0


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
