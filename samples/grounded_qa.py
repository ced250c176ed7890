"""Trains the starter adapter `grounded-qa` on openly licensed question sets; `make starter-adapter DATA=folder`.

The folder holds SQuAD-like JSONL (question, context, answers): xquad_en.jsonl, faquad_train.jsonl and
squad_pt_sample_valid.jsonl. Whole documents are kept out, written to held_out.jsonl, and never trained on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from app.bootstrap.models import quiet_libraries, training_source
from app.engine.tokenizer import ChatTokenizer
from app.llm.engine_backend import LocalTokenizer
from app.settings import Settings
from app.text.coverage import content_stems, coverage
from app.training.base import BaseModelSpec, read_tokenizer
from app.training.checkpoints import newest_checkpoint, save_checkpoint
from app.training.dataset import Dataset, split, validate
from app.training.loop import SUMMARY, Progress, RunControls, TrainingSetup, train
from app.training.lowrank import CONFIG, WEIGHTS
from app.training.recipe import Recipe

SETS = {
    "xquad_en": ("en", "XQuAD, CC BY-SA 4.0"),
    "faquad_train": ("pt", "FaQuAD, CC BY 4.0"),
    "squad_pt_sample_valid": ("pt", "SQuAD v1.1 pt, CC BY-SA"),
}
NEIGHBOURS = 5  # contexts of one article stand together in these sets: what is kept out is kept out in blocks
HELD_OUT = 0.1
ALONE = 0.65  # share of the paragraphs that come without a distractor
CHECKPOINTS = "checkpoints"  # where a run keeps them
FIRST = Recipe(
    rank=16,
    learning_rate=5e-4,
    epochs=1.0,
    max_steps=100,
    max_tokens=1024,
    validation_share=0.02,
    validate_every=50,
    patience=0,
    checkpoint_every=10,
    micro_batch_tokens=1024,
    seed=7,
)
LAST = replace(FIRST, learning_rate=1e-3, epochs=1.25, max_steps=None, rows_per_step=12, seed=9)


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of the training: the next one goes on from its weights, over another arrangement of passages."""

    recipe: Recipe
    longest_context: int  # characters
    twice: tuple[str, ...] = ()  # languages whose paragraphs come under two arrangements
    refused: float = 0.14  # share of the paragraphs whose questions are asked without them


LEGS = (
    Leg(FIRST, 1600, twice=("en",)),
    Leg(replace(FIRST, rows_per_step=12, seed=8), 1000, twice=("en",), refused=0.22),
    Leg(LAST, 1600, twice=("en",), refused=0.12),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A context with its questions."""

    name: str
    language: str
    text: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data/grounded-qa"))
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop then; the next call goes on from there")
    arguments = parser.parse_args()
    deadline = time.monotonic() + 60 * arguments.minutes
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    quiet_libraries()
    source = training_source(Settings())
    tokenizer = read_tokenizer(source.folder)
    learned, held = divide([p for name in SETS for p in read_paragraphs(arguments.data, name)])
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_lines(arguments.out / "held_out.jsonl", [row for p in held for row in plain_rows(p)])
    stop = lambda: time.monotonic() > deadline  # noqa: E731
    before: Path | None = None
    for number, leg in enumerate(LEGS, 1):
        folder = arguments.out / f"leg-{number}"
        if not (folder / SUMMARY).is_file() and not walk(leg, folder, before, learned, source, tokenizer, stop):
            print(f"Stopped in leg {number}; the same call goes on from there.")
            return
        before = folder
    for path in (folder / CONFIG, folder / WEIGHTS):
        shutil.copy2(path, arguments.out)


def walk(
    leg: Leg,
    folder: Path,
    before: Path | None,
    learned: list[Paragraph],
    source: BaseModelSpec,
    tokenizer: Any,
    stop: Callable[[], bool],
) -> bool:
    """Train one leg into `folder`, from the weights in `before`. False if it was stopped."""
    lines = [json.dumps(row, ensure_ascii=False) for row in training_rows(learned, leg)]
    report, examples = validate(
        lines,
        LocalTokenizer(ChatTokenizer(tokenizer)),
        end_id=tokenizer.eos_token_id,
        max_tokens=leg.recipe.max_tokens,
    )
    print({**report.describe(), "previews": report.previews[:1], "problems": report.problem_count}, flush=True)
    dataset = split(examples, validation_share=leg.recipe.validation_share, seed=leg.recipe.seed)
    if before and newest_checkpoint(folder / CHECKPOINTS) is None:
        start_from(before / WEIGHTS, folder, leg.recipe, dataset)
    result = train(TrainingSetup(leg.recipe, dataset, folder, source), RunControls(on_progress=tell, should_stop=stop))
    print(result, flush=True)
    return not result.cancelled


def start_from(weights: Path, folder: Path, recipe: Recipe, dataset: Dataset) -> None:
    """A checkpoint of step 0 that holds an adapter's weights: a run in `folder` begins with them."""
    tensors = {
        f"now.{name.removeprefix('base_model.model.').removesuffix('.weight')}": tensor
        for name, tensor in load_file(weights).items()
    }
    state: dict[str, Any] = {"recipe": recipe.describe(), "dataset": dataset.digest, "losses": []}
    state |= {"best_loss": None, "worse": 0}
    save_checkpoint(folder / CHECKPOINTS, 0, tensors, {**state, "seconds": 0.0})


def tell(progress: Progress) -> None:
    figures = {name: round(value, 5) for name, value in progress.figures.items()}
    print(progress.kind, f"{progress.step}/{progress.steps}", figures, flush=True)


def read_paragraphs(folder: Path, name: str) -> list[Paragraph]:
    """Contexts in the order of the file, with all their questions."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["answers"]:
            found[row["context"]].append((row["question"], tuple(row["answers"])))
    return [
        Paragraph(f"{name}-{place // NEIGHBOURS}", SETS[name][0], text, tuple(questions))
        for place, (text, questions) in enumerate(found.items())
    ]


def divide(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """(to learn from, kept out), by block of neighbouring contexts, by hash: the same on every machine."""

    def kept_out(paragraph: Paragraph) -> bool:
        digest = hashlib.sha256(paragraph.name.encode()).digest()
        return digest[0] < HELD_OUT * 256

    return [p for p in paragraphs if not kept_out(p)], [p for p in paragraphs if kept_out(p)]


def plain_rows(paragraph: Paragraph) -> list[dict[str, Any]]:
    return [
        {
            "question": question,
            "context": paragraph.text,
            "answers": list(answers),
            "language": paragraph.language,
            "document": paragraph.name,
        }
        for question, answers in paragraph.questions
    ]


def training_rows(paragraphs: list[Paragraph], leg: Leg) -> list[dict[str, Any]]:
    """RAFT-like (arXiv 2403.10131): the passage alone, beside a distractor, or only distractors and a refusal."""
    draw = random.Random(leg.recipe.seed)  # noqa: S311 - arrangements, not secrets
    rows: list[dict[str, Any]] = []
    by_language = {
        language: [p for p in paragraphs if p.language == language and len(p.text) <= leg.longest_context]
        for language in ("en", "pt")
    }
    for paragraph in [p for group in by_language.values() for p in group]:
        others = [p for p in by_language[paragraph.language] if p.name != paragraph.name]
        rows += arranged(paragraph, others, draw, draw.random(), leg.refused)
        if paragraph.language in leg.twice:
            rows += arranged(paragraph, others, draw, ALONE + (1 - ALONE) * draw.random(), leg.refused)
    return [dict(row) for row in {json.dumps(row): row for row in rows}.values()]


def arranged(
    paragraph: Paragraph, others: list[Paragraph], draw: random.Random, lot: float, refused: float
) -> list[dict[str, Any]]:
    """The paragraph's rows under one arrangement of passages."""
    if lot < ALONE:
        return [{**row, "answers": row["answers"][:1]} for row in plain_rows(paragraph)]
    hard = hardest(paragraph, others, draw)
    if lot < 1 - refused:
        passages = [paragraph.text, hard.text]
        draw.shuffle(passages)
        return [{**row, "answers": row["answers"][:1], "context": passages} for row in plain_rows(paragraph)]
    return [{**row, "answers": [], "context": [hard.text]} for row in plain_rows(paragraph)[:3]]


def hardest(paragraph: Paragraph, others: list[Paragraph], draw: random.Random) -> Paragraph:
    """Of some other paragraphs, the one that shares most words with this one's questions."""
    wanted = content_stems(" ".join(question for question, _ in paragraph.questions))
    return max(draw.sample(others, min(40, len(others))), key=lambda other: coverage(wanted, other.text))


def write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
