"""Summarizes results to scores: the means of each part with intervals, and scores over all parts."""

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


def summarize(results: Mapping[str, Sequence[CaseResult]]) -> RunScores:
    """Scores by part ("layer/set"), pooled by layer, and over all generated answers. `results` are by part.

    `overall.failed` counts the cases of all parts that failed.
    """
    parts = {name: _with_kinds(found) for name, found in results.items() if found}
    layers: dict[str, list[CaseResult]] = {}
    for name, found in results.items():
        layers.setdefault(name.split("/")[0], []).extend(found)
    pooled = {layer: _with_kinds(found) for layer, found in layers.items() if found}
    written = [result for found in results.values() for result in found if "answer" in result]
    overall = part_scores(written)
    overall["failed"] = sum("error" in result for found in results.values() for result in found)
    return {"parts": parts, "layers": pooled, "overall": overall}


def _with_kinds(results: Sequence[CaseResult]) -> PartScores:
    """Every score, of everyday questions also by kind."""
    scores = part_scores(results)
    kinds = dict.fromkeys(result["kind"] for result in results if "kind" in result)
    if kinds:
        scores["kinds"] = {kind: part_scores([one for one in results if one.get("kind") == kind]) for kind in kinds}
    return scores


def part_scores(results: Sequence[CaseResult]) -> PartScores:
    """Every score for which the results have figures."""
    scores: PartScores = {"n": len(results), "failed": sum("error" in result for result in results)}
    decided = [result for result in results if "refused" in result]
    if decided:
        scores["refused"] = sum(result["refused"] for result in decided) / len(decided)
    for name in MEANS:
        having = [result for result in results if name in result]
        if having:
            groups = groups_of(having)
            scores[name] = interval_figures(mean_interval([result[name] for result in having], groups=groups))
    return {**scores, **_refusal(decided), **_citations(results), **_everyday(results), **_latency(results)}


def groups_of(results: Sequence[CaseResult]) -> list[str]:
    """The group of each result, by which intervals are drawn: of one group alone, each case is its own."""
    groups = [result["group"] or result["id"] for result in results]
    return groups if len(set(groups)) > 1 else [result["id"] for result in results]


def _everyday(results: Sequence[CaseResult]) -> PartScores:
    """The precision of verified citations, over the useful answers whose question says what to cite."""
    scores: PartScores = {}
    checked = [result for result in results if result.get("verified_checked")]
    if checked:
        groups = groups_of(checked)
        values, owners = list[float](), list[str]()
        for result, group in zip(checked, groups, strict=True):
            right, total = result["verified_right"], result["verified_checked"]
            values += [1.0] * right + [0.0] * (total - right)
            owners += [group] * total
        scores["verified_right"] = interval_figures(mean_interval(values, groups=owners))
    return scores


def _refusal(results: Sequence[CaseResult]) -> PartScores:
    refused = [result["refused"] for result in results]
    answerable = [result["answerable"] for result in results]
    scores: PartScores = {}
    if any(answerable):
        asked = [r for r, a in zip(refused, answerable, strict=True) if a]
        scores["false_refusals"] = sum(asked) / len(asked)
    if answerable and not all(answerable):
        curve = risk_coverage([result["confidence"] for result in results], [float(a) for a in answerable])
        scores["risk_coverage"] = [[round(c, 4), round(r, 4)] for c, r in curve]
        scores["aurc"] = area_under_risk_coverage(curve)
        if any(answerable):
            scores["balanced_accuracy"] = balanced_accuracy(refused, answerable)
    return scores


def _citations(results: Sequence[CaseResult]) -> PartScores:
    """Validity and precision over citations; recall is the share of the answers' sentences that have a citation."""
    cited = [result for result in results if "citations" in result]
    answers = [result for result in cited if not result["refused"]]
    total = sum(result["citations"] for result in cited)
    scores: PartScores = {}
    if total:
        scores["citation_validity"] = sum(result["valid"] for result in cited) / total
        scores["verified_share"] = sum(result["verified"] for result in cited) / total
    if answers:
        sentences = sum(result["citations"] + result["unsupported"] for result in answers)
        scores["citation_recall"] = sum(result["citations"] for result in answers) / sentences if sentences else 1.0
    known = [result for result in cited if "gold_citations" in result]
    if pointed := sum(result["citations"] for result in known):
        scores["citation_precision"] = sum(result["gold_citations"] for result in known) / pointed
    if verified := sum(result["verified"] for result in known):
        scores["verified_precision"] = sum(result["verified_gold"] for result in known) / verified
    return scores


def _latency(results: Sequence[CaseResult]) -> PartScores:
    """Of the results that have them: what is answered without the model has no first token."""
    scores: PartScores = {}
    if totals := [result["total_s"] for result in results if result.get("total_s")]:
        scores["total_s"] = _percentiles(totals)
    if firsts := [result["ttft_s"] for result in results if result.get("ttft_s")]:
        scores["ttft_s"] = _percentiles(firsts)
    return scores


def _percentiles(seconds: Sequence[float]) -> Percentiles:
    return {"p50": percentile(seconds, 0.5), "p95": percentile(seconds, 0.95)}
