"""Kills the training process with SIGKILL at random points: does the run resume and end with the same losses?

    python -m tests.reliability.training_kills ROWS.jsonl [--kills 20] [--steps 40] [--method qlora]

One run is undisturbed. Another one with the same seeds is killed at random moments, counted in its own CPU time, and
started again each time, as the worker does. The losses of their steps are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from app.bootstrap.models import training_source
from app.settings import Settings
from app.training.base import BaseModelSpec
from app.training.messages import decode_message
from app.training.recipe import recipe_from
from app.training.worker_main import ROWS, JobSpec
from tests.support.report import report

SAME_LOSS = 1e-4
STDERR = "stderr.log"
STARTING_CPU_S = 4.0  # CPU time of imports and loading; a fifth of the kills fall into it


@dataclass(frozen=True, slots=True)
class Plan:
    lines: Sequence[str]  # training rows, as JSON lines
    source: BaseModelSpec
    method: str = "qlora"
    steps: int = 40
    kills: int = 20
    threads: int = 2
    seed: int = 1
    longest_cpu_s: float = 6.0  # from the first step after a start to a kill, at most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--method", default="qlora")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = vars(parser.parse_args())
    lines = options.pop("rows").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        row = kill_and_compare(Path(folder), Plan(short_rows(lines), training_source(Settings()), **options))
    report("training_kills", [row])
    sys.exit(0 if row["difference"] < SAME_LOSS else 1)


def short_rows(lines: Sequence[str]) -> list[str]:
    """At most 200 rows of less than 1,000 characters, one for each question: repeated rows are refused."""
    short = {json.loads(line)["question"]: line for line in lines if len(line) < 1000}
    return [*short.values()][:200]


def kill_and_compare(folder: Path, plan: Plan) -> dict[str, Any]:
    """Run once undisturbed and once with kills, and compare the losses of all steps."""
    whole, cut = prepare_run(folder / "whole", plan), prepare_run(folder / "cut", plan)
    run(whole)
    kills = run_with_kills(cut, plan)
    run(cut)
    undisturbed, killed = losses(whole), losses(cut)
    differences = [abs(a - b) for a, b in zip(undisturbed, killed, strict=True)]
    return {
        "kills": len(kills),
        "in a step": sum(kind == "step" for kind in kills),
        "before the first step": sum(kind != "step" for kind in kills),
        "steps": len(undisturbed),
        "final loss, undisturbed": undisturbed[-1],
        "final loss, killed": killed[-1],
        "difference": differences[-1],
        "largest difference of a step": max(differences),
    }


def prepare_run(folder: Path, plan: Plan) -> Path:
    folder.mkdir()
    recipe = recipe_from(
        {
            "method": plan.method, "rank": 8, "rows_per_step": 4, "max_steps": plan.steps, "epochs": 20,
            "max_tokens": 512, "micro_batch_tokens": 512, "dropout": 0.05, "checkpoint_every": 2,
            "validate_every": 10, "patience": 0,
        }
    )  # fmt: skip
    (folder / ROWS).write_text("\n".join(plan.lines), encoding="utf-8")
    JobSpec(recipe.describe(), plan.source, 0.1, plan.threads, 4096).write(folder)
    return folder


def start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app.training.worker_main", str(folder)]
    with (folder / STDERR).open("wb") as errors:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)


def run(folder: Path) -> None:
    """Run to the end. Raises RuntimeError if the process ends otherwise."""
    with start(folder) as process:
        lines = list(process.stdout or ())
    if not lines or decode_message(lines[-1]).kind != "done":
        errors = (folder / STDERR).read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"the run ended with status {process.returncode} and {lines[-1:]}: {errors[-2000:]}")


def run_with_kills(folder: Path, plan: Plan) -> list[str]:
    """Kill as often as planned, each time after a random amount of work. Returns the kind of the last message before
    each kill. Raises RuntimeError if the run ends before.
    """
    draw = random.Random(plan.seed)
    kills: list[str] = []
    while len(kills) < plan.kills:
        with start(folder) as process:
            kind = watch_and_kill(process, draw, plan.longest_cpu_s)
        if kind is None:
            raise RuntimeError(f"the run ended after {len(kills)} kills: give it more steps")
        kills.append(kind)
        print(len(kills), kind, flush=True)
    return kills


def watch_and_kill(process: subprocess.Popen[bytes], draw: random.Random, longest_cpu_s: float) -> str | None:
    """Kill the process after a drawn CPU time. Returns the kind of its last message, None if it ended by itself."""
    kind, after_first_step = "starting", draw.uniform(0, longest_cpu_s)
    after_start = draw.uniform(0, STARTING_CPU_S) if draw.random() < 0.2 else float("inf")
    first_step = float("inf")  # the CPU time at which it was seen
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    while process.poll() is None:
        for line in process.stdout:
            message = decode_message(line)
            kind = message.kind if message.kind != "checkpoint" else kind
        used = sum(psutil.Process(process.pid).cpu_times()[:2])
        if kind == "step":
            first_step = min(first_step, used)
        if used > after_start or used - first_step > after_first_step:
            process.send_signal(signal.SIGKILL)
            return kind
        time.sleep(0.005)
    return None


def losses(folder: Path) -> list[float]:
    found: list[float] = json.loads((folder / "training.json").read_text())["losses"]
    return found


if __name__ == "__main__":
    main()
