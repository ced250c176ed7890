"""Quality and cost of each arm, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.comparison.plan import Arm
from app.evaluations.metrics import Interval, balanced_accuracy, mean_interval


@dataclass(frozen=True, slots=True)
class ArmSummary:
    """One row of the table. Costs are means over seeds; None if they do not apply."""

    arm: str
    seeds: int
    f1: Interval
    exact_match: Interval
    f1_by_seed: tuple[float, ...]
    refusal_accuracy: float | None  # balanced; None for arms without passages
    knowledge: float  # share of right answers to the general probe
    answer_seconds: float
    tokens_per_s: float
    ask_peak_mb: float
    joules_per_answer: float
    trained_parameters: int | None
    trained_share: float | None
    rejected_rows: int | None  # sampled rows that validation refused
    train_seconds: float | None
    train_cpu_seconds: float | None
    train_peak_mb: float | None
    train_joules: float | None
    adapter_mb: float | None
    learning_rate: float | None
    energy_method: str


def summarize(
    arm: Arm, asked: Sequence[Mapping[str, Any]], trained: Sequence[Mapping[str, Any]], watts_per_core: float
) -> ArmSummary:
    """Summarize the results of all seeds. Questions about one document form a cluster, across seeds."""
    cases = [case for result in asked for case in result["cases"]]
    scored = [case for case in cases if case["answerable"]]
    groups = [case["group"] for case in scored]
    methods = {result["energy_method"] for result in (*asked, *trained)}
    return ArmSummary(
        arm=arm.name,
        seeds=len(asked),
        f1=mean_interval([case["f1"] for case in scored], groups=groups),
        exact_match=mean_interval([case["em"] for case in scored], groups=groups),
        f1_by_seed=tuple(_mean([case["f1"] for case in result["cases"] if case["answerable"]]) for result in asked),
        refusal_accuracy=_refusal(cases) if arm.passages else None,
        knowledge=_mean([result["knowledge"] for result in asked]),
        answer_seconds=_mean([result["seconds"] / len(result["cases"]) for result in asked]),
        tokens_per_s=_mean([result["completion_tokens"] / result["seconds"] for result in asked]),
        ask_peak_mb=_mean([result["peak_mb"] for result in asked]),
        joules_per_answer=_mean([joules(result, watts_per_core) / len(result["cases"]) for result in asked]),
        trained_parameters=int(_mean([one["trained_parameters"] for one in trained])) if trained else None,
        trained_share=_mean([one["trained_share"] for one in trained]) if trained else None,
        rejected_rows=max(one["rejected_rows"] for one in trained) if trained else None,
        train_seconds=_mean([one["seconds"] for one in trained]) if trained else None,
        train_cpu_seconds=_mean([one["cpu_seconds"] for one in trained]) if trained else None,
        train_peak_mb=_mean([one["peak_mb"] for one in trained]) if trained else None,
        train_joules=_mean([joules(one, watts_per_core) for one in trained]) if trained else None,
        adapter_mb=_mean([one["adapter_mb"] for one in trained]) if trained else None,
        learning_rate=trained[0]["learning_rate"] if trained else None,
        energy_method=methods.pop() if len(methods) == 1 else "mixed",
    )


def joules(result: Mapping[str, Any], watts_per_core: float) -> float:
    """Measured energy, or processor seconds times an assumed power; the two are not comparable."""
    measured = result.get("joules")
    return float(measured) if measured is not None else float(result["cpu_seconds"]) * watts_per_core


def _refusal(cases: Sequence[Mapping[str, Any]]) -> float | None:
    kinds = {case["answerable"] for case in cases}
    if len(kinds) < 2:
        return None
    return balanced_accuracy([case["refused"] for case in cases], [case["answerable"] for case in cases])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
