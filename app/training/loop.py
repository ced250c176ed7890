"""The training loop: plan, forward, backward, step; validate, checkpoint, stop early, keep the best."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch

from app.training.base import BaseSource, TrainingBase, load_training_base
from app.training.dataset import Dataset
from app.training.methods import attach_method
from app.training.pace import Pace
from app.training.recipe import Recipe
from app.training.room import Room
from app.training.run_state import Run, TrainingFailed, restore_run, save_run
from app.training.steps import run_step, validate_run
from app.training.trainable import Trainable
from app.training.trees import Step, grow_trees, plan_epoch

SUMMARY = "training.json"


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of a run's story.

    `kind`: started, resumed, narrowed, step, validation, checkpoint, stopped_early, finished.
    """

    kind: str
    step: int
    steps: int
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrainingResult:
    folder: Path  # holds the adapter and training.json
    steps: int
    train_loss: float  # mean of the last ten steps
    valid_loss: float | None  # of the weights that were kept, or where it paused
    seconds: float
    tokens: int  # computed in them
    cancelled: bool = False


def train(
    recipe: Recipe,
    dataset: Dataset,
    out: Path,
    *,
    source: BaseSource,
    on_progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    resume: bool = True,
    dense: bool = True,
    base: TrainingBase | None = None,
    pause_at: int | None = None,
    room: Room | None = None,
    pace: Pace | None = None,
) -> TrainingResult:
    """Train an adapter into `out` (PEFT layout, beside training.json and checkpoints).

    Goes on from the newest whole checkpoint in `out`. With `should_stop` true it saves a checkpoint and returns,
    cancelled. `dense` False keeps the base in 4 bits: less memory, slower. `base`: one that is loaded and that nothing
    else uses. At the step `pause_at` it saves a checkpoint and returns, paused: what follows is not changed by that.
    `room`: what memory allows for; micro-batches are made smaller where they have more. `pace`: chooses each step's
    threads; else they are PyTorch's.
    Raises TrainingFailed (nothing to train on, a loss that is not finite, another recipe's checkpoints, no room),
    WeightsUnavailable.
    """
    if not dataset.train:
        raise TrainingFailed("The dataset has no rows to train on.", code="no_rows")
    torch.manual_seed(recipe.seed)
    base = base or load_training_base(source, quantized=recipe.quantized, dense=dense)
    plan = plan_run(dataset, recipe)
    trainable = attach_method(base, recipe, source)
    optimizer = torch.optim.AdamW(trainable.groups(), weight_decay=recipe.weight_decay, fused=base.device == "cpu")
    run = restore_run(out, trainable, optimizer, dataset, recipe) if resume else Run()
    on_progress(Progress("resumed" if run.step else "started", run.step, len(plan)))
    started = time.perf_counter() - run.seconds
    at_once = recipe.micro_batch_tokens
    if room is not None and (fits := room.tokens(base, trainable, dataset)) < at_once:
        at_once, plan = fits, [step.within(fits) for step in plan]
        on_progress(Progress("narrowed", run.step, len(plan), {"micro_batch_tokens": at_once}))

    def save() -> None:
        save_run(out, run, trainable, optimizer, dataset, recipe, time.perf_counter() - started)

    while run.step < min(len(plan), pause_at or len(plan)):
        if should_stop():
            save()
            return replace(_result(out, run, plan, started), cancelled=True)
        work = partial(run_step, base, trainable, optimizer, plan[run.step], run.step, len(plan))
        figures = _take(plan[run.step], work, room, pace)
        run.step += 1
        run.losses.append(figures["train_loss"])
        on_progress(Progress("step", run.step, len(plan), figures))
        if dataset.validation and (run.step % recipe.validate_every == 0 or run.step == len(plan)):
            figures = validate_run(base, dataset, recipe, at_once)
            _compare(run, trainable, figures["valid_loss"], len(plan))
            on_progress(Progress("validation", run.step, len(plan), figures))
            if recipe.patience and run.worse >= recipe.patience:
                on_progress(Progress("stopped_early", run.step, len(plan)))
                break
        if run.step % recipe.checkpoint_every == 0:
            save()
            on_progress(Progress("checkpoint", run.step, len(plan)))
    else:
        if pause_at is not None:
            save()
            valid_loss = validate_run(base, dataset, recipe, at_once)["valid_loss"]
            return replace(_result(out, run, plan, started), valid_loss=valid_loss)
    return _finish(_result(out, run, plan, started), run, base, trainable, dataset, recipe, source, on_progress)


def plan_run(dataset: Dataset, recipe: Recipe) -> list[Step]:
    """All steps of a run, a function of rows and recipe alone: what makes a resumed run the same run."""
    trees = grow_trees(dataset.train, most_tokens=recipe.max_tokens, share=recipe.share_prefixes)
    plan: list[Step] = []
    for epoch in range(math.ceil(recipe.epochs)):
        steps = plan_epoch(
            trees,
            rows_per_step=recipe.rows_per_step,
            micro_batch_tokens=recipe.micro_batch_tokens,
            seed=recipe.seed * 1000 + epoch,
        )
        share = min(1.0, recipe.epochs - epoch)
        plan += steps[: max(1, round(share * len(steps)))]
    return plan[: recipe.max_steps] if recipe.max_steps else plan


def _take(step: Step, work: Callable[[], dict[str, float]], room: Room | None, pace: Pace | None) -> dict[str, float]:
    """The figures of a step, with as many threads as `pace` says; what it leaves in memory is given back."""
    if pace is not None:
        torch.set_num_threads(pace.threads)
    figures = work()
    if pace is not None:
        pace.took(step.tokens / figures["seconds"])
    if room is not None:
        room.tidy()
    return figures


def _compare(run: Run, trainable: Trainable, loss: float, steps: int) -> None:
    """Keep the weights if they are the best so far, and may be kept."""
    if not trainable.settled(run.step, steps):
        return
    if loss < run.best_loss:
        run.best_loss, run.worse = loss, 0
        run.best = {name: parameter.detach().clone() for name, parameter in trainable.parameters().items()}
    else:
        run.worse += 1


def _finish(
    result: TrainingResult,
    run: Run,
    base: TrainingBase,
    trainable: Trainable,
    dataset: Dataset,
    recipe: Recipe,
    source: BaseSource,
    on_progress: Callable[[Progress], None],
) -> TrainingResult:
    if run.best:
        with torch.no_grad():
            for name, parameter in trainable.parameters().items():
                parameter.copy_(run.best[name])
    trainable.save(result.folder, base_name=source.name)
    summary: dict[str, Any] = {
        "base": source.name,
        "base_fingerprint": base.fingerprint,
        "quantization": source.quantization.describe() if recipe.quantized else "none",
        "recipe": recipe.describe(),
        "dataset": dataset.digest,
        "rows": len(dataset.train),
        "rows_held_out": len(dataset.validation),
        "steps": run.step,
        "seconds": round(result.seconds, 1),
        "train_loss": result.train_loss,
        "valid_loss": result.valid_loss,
        "losses": run.losses,
        "trained_parameters": sum(parameter.numel() for parameter in trainable.parameters().values()),
        **trainable.summary(),
    }
    (result.folder / SUMMARY).write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    on_progress(Progress("finished", run.step, run.step, {"train_loss": result.train_loss}))
    return result


def _result(out: Path, run: Run, plan: Sequence[Step], started: float) -> TrainingResult:
    last = run.losses[-10:] or [math.nan]
    valid = None if math.isinf(run.best_loss) else run.best_loss
    tokens = sum(step.tokens for step in plan[: run.step])
    return TrainingResult(out, run.step, sum(last) / len(last), valid, time.perf_counter() - started, tokens)
