"""Trains the starter adapter `grounded-qa`: `make starter-adapter DATA=folder`, or

    python -m samples.grounded_qa DATA OUT --base path:FOLDER --name NAME

The rows come from the openly licensed question sets in DATA (`question_sets`), from invented everyday documents
(`everyday_rows`) and from passages and questions written by hand (`asked_rows`). OUT gets the rows, those that were
kept out, and the adapter with its lineage. A run that was stopped goes on at the same call.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from app.adapters.base_spec import read_base_spec
from app.adapters.builtin import CARD
from app.adapters.compress import compress_adapter
from app.bootstrap.models import quiet_libraries, training_source
from app.engine.tokenizer import ChatTokenizer
from app.llm.local_tokenizer import LocalTokenizer
from app.settings import Settings
from app.training.base import BaseModelSpec, read_tokenizer
from app.training.dataset import Dataset, DatasetReport, split, validate
from app.training.estimate import RowStatistics, estimate
from app.training.examples import Example
from app.training.loop import SUMMARY, Progress, RunControls, TrainingSetup, train
from app.training.recipe import Recipe
from samples.asked_rows import asked_rows
from samples.chunk_rows import chunk_rows
from samples.question_sets import SETS, divide, plain_rows, question_rows, read_paragraphs, write_lines

RUN = "run"  # folder of checkpoints
WEIGHTS = "adapter_model.safetensors"
RECIPE = Recipe(
    rank=8,
    learning_rate=5e-4,
    epochs=1.0,
    rows_per_step=12,
    max_tokens=1024,
    micro_batch_tokens=1024,
    validation_share=0.02,
    validate_every=1000,  # at the end alone
    patience=0,
    checkpoint_every=10,
    seed=11,
)
LICENCE = "CC BY-SA 4.0"
DATA = (
    ("XQuAD, English", "CC BY-SA 4.0", "Artetxe, Ruder and Yogatama, ACL 2020 (arXiv 1910.11856)"),
    ("FaQuAD", "CC BY 4.0", "Sayama, Araujo and Fernandes, BRACIS 2019"),
    (
        "SQuAD v1.1 in Portuguese, a sample",
        "CC BY-SA",
        "machine translation of SQuAD (Rajpurkar et al., 2016, arXiv 1606.05250)",
    ),
    ("Everyday questions", "CC0", "samples/everyday of this project: invented documents in five languages"),
    ("Asked questions", "CC0", "samples/asked of this project: invented passages in six languages, written by hand"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=Path("data/grounded-qa"))
    parser.add_argument("--base", help="a base model as LORACLE_BASE_MODEL names it; that of the settings if left out")
    parser.add_argument("--name", help="what the adapter calls its base; --base if left out")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop then; the next call goes on from there")
    parser.add_argument("--steps", type=int, help="at most so many, of groups drawn at random; all if left out")
    parser.add_argument("--replay", type=float, default=1.0, help="share of the documents beside samples/asked")
    parser.add_argument("--learning-rate", type=float, default=RECIPE.learning_rate)
    parser.add_argument("--start-from", type=Path, help="an adapter of the same base and rank, to go on from")
    parser.add_argument("--average", action="store_true", help="write the mean of --start-from and what was trained")
    parser.add_argument("--rows-only", action="store_true", help="write the rows, say what training costs, and stop")
    arguments = parser.parse_args()
    if arguments.average and arguments.start_from is None:
        parser.error("--average needs --start-from: it takes the mean of the weights before and after.")
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    quiet_libraries()
    settings = Settings(**{"base_model": arguments.base} if arguments.base else {})
    source = training_source(settings)
    source = replace(source, name=arguments.name or source.name)
    recipe = replace(RECIPE, max_steps=arguments.steps, learning_rate=arguments.learning_rate)
    rows = write_rows(arguments.data, arguments.out, arguments.replay)
    report, examples = encode(rows, source)
    announce(report, recipe, source)
    if not arguments.rows_only:
        deadline = time.monotonic() + 60 * arguments.minutes
        setup = TrainingSetup(
            recipe, _dataset(examples, recipe), arguments.out / RUN, source, start_from=arguments.start_from
        )
        run(setup, arguments.out, deadline=deadline, average_with=arguments.start_from if arguments.average else None)


def write_rows(data: Path, out: Path, replay: float) -> list[dict[str, Any]]:
    """The rows to train on; they and those that are kept out are written to `out`."""
    learned, kept_out = divide([paragraph for name in SETS for paragraph in read_paragraphs(data, name)])
    earlier = question_rows(learned, RECIPE.seed) + chunk_rows(RECIPE.seed)
    earlier = list({json.dumps([row["question"], row["context"]]): row for row in earlier}.values())
    documents = sorted({row["document"] for row in earlier})
    drawn = set(random.Random(RECIPE.seed).sample(documents, round(replay * len(documents))))  # noqa: S311
    asked, asked_kept_out = asked_rows(RECIPE.seed)
    rows = asked + [row for row in earlier if row["document"] in drawn]
    out.mkdir(parents=True, exist_ok=True)
    write_lines(out / "rows.jsonl", rows)
    write_lines(out / "held_out.jsonl", [row for paragraph in kept_out for row in plain_rows(paragraph)])
    write_lines(out / "asked_held_out.jsonl", asked_kept_out)
    return rows


def encode(rows: list[dict[str, Any]], source: BaseModelSpec) -> tuple[DatasetReport, list[Example]]:
    tokenizer = read_tokenizer(source.folder)
    report, examples = validate(
        [json.dumps(row, ensure_ascii=False) for row in rows],
        LocalTokenizer(ChatTokenizer(tokenizer)),
        end_id=tokenizer.eos_token_id,
        max_tokens=RECIPE.max_tokens,
    )
    if report.problems:
        raise SystemExit(report.error_summary())
    return report, examples


def announce(report: DatasetReport, recipe: Recipe, source: BaseModelSpec) -> None:
    """Print what is trained on and how long it takes, by a matrix product timed on this machine."""
    spec = read_base_spec(source.folder, name=source.name, fingerprint="")
    statistics = RowStatistics.from_report(report.describe())
    cost = estimate(statistics, recipe, spec.layers, evaluation_share=0.0, last=None)
    print(
        f"{report.rows:,} rows ({report.refusals} refusals in English and Portuguese), {report.tokens:,} tokens, "
        f"{report.computed_tokens:,} to compute; {cost.steps} steps in about {cost.seconds / 60:.0f} minutes.",
        flush=True,
    )


def _dataset(examples: list[Example], recipe: Recipe) -> Dataset:
    return split(examples, validation_share=recipe.validation_share, seed=recipe.seed)


def run(setup: TrainingSetup, out: Path, *, deadline: float, average_with: Path | None) -> None:
    """Train, and write the adapter in half precision with its lineage to `out`.

    With `average_with` it is the mean of that adapter and of the one that was trained (decision 27).
    """
    controls = RunControls(on_progress=tell, should_stop=lambda: time.monotonic() > deadline)
    result = train(setup, controls)
    print(result, flush=True)
    if result.cancelled:
        print("Stopped; the same call goes on from there.")
        return
    compress_adapter(out / RUN, out, rank=setup.recipe.rank, half=True)  # nothing is dropped: half the bytes
    summary = json.loads((out / RUN / SUMMARY).read_text(encoding="utf-8"))
    card = lineage(summary)
    if average_with is not None:
        average_weights(average_with / WEIGHTS, out / WEIGHTS)
        card["averaged_with_start"] = True
    (out / CARD).write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def average_weights(first: Path, second: Path) -> None:
    """Write the mean of two adapters of one shape, matrix by matrix, over the second and in its precision."""
    before, after = load_file(first), load_file(second)
    mean = {name: ((before[name].float() + after[name].float()) / 2).to(after[name].dtype) for name in after}
    save_file(mean, second, metadata={"format": "pt"})


def lineage(summary: dict[str, Any]) -> dict[str, Any]:
    """What the adapter was made of, from the summary of its training."""
    data = [{"name": name, "licence": licence, "source": origin} for name, licence, origin in DATA]
    head = {name: summary[name] for name in ("base", "base_fingerprint", "quantization")}
    run_facts = ("start_from", "recipe", "dataset", "rows", "steps", "seconds", "train_loss", "valid_loss")
    return {**head, "licence": LICENCE, "data": data, **{name: summary[name] for name in run_facts}}


def tell(progress: Progress) -> None:
    figures = {name: round(value, 5) for name, value in progress.figures.items()}
    left = progress.figures.get("seconds", 0.0) * (progress.steps - progress.step) / 60
    ahead = f"about {left:.0f} minutes left" if left else ""
    print(progress.kind, f"{progress.step}/{progress.steps}", figures, ahead, flush=True)


if __name__ == "__main__":
    main()
