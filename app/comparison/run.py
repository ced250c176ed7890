"""Runs a comparison stage by stage in new processes. Results are stored, so that a stopped comparison resumes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.comparison.pairwise import PairwiseDifference, compare_pairs
from app.comparison.plan import Arm, Method, Plan, RowFormat, Stage, seeds_of, trainings
from app.comparison.progress import ComparisonProgress
from app.comparison.summary import ArmSummary, summarize
from app.errors import AppError

Result = dict[str, Any]
Rates = Mapping[tuple[Method, RowFormat], float]


class StageFailed(AppError):
    """The process of a stage ended without a result. Its log has the reason."""

    code = "comparison_task_failed"


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    arms: list[ArmSummary]
    pairs: list[PairwiseDifference]


class Comparison:
    """Runs one plan in one folder, with `results/`, `logs/` and `models/`."""

    def __init__(self, plan: Plan, folder: Path, on_progress: Callable[[str], None]) -> None:
        self._plan = plan
        self._folder = folder
        self._on_progress = on_progress
        self._progress = ComparisonProgress(plan)
        for name in ("results", "logs", "models"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def run(self) -> ComparisonResult:
        """Run all arms of the plan; stages with stored results are skipped. Raises StageFailed."""
        plan = self._plan
        self._result(Stage("prepare", plan))
        rates = {pair: self._best_rate(*pair) for pair in trainings(plan)}
        asked: dict[str, list[Result]] = defaultdict(list)
        trained: dict[str, list[Result]] = defaultdict(list)
        for seed in plan.seeds:  # one seed of every arm, then the next
            for arm in plan.selected_arms():
                if seed in seeds_of(plan, arm):
                    training, answers = self._one_seed(arm, seed, rates)
                    asked[arm.name].append(answers)
                    trained[arm.name] += [training] if training else []
        arms = [summarize(arm, asked[arm.name], trained[arm.name], plan.watts_per_core) for arm in plan.selected_arms()]
        return ComparisonResult(arms, compare_pairs(asked))

    def _one_seed(self, arm: Arm, seed: int, rates: Rates) -> tuple[Result | None, Result]:
        """(result of training, or None for an untrained arm; result of asking)."""
        plan = self._plan
        rate = rates.get((arm.method, arm.row_format), 0.0)
        ask = Stage("ask", plan, arm.method, arm.row_format, arm.passages, seed, rate)
        if arm.method == "none":
            return None, self._result(ask)
        training = Stage("train", plan, arm.method, arm.row_format, seed=seed, learning_rate=rate)
        return self._result(training), self._result(ask, training)

    def _best_rate(self, method: Method, row_format: RowFormat) -> float:
        """The learning rate with the lowest validation loss of the first seed."""
        rates = self._plan.rates(method)
        if len(rates) == 1:
            return rates[0]
        first = self._plan.seeds[0]
        tried = {
            rate: self._result(Stage("train", self._plan, method, row_format, seed=first, learning_rate=rate))
            for rate in rates
        }
        return min(tried, key=lambda rate: tried[rate]["valid_loss"] or tried[rate]["train_loss"])

    def _result(self, stage: Stage, training: Stage | None = None) -> Result:
        path = self._folder / "results" / f"{stage.id}.json"
        if not path.is_file():
            self._on_progress(f"{stage.id} ({self._progress.describe()}) ...")
            self._run(stage, training, path)
        result: Result = json.loads(path.read_text(encoding="utf-8"))
        self._progress.record(stage, result)
        return result

    def _run(self, stage: Stage, training: Stage | None, path: Path) -> None:
        order = path.with_suffix(".task")
        order.write_text(json.dumps(encode_stage(stage, self._folder, training)), encoding="utf-8")
        log = self._folder / "logs" / f"{stage.id}.log"
        with log.open("wb") as output:
            command = [sys.executable, "-m", "app.cli", "compare-task", str(order), str(path)]
            code = subprocess.run(command, stdout=output, stderr=output, check=False).returncode  # noqa: S603 - our own
        order.unlink()
        if code or not path.is_file():
            last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise StageFailed(f"{stage.id} ended with {code}: {' '.join(last)[:300]}. The whole log is {log}.")


def encode_stage(stage: Stage, folder: Path, training: Stage | None) -> dict[str, Any]:
    """The order for the process of a stage, as JSON values."""
    prepared = folder / "results" / f"{Stage('prepare', stage.plan).id}.json"
    model = folder / "models" / (training or stage).id
    return {
        "stage": asdict(stage),
        "data": str(prepared),
        "model": str(model) if stage.kind == "train" or training is not None else None,
    }


def decode_stage(order: dict[str, Any]) -> tuple[Stage, Path, Path | None]:
    """(stage, file of the prepared data, folder of the trained model) of an order."""
    fields = dict(order["stage"])
    plan = dict(fields.pop("plan"))
    for name in ("arms", "seeds"):
        plan[name] = tuple(plan[name])
    stage = Stage(plan=Plan(**plan), **fields)
    return stage, Path(order["data"]), Path(order["model"]) if order["model"] else None


def format_tables(compared: ComparisonResult) -> Iterator[str]:
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
    for pair in compared.pairs:
        yield (
            f"{pair.second} less {pair.first}: F1 {pair.f1.mean:+.3f} ({pair.f1.low:+.3f} to {pair.f1.high:+.3f}). "
            f"{pair.question}"
        )
