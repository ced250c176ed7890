"""Running a comparison: task by task in fresh processes, results kept, so that a stopped one goes on where it was."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.comparison.pairwise import Contrast, contrasts
from app.comparison.plan import Arm, Lesson, Method, Plan, Task, seeds_of, trainings
from app.comparison.progress import Outlook
from app.comparison.summary import ArmSummary, summarise
from app.errors import AppError

Tell = Callable[[str], None]
Result = dict[str, Any]
Rates = Mapping[tuple[Method, Lesson], float]


class TaskFailed(AppError):
    """A task's process ended without a result; its log says why."""

    code = "comparison_task_failed"


@dataclass(frozen=True, slots=True)
class Compared:
    arms: list[ArmSummary]
    contrasts: list[Contrast]


class Comparison:
    """One plan in one folder: `results/`, `logs/`, `models/`."""

    def __init__(self, plan: Plan, folder: Path, tell: Tell) -> None:
        self._plan = plan
        self._folder = folder
        self._tell = tell
        self._progress = Outlook(plan)
        for name in ("results", "logs", "models"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def run(self) -> Compared:
        """All arms of the plan. Raises TaskFailed; run again, it goes on behind what is done."""
        plan = self._plan
        self._result(Task("prepare", plan))
        rates = {pair: self._best_rate(*pair) for pair in trainings(plan)}
        asked: dict[str, list[Result]] = defaultdict(list)
        trained: dict[str, list[Result]] = defaultdict(list)
        for seed in plan.seeds:  # one seed of every arm, then the next
            for arm in plan.chosen():
                if seed in seeds_of(plan, arm):
                    training, answers = self._one_seed(arm, seed, rates)
                    asked[arm.name].append(answers)
                    trained[arm.name] += [training] if training else []
        arms = [summarise(arm, asked[arm.name], trained[arm.name], plan.watts_per_core) for arm in plan.chosen()]
        return Compared(arms, contrasts(asked))

    def _one_seed(self, arm: Arm, seed: int, rates: Rates) -> tuple[Result | None, Result]:
        """What training and asking gave; no training for an untrained arm."""
        plan = self._plan
        rate = rates.get((arm.method, arm.lesson), 0.0)
        ask = Task("ask", plan, arm.method, arm.lesson, arm.passages, seed, rate)
        if arm.method == "none":
            return None, self._result(ask)
        training = Task("train", plan, arm.method, arm.lesson, seed=seed, learning_rate=rate)
        return self._result(training), self._result(ask, training)

    def _best_rate(self, method: Method, lesson: Lesson) -> float:
        """The learning rate with the lowest loss on validation, found with the first seed."""
        rates = self._plan.rates(method)
        if len(rates) == 1:
            return rates[0]
        first = self._plan.seeds[0]
        tried = {
            rate: self._result(Task("train", self._plan, method, lesson, seed=first, learning_rate=rate))
            for rate in rates
        }
        return min(tried, key=lambda rate: tried[rate]["valid_loss"] or tried[rate]["train_loss"])

    def _result(self, task: Task, training: Task | None = None) -> Result:
        kept = self._folder / "results" / f"{task.id}.json"
        if not kept.is_file():
            self._tell(f"{task.id} ({self._progress.describe()}) ...")
            self._run(task, training, kept)
        result: Result = json.loads(kept.read_text(encoding="utf-8"))
        self._progress.done(task, result)
        return result

    def _run(self, task: Task, training: Task | None, kept: Path) -> None:
        order = kept.with_suffix(".task")
        order.write_text(json.dumps(task_dict(task, self._folder, training)), encoding="utf-8")
        log = self._folder / "logs" / f"{task.id}.log"
        with log.open("wb") as output:
            command = [sys.executable, "-m", "app.cli", "compare-task", str(order), str(kept)]
            code = subprocess.run(command, stdout=output, stderr=output, check=False).returncode  # noqa: S603 - our own
        order.unlink()
        if code or not kept.is_file():
            last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise TaskFailed(f"{task.id} ended with {code}: {' '.join(last)[:300]}. The whole log is {log}.")


def task_dict(task: Task, folder: Path, training: Task | None) -> dict[str, Any]:
    """What a task's process is told."""
    prepared = folder / "results" / f"{Task('prepare', task.plan).id}.json"
    model = folder / "models" / (training or task).id
    return {
        "task": asdict(task),
        "data": str(prepared),
        "model": str(model) if task.kind == "train" or training is not None else None,
    }


def task_from(given: dict[str, Any]) -> tuple[Task, Path, Path | None]:
    """The reverse: the task, the prepared data, the folder of the trained model."""
    fields = dict(given["task"])
    plan = dict(fields.pop("plan"))
    for name in ("arms", "seeds"):
        plan[name] = tuple(plan[name])
    task = Task(plan=Plan(**plan), **fields)
    return task, Path(given["data"]), Path(given["model"]) if given["model"] else None


def lines(compared: Compared) -> Iterator[str]:
    """The tables for a terminal."""
    yield f"{'arm':20} {'F1':>6} {'95 %':>13} {'EM':>6} {'refusal':>8} {'known':>6} {'trained':>9} {'s':>7} {'MB':>6}"
    for one in compared.arms:
        interval = f"{one.f1.low:.3f}-{one.f1.high:.3f}"
        refusal = f"{one.refusal_accuracy:.2f}" if one.refusal_accuracy is not None else "-"
        trained = f"{one.trained_parameters:,}" if one.trained_parameters is not None else "-"
        seconds = f"{one.train_seconds:.0f}" if one.train_seconds is not None else "-"
        memory = f"{one.train_peak_mb or one.ask_peak_mb:.0f}"
        yield (
            f"{one.arm:20} {one.f1.mean:6.3f} {interval:>13} {one.exact_match.mean:6.3f} {refusal:>8} "
            f"{one.knowledge:6.2f} {trained:>9} {seconds:>7} {memory:>6}"
        )
    for pair in compared.contrasts:
        yield (
            f"{pair.second} less {pair.first}: F1 {pair.f1.mean:+.3f} ({pair.f1.low:+.3f} to {pair.f1.high:+.3f}). "
            f"{pair.question}"
        )
