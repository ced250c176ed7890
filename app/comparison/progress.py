"""How much of a comparison is done and how long the rest takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from statistics import fmean
from typing import Any

from app.comparison.plan import Plan, Task, seeds_of, trainings

Kind = tuple[str, ...]  # tasks of one kind differ in seed and learning rate alone: they take as long as each other


class Outlook:
    """Counts the tasks of a plan, each once; those to come take as long as those like them took."""

    def __init__(self, plan: Plan) -> None:
        self._all = Counter(_kinds(plan))
        self._seconds: dict[Kind, dict[str, float]] = defaultdict(dict)  # by task

    def done(self, task: Task, result: Mapping[str, Any]) -> None:
        self._seconds[_kind(task)][task.id] = result.get("process_seconds", 0.0)

    def describe(self) -> str:
        """Such as "13 of 58 done, about 41 minutes to go"; no minutes before trainings and questions have run."""
        done = sum(map(len, self._seconds.values()))
        said = f"{done} of {self._all.total()} done"
        seconds = 0.0
        for kind, count in self._all.items():
            if left := count - len(self._seconds.get(kind, {})):
                usual = self._usual(kind)
                if usual is None:
                    return said
                seconds += left * usual
        return f"{said}, about {seconds / 60:.0f} minutes to go"

    def _usual(self, kind: Kind) -> float | None:
        """Of its own kind, or of its like if none has run yet: all trainings, all that is asked."""
        own = self._seconds.get(kind, {})
        like = [s for other, tasks in self._seconds.items() if other[0] == kind[0] for s in tasks.values()]
        return fmean(own.values()) if own else fmean(like) if like else None


def _kinds(plan: Plan) -> Iterator[Kind]:
    yield _kind(Task("prepare", plan))
    for method, lesson in trainings(plan):
        more_rates = len(plan.rates(method)) - 1  # tried with the first seed
        yield from [_kind(Task("train", plan, method, lesson))] * (len(plan.seeds) + more_rates)
    for arm in plan.chosen():
        yield from [_kind(Task("ask", plan, arm.method, arm.lesson, arm.passages))] * len(seeds_of(plan, arm))


def _kind(task: Task) -> Kind:
    return (task.kind, task.method, task.lesson, str(task.passages))
