"""From rows to scores: each part's means with intervals, and what holds over all parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from app.evaluations.metrics import (
    area_under_risk_coverage,
    balanced_accuracy,
    mean_interval,
    percentile,
    risk_coverage,
)
from app.evaluations.records import CaseResult, MeanScore, PartScores, Percentiles, RunScores, interval_figures

MEANS: tuple[MeanScore, ...] = get_args(MeanScore)


def summarize(rows: Mapping[str, Sequence[CaseResult]]) -> RunScores:
    """`rows` by part name ("layer/set"): scores by part, pooled by layer, and over everything."""
    parts = {name: part_scores(found) for name, found in rows.items() if found}
    layers: dict[str, list[CaseResult]] = {}
    for name, found in rows.items():
        layers.setdefault(name.split("/")[0], []).extend(found)
    pooled = {layer: part_scores(found) for layer, found in layers.items() if found}
    written = [row for found in rows.values() for row in found if "answer" in row]
    return {"parts": parts, "layers": pooled, "overall": part_scores(written) if written else {}}


def part_scores(rows: Sequence[CaseResult]) -> PartScores:
    """Every score that these rows allow."""
    scores: PartScores = {"n": len(rows)}
    decided = [row for row in rows if "refused" in row]
    if decided:
        scores["refused"] = sum(row["refused"] for row in decided) / len(decided)
    for name in MEANS:
        having = [row for row in rows if name in row]
        if having:
            groups = [row["group"] or row["id"] for row in having]
            scores[name] = interval_figures(mean_interval([row[name] for row in having], groups=groups))
    return {**scores, **_refusal(decided), **_citations(rows), **_latency(rows)}


def _refusal(rows: Sequence[CaseResult]) -> PartScores:
    refused = [row["refused"] for row in rows]
    answerable = [row["answerable"] for row in rows]
    scores: PartScores = {}
    if any(answerable):
        asked = [r for r, a in zip(refused, answerable, strict=True) if a]
        scores["false_refusals"] = sum(asked) / len(asked)
    if answerable and not all(answerable):
        curve = risk_coverage([row["confidence"] for row in rows], [float(a) for a in answerable])
        scores["risk_coverage"] = [[round(c, 4), round(r, 4)] for c, r in curve]
        scores["aurc"] = area_under_risk_coverage(curve)
        if any(answerable):
            scores["balanced_accuracy"] = balanced_accuracy(refused, answerable)
    return scores


def _citations(rows: Sequence[CaseResult]) -> PartScores:
    """Validity and precision over citations; recall over answers: a sentence that has one, of all sentences."""
    cited = [row for row in rows if "citations" in row]
    answers = [row for row in cited if not row["refused"]]
    total = sum(row["citations"] for row in cited)
    scores: PartScores = {}
    if total:
        scores["citation_validity"] = sum(row["valid"] for row in cited) / total
        scores["verified_share"] = sum(row["verified"] for row in cited) / total
    if answers:
        sentences = sum(row["citations"] + row["unsupported"] for row in answers)
        scores["citation_recall"] = sum(row["citations"] for row in answers) / sentences if sentences else 1.0
    known = [row for row in cited if "gold_citations" in row]
    if pointed := sum(row["citations"] for row in known):
        scores["citation_precision"] = sum(row["gold_citations"] for row in known) / pointed
    if verified := sum(row["verified"] for row in known):
        scores["verified_precision"] = sum(row["verified_gold"] for row in known) / verified
    return scores


def _latency(rows: Sequence[CaseResult]) -> PartScores:
    totals = [row["total_s"] for row in rows if row.get("total_s")]
    firsts = [row["ttft_s"] for row in rows if row.get("ttft_s")]
    if not totals:
        return {}
    return {"total_s": _percentiles(totals), "ttft_s": _percentiles(firsts)}


def _percentiles(seconds: Sequence[float]) -> Percentiles:
    return {"p50": percentile(seconds, 0.5), "p95": percentile(seconds, 0.95)}
