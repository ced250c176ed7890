"""The training loop: plan, forward, backward, step; validate, checkpoint, stop early, keep the best."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from app.numerics.threads import set_torch_threads
from app.training.base import BaseSource, TrainingBase, load_training_base
from app.training.dataset import Dataset
from app.training.messages import Progress, ProgressKind
from app.training.methods import attach_method
from app.training.pace import Pace
from app.training.recipe import Recipe
from app.training.room import Room
from app.training.run_state import Run, TrainingFailed, restore_run, save_run
from app.training.steps import run_step, validate_run
from app.training.trees import Step, grow_trees, plan_epoch

SUMMARY = "training.json"


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
    training = _Training(recipe, dataset, out, source, base, on_progress, room, pace, resume=resume)
    return training.walk(should_stop, pause_at)


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


class _Training:
    """A run under way: what its steps share."""

    def __init__(
        self,
        recipe: Recipe,
        dataset: Dataset,
        out: Path,
        source: BaseSource,
        base: TrainingBase,
        on_progress: Callable[[Progress], None],
        room: Room | None,
        pace: Pace | None,
        *,
        resume: bool,
    ) -> None:
        self.recipe, self.dataset, self.out, self.source, self.base = recipe, dataset, out, source, base
        self.on_progress, self.room, self.pace = on_progress, room, pace
        self.plan = plan_run(dataset, recipe)
        self.trainable = attach_method(base, recipe, source)
        self.optimizer = torch.optim.AdamW(
            self.trainable.groups(), weight_decay=recipe.weight_decay, fused=base.device == "cpu"
        )
        self.run = restore_run(out, self.trainable, self.optimizer, dataset, recipe) if resume else Run()
        self._tell("resumed" if self.run.step else "started")
        self.started = time.perf_counter() - self.run.seconds
        self.at_once = recipe.micro_batch_tokens
        if room is not None and (fits := room.tokens(base, self.trainable, dataset)) < self.at_once:
            self.at_once, self.plan = fits, [step.within(fits) for step in self.plan]
            self._tell("narrowed", {"micro_batch_tokens": fits})

    def walk(self, should_stop: Callable[[], bool], pause_at: int | None) -> TrainingResult:
        """To the end of the plan, or to where it is stopped, paused, or no longer gets better."""
        while self.run.step < min(len(self.plan), pause_at or len(self.plan)):
            if should_stop():
                self._save()
                return replace(self._result(), cancelled=True)
            self._step()
            if self.recipe.patience and self.run.worse >= self.recipe.patience:
                self._tell("stopped_early")
                break
            if self.run.step % self.recipe.checkpoint_every == 0:
                self._save()
                self._tell("checkpoint")
        else:
            if pause_at is not None:
                self._save()
                return replace(self._result(), valid_loss=self._validate()["valid_loss"])
        return self._finish()

    def _step(self) -> None:
        """One step, and what follows from it: the loss over the rows held out where it is due, the best weights kept.

        As many threads as the pace says.
        """
        step = self.plan[self.run.step]
        if self.pace is not None:
            set_torch_threads(self.pace.threads)
        figures = run_step(self.base, self.trainable, self.optimizer, step, self.run.step, len(self.plan), self._tidy)
        if self.pace is not None:
            self.pace.took(step.tokens / figures["seconds"])
        self.run.step += 1
        self.run.losses.append(figures["train_loss"])
        self._tell("step", figures)
        due = self.run.step % self.recipe.validate_every == 0 or self.run.step == len(self.plan)
        if self.dataset.validation and due:
            figures = self._validate()
            self._compare(figures["valid_loss"])
            self._tell("validation", figures)

    def _validate(self) -> dict[str, float]:
        return validate_run(self.base, self.dataset, self.recipe, self.at_once, self._tidy)

    def _tidy(self) -> None:
        if self.room is not None:
            self.room.tidy()

    def _compare(self, loss: float) -> None:
        """Keep the weights if they are the best so far, and may be kept."""
        if not self.trainable.settled(self.run.step, len(self.plan)):
            return
        if loss < self.run.best_loss:
            self.run.best_loss, self.run.worse = loss, 0
            self.run.best = {name: one.detach().clone() for name, one in self.trainable.parameters().items()}
        else:
            self.run.worse += 1

    def _save(self) -> None:
        seconds = time.perf_counter() - self.started
        save_run(self.out, self.run, self.trainable, self.optimizer, self.dataset, self.recipe, seconds)

    def _tell(self, kind: ProgressKind, figures: dict[str, float] | None = None) -> None:
        self.on_progress(Progress(kind, self.run.step, len(self.plan), figures or {}))

    def _finish(self) -> TrainingResult:
        """Save the best weights, and the story of the run beside them."""
        result, trainable = self._result(), self.trainable
        if self.run.best:
            with torch.no_grad():
                for name, parameter in trainable.parameters().items():
                    parameter.copy_(self.run.best[name])
        trainable.save(self.out, base_name=self.source.name)
        summary: dict[str, Any] = {
            "base": self.source.name,
            "base_fingerprint": self.base.fingerprint,
            "quantization": self.source.quantization.describe() if self.recipe.quantized else "none",
            "recipe": self.recipe.describe(),
            "dataset": self.dataset.digest,
            "rows": len(self.dataset.train),
            "rows_held_out": len(self.dataset.validation),
            "steps": self.run.step,
            "seconds": round(result.seconds, 1),
            "train_loss": result.train_loss,
            "valid_loss": result.valid_loss,
            "losses": self.run.losses,
            "trained_parameters": sum(parameter.numel() for parameter in trainable.parameters().values()),
            **trainable.summary(),
        }
        (self.out / SUMMARY).write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
        self.on_progress(Progress("finished", self.run.step, self.run.step, {"train_loss": result.train_loss}))
        return result

    def _result(self) -> TrainingResult:
        last = self.run.losses[-10:] or [math.nan]
        valid = None if math.isinf(self.run.best_loss) else self.run.best_loss
        tokens = sum(step.tokens for step in self.plan[: self.run.step])
        seconds = time.perf_counter() - self.started
        return TrainingResult(self.out, self.run.step, sum(last) / len(last), valid, seconds, tokens)
