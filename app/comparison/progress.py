"""The progress of a comparison, with the estimated remaining time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from statistics import fmean
from typing import Any

from app.comparison.plan import Plan, Stage, seeds_of, trainings

Kind = tuple[str, ...]  # stages of one kind differ only in seed and learning rate: they take equally long


class ComparisonProgress:
    """Counts the stages of a plan. The remaining stages are assumed to take as long as similar ones did."""

    def __init__(self, plan: Plan) -> None:
        self._all = Counter(_kinds(plan))
        self._seconds: dict[Kind, dict[str, float]] = defaultdict(dict)  # by stage

    def record(self, stage: Stage, result: Mapping[str, Any]) -> None:
        self._seconds[_kind(stage)][stage.id] = result.get("process_seconds", 0.0)

    def describe(self) -> str:
        """For example "13 of 58 done, about 41 minutes to go"; without minutes until both kinds of stages have run."""
        done = sum(map(len, self._seconds.values()))
        text = f"{done} of {self._all.total()} done"
        seconds = 0.0
        for kind, count in self._all.items():
            if left := count - len(self._seconds.get(kind, {})):
                expected = self._expected_seconds(kind)
                if expected is None:
                    return text
                seconds += left * expected
        return f"{text}, about {seconds / 60:.0f} minutes to go"

    def _expected_seconds(self, kind: Kind) -> float | None:
        """Mean duration of this kind; if none has run yet, of all trainings or of all questions; None if unknown."""
        own = self._seconds.get(kind, {})
        like = [s for other, stages in self._seconds.items() if other[0] == kind[0] for s in stages.values()]
        return fmean(own.values()) if own else fmean(like) if like else None


def _kinds(plan: Plan) -> Iterator[Kind]:
    yield _kind(Stage("prepare", plan))
    for method, row_format in trainings(plan):
        more_rates = len(plan.rates(method)) - 1  # tried with the first seed
        yield from [_kind(Stage("train", plan, method, row_format))] * (len(plan.seeds) + more_rates)
    for arm in plan.selected_arms():
        yield from [_kind(Stage("ask", plan, arm.method, arm.row_format, arm.passages))] * len(seeds_of(plan, arm))


def _kind(stage: Stage) -> Kind:
    return (stage.kind, stage.method, stage.row_format, str(stage.passages))
