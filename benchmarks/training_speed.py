"""Training throughput and peak memory beside TRL's SFTTrainer with PEFT: same rows, base, quantisation, adapter, batch.

    python -m benchmarks.training_speed ROWS.jsonl --trl-python PATH/TO/PYTHON/WITH/TRL [--steps 6]

Each arm is a process of its own that trains the same token ids in the same number of steps; arms take turns. Rows are
SQuAD-like (question, context, answers), cut from the file's beginning, so that questions about one passage meet, as
they do in any such set. `loracle, nothing shared` computes each row by itself, as TRL does.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.report import report

ROWS_PER_STEP = 16
RANK = 16
LEARNING_RATE = 5e-4
MICRO_BATCH_TOKENS = 2048
TRL = Path(__file__).with_name("training_trl.py")
ARMS = ("loracle", "loracle, nothing shared", "loracle, base in 4 bits", "trl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--trl-python", default="")
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--max-tokens", type=int, default=512)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--arms", default=",".join(ARMS).replace(", ", "+"))
    parser.add_argument("--arm", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.arm:
        print(json.dumps(run_loracle(given)))
        return
    arms = [arm.replace("+", ", ") for arm in given.arms.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        tokens = Path(folder) / "tokens.jsonl"
        write_tokens(given.rows, tokens, given)
        found: dict[str, list[dict[str, Any]]] = {arm: [] for arm in arms}
        for _ in range(given.rounds):
            for arm in arms:
                found[arm].append(measured(arm, tokens, given))
                print(arm, found[arm][-1], flush=True)
    report("training_speed", [summed(arm, runs) for arm, runs in found.items()])


def write_tokens(source: Path, target: Path, given: argparse.Namespace) -> None:
    """The rows as token ids, as production renders them: what both sides are fed."""
    from app.bootstrap.models import training_source
    from app.engine.tokenizer import ChatTokenizer
    from app.llm.local_tokenizer import LocalTokenizer
    from app.settings import Settings
    from app.training.base import read_tokenizer
    from app.training.dataset import validate

    base = training_source(Settings())
    tokenizer = read_tokenizer(base.folder)
    lines = source.read_text(encoding="utf-8").splitlines()
    _, examples = validate(
        lines, LocalTokenizer(ChatTokenizer(tokenizer)), end_id=tokenizer.eos_token_id, max_tokens=given.max_tokens
    )
    chosen = examples[: given.steps * ROWS_PER_STEP]
    with target.open("w") as file:
        for one in chosen:
            row = {"prompt": one.prompt, "completion": one.completion, "document": one.document, "line": one.line}
            file.write(json.dumps(row) + "\n")


def measured(arm: str, tokens: Path, given: argparse.Namespace) -> dict[str, Any]:
    shared = [str(tokens), "--steps", str(given.steps), "--threads", str(given.threads)]
    if arm == "trl":
        command = [given.trl_python, str(TRL), *shared, "--rank", str(RANK), "--rate", str(LEARNING_RATE)]
        command += ["--rows-per-step", str(ROWS_PER_STEP), "--max-tokens", str(given.max_tokens), *base_arguments()]
    else:
        module = [sys.executable, "-m", "benchmarks.training_speed"]
        command = [*module, *shared, "--max-tokens", str(given.max_tokens), "--arm", arm]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def base_arguments() -> list[str]:
    from app.bootstrap.models import training_source
    from app.settings import Settings

    base = training_source(Settings())
    quantization = base.quantization
    return [
        "--base", str(base.folder), "--block", str(quantization.block_size), "--keep", ",".join(quantization.keep),
        *(["--double"] if quantization.double_quantization else []),
    ]  # fmt: skip


def run_loracle(given: argparse.Namespace) -> dict[str, Any]:
    """Train in this process. Tokens are counted as if no row shared anything."""
    import torch

    from app.bootstrap.models import quiet_libraries, training_source
    from app.settings import Settings
    from app.training.dataset import Dataset
    from app.training.examples import Example
    from app.training.loop import Progress, RunControls, RunResources, TrainingSetup, train
    from app.training.recipe import recipe_from

    quiet_libraries()
    torch.set_num_threads(given.threads)
    rows = [json.loads(line) for line in given.rows.read_text().splitlines()]
    examples = [Example(tuple(r["prompt"]), tuple(r["completion"]), r["document"], r["line"]) for r in rows]
    recipe = recipe_from(
        {
            "rank": RANK, "learning_rate": LEARNING_RATE, "rows_per_step": ROWS_PER_STEP, "epochs": 1.0, "dropout": 0.0,
            "max_tokens": given.max_tokens, "micro_batch_tokens": MICRO_BATCH_TOKENS, "validation_share": 0.0,
            "share_prefixes": "nothing shared" not in given.arm, "checkpoint_every": 10_000,
        }
    )  # fmt: skip
    steps: list[dict[str, float]] = []

    def note(progress: Progress) -> None:
        if progress.kind == "step":
            steps.append(progress.figures)

    with tempfile.TemporaryDirectory() as out:
        train(
            TrainingSetup(recipe, Dataset(tuple(examples), (), "speed"), Path(out), training_source(Settings())),
            RunControls(on_progress=note),
            RunResources(dense="4 bits" not in given.arm),
        )
    counted = steps[1:]  # the first one warms up
    return {
        "tokens_per_s": sum(s["tokens_per_s"] * s["seconds"] for s in counted) / sum(s["seconds"] for s in counted),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "loss": statistics.fmean(s["train_loss"] for s in steps),
    }


def summed(arm: str, runs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "arm": arm,
        "tokens/s": statistics.median(run["tokens_per_s"] for run in runs),
        "peak memory, MB": max(run["peak_mb"] for run in runs),
        "mean loss": statistics.fmean(run["loss"] for run in runs),
        "runs": len(runs),
    }


if __name__ == "__main__":
    main()
