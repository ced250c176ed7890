"""kill -9 of the training process at random points: does the run go on, and end where it would have ended?

    python -m tests.reliability.training_kills ROWS.jsonl [--kills 20] [--steps 40] [--method qlora]

One run is left alone, another is killed at random moments, counted in its own processor time, and started again each
time, as the worker does. Both have equal seeds; the losses of their last steps are compared.
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
from pathlib import Path

import psutil

from app.bootstrap.models import training_source
from app.settings import Settings
from app.training.messages import decode_message
from app.training.recipe import recipe_from
from app.training.worker_main import ROWS, JobSpec
from tests.support.report import report

STARTING_CPU_S = 4.0  # a process that imports and loads; kills fall within this and a few steps more


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--method", default="qlora")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        whole = prepared(Path(root) / "whole", given)
        run(whole)
        cut = prepared(Path(root) / "cut", given)
        kills = killed(cut, given)
        run(cut)
        left, right = losses(whole), losses(cut)
    differences = [abs(a - b) for a, b in zip(left, right, strict=True)]
    row = {
        "kills": len(kills),
        "in a step": sum(kind == "step" for kind in kills),
        "before the first step": sum(kind != "step" for kind in kills),
        "steps": len(left),
        "final loss, left alone": left[-1],
        "final loss, killed": right[-1],
        "difference": differences[-1],
        "largest difference of a step": max(differences),
    }
    report("training_kills", [row])
    sys.exit(0 if differences[-1] < 1e-4 else 1)


def prepared(folder: Path, given: argparse.Namespace) -> Path:
    folder.mkdir()
    recipe = recipe_from(
        {
            "method": given.method, "rank": 8, "rows_per_step": 4, "max_steps": given.steps, "epochs": 20,
            "max_tokens": 512, "micro_batch_tokens": 512, "dropout": 0.05, "checkpoint_every": 2,
            "validate_every": 10, "patience": 0,
        }
    )  # fmt: skip
    lines = given.rows.read_text(encoding="utf-8").splitlines()
    short = {json.loads(line)["question"]: line for line in lines if len(line) < 1000}  # rows that repeat are refused
    (folder / ROWS).write_text("\n".join([*short.values()][:200]), encoding="utf-8")
    JobSpec(recipe.describe(), training_source(Settings()), 0.1, given.threads, 4096).write(folder)
    return folder


def started(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app.training.worker_main", str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def run(folder: Path) -> None:
    """To its end."""
    process = started(folder)
    lines = list(process.stdout or ())
    process.wait()
    if not lines or decode_message(lines[-1]).kind != "done":
        raise RuntimeError(f"the run ended with {lines[-1:]}")


def killed(folder: Path, given: argparse.Namespace) -> list[str]:
    """Kill as often as asked, each time after a random piece of work; what the process was at each time."""
    draw = random.Random(given.seed)
    kills: list[str] = []
    while len(kills) < given.kills:
        process = started(folder)
        kind, extra = "starting", draw.uniform(0, 6.0)
        most = draw.uniform(0, STARTING_CPU_S) if draw.random() < 0.2 else None
        begun: float | None = None
        os.set_blocking(process.stdout.fileno(), False)  # type: ignore[union-attr]
        while process.poll() is None:
            for line in process.stdout or ():
                message = decode_message(line)
                kind = message.kind if message.kind != "checkpoint" else kind
            used = sum(psutil.Process(process.pid).cpu_times()[:2])
            if kind == "step" and begun is None:
                begun = used
            if (most is not None and used > most) or (begun is not None and used - begun > extra):
                process.send_signal(signal.SIGKILL)
                process.wait()
                kills.append(kind)
                break
            time.sleep(0.005)
        else:
            raise RuntimeError(f"the run ended after {len(kills)} kills: give it more steps")
        print(len(kills), kind, flush=True)
    return kills


def losses(folder: Path) -> list[float]:
    found: list[float] = json.loads((folder / "training.json").read_text())["losses"]
    return found


if __name__ == "__main__":
    main()
