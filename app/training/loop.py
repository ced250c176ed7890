"""The training loop: plan, forward, backward, step; validation, checkpoints, early stopping, best weights."""

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
from app.training.base import BaseModelSpec, TrainingBase, load_training_base
from app.training.dataset import Dataset
from app.training.lowrank import load_update
from app.training.memory_budget import MemoryBudget
from app.training.messages import Progress, ProgressKind
from app.training.methods import attach_method
from app.training.prefix_sharing import Step, group_by_prefix, plan_epoch
from app.training.recipe import Recipe
from app.training.run_state import RunCheckpoints, RunState, TrainingFailed
from app.training.steps import run_step, validate_run
from app.training.thread_controller import ThreadController

SUMMARY = "training.json"


@dataclass(frozen=True, slots=True)
class TrainingSetup:
    """What a run trains on, and the folder `out` for its adapter, training.json and checkpoints."""

    recipe: Recipe
    dataset: Dataset
    out: Path
    model_spec: BaseModelSpec
    start_from: Path | None = None  # a LoRA adapter of the recipe's rank, whose weights the run begins with


@dataclass(frozen=True, slots=True)
class RunControls:
    """Reports of a run and its end. At step `pause_at` it saves a checkpoint and returns."""

    on_progress: Callable[[Progress], None] = lambda _: None
    should_stop: Callable[[], bool] = lambda: False
    pause_at: int | None = None
    resume: bool = True  # from the newest intact checkpoint


@dataclass(frozen=True, slots=True)
class RunResources:
    """Memory and threads of a run."""

    dense: bool = True  # False keeps the base model in 4 bits: slower, with less memory
    base: TrainingBase | None = None  # a loaded base model that nothing else uses
    memory_budget: MemoryBudget | None = None  # limits the size of micro-batches
    thread_controller: ThreadController | None = None  # chooses the threads of each step; None: PyTorch's count


@dataclass(frozen=True, slots=True)
class TrainingResult:
    folder: Path  # holds the adapter and training.json
    steps: int
    train_loss: float  # mean of the last ten steps
    valid_loss: float | None  # of the saved weights, or at the pause
    seconds: float
    tokens: int  # tokens computed in these steps
    cancelled: bool = False


def train(
    setup: TrainingSetup, controls: RunControls | None = None, resources: RunResources | None = None
) -> TrainingResult:
    """Train an adapter into `setup.out` (PEFT layout).

    When `should_stop` returns true, it saves a checkpoint and returns a cancelled result. A run that was stopped or
    paused and resumes later gives the same adapter as one that was not.

    Raises TrainingFailed (no rows, a loss that is not finite, checkpoints of another recipe, too little memory),
    WeightsUnavailable.
    """
    controls, resources = controls or RunControls(), resources or RunResources()
    recipe = setup.recipe
    if not setup.dataset.train:
        raise TrainingFailed("The dataset has no rows to train on.", code="no_rows")
    torch.manual_seed(recipe.seed)
    base = resources.base or load_training_base(setup.model_spec, quantized=recipe.quantized, dense=resources.dense)
    return _TrainingRun(setup, base, controls, resources).execute()


def plan_run(dataset: Dataset, recipe: Recipe) -> list[Step]:
    """All steps of a run. They depend only on rows and recipe, so a resumed run repeats the same steps."""
    groups = group_by_prefix(
        dataset.train, max_tokens=recipe.max_tokens, share_prefixes=recipe.share_prefixes, activated=recipe.activated
    )
    plan: list[Step] = []
    for epoch in range(math.ceil(recipe.epochs)):
        steps = plan_epoch(
            groups,
            rows_per_step=recipe.rows_per_step,
            micro_batch_tokens=recipe.micro_batch_tokens,
            seed=recipe.seed * 1000 + epoch,
        )
        share = min(1.0, recipe.epochs - epoch)
        plan += steps[: max(1, round(share * len(steps)))]
    return plan[: recipe.max_steps] if recipe.max_steps else plan


class _TrainingRun:
    """The state that the steps of a running training share."""

    def __init__(
        self, setup: TrainingSetup, base: TrainingBase, controls: RunControls, resources: RunResources
    ) -> None:
        self.recipe, self.dataset, self.out, self.model_spec = setup.recipe, setup.dataset, setup.out, setup.model_spec
        self.base, self.controls, self.start_from = base, controls, setup.start_from
        self.memory_budget, self.thread_controller = resources.memory_budget, resources.thread_controller
        self.plan = plan_run(self.dataset, self.recipe)
        self.trainable = attach_method(base, self.recipe, self.model_spec)
        if self.start_from is not None:
            load_update(self.trainable, self.start_from)
        self.optimizer = torch.optim.AdamW(
            self.trainable.parameter_groups(), weight_decay=self.recipe.weight_decay, fused=base.device == "cpu"
        )
        self.checkpoints = RunCheckpoints(self.out, self.trainable, self.optimizer, self.dataset, self.recipe)
        self.run = self.checkpoints.restore() if controls.resume else RunState()
        self._report("resumed" if self.run.step else "started")
        self.started = time.perf_counter() - self.run.seconds
        self.micro_batch_tokens = self.recipe.micro_batch_tokens
        if self.memory_budget is not None:
            self._limit_micro_batches(self.memory_budget.micro_batch_tokens(base, self.trainable, self.dataset))

    def _limit_micro_batches(self, tokens: int) -> None:
        """Split the steps of the plan into smaller micro-batches if memory requires it."""
        if tokens < self.micro_batch_tokens:
            self.micro_batch_tokens, self.plan = tokens, [step.limited_to(tokens) for step in self.plan]
            self._report("narrowed", {"micro_batch_tokens": tokens})

    def execute(self) -> TrainingResult:
        """Run steps until the end of the plan, a stop, a pause, or early stopping."""
        pause_at = self.controls.pause_at
        while self.run.step < min(len(self.plan), pause_at or len(self.plan)):
            if self.controls.should_stop():
                self._save()
                return replace(self._result(), cancelled=True)
            self._step()
            if self.recipe.patience and self.run.worse >= self.recipe.patience:
                self._report("stopped_early")
                break
            if self.run.step % self.recipe.checkpoint_every == 0:
                self._save()
                self._report("checkpoint")
        else:
            if pause_at is not None:
                self._save()
                return replace(self._result(), valid_loss=self._validate()["valid_loss"])
        return self._finish()

    def _step(self) -> None:
        """Run one optimizer step. When validation is due, compute the loss and keep the best weights."""
        step = self.plan[self.run.step]
        if self.thread_controller is not None:
            set_torch_threads(self.thread_controller.threads)
        figures = run_step(
            self.base, self.trainable, self.optimizer, step, self.run.step, len(self.plan), self._trim_memory
        )
        if self.thread_controller is not None:
            self.thread_controller.record(step.tokens / figures["seconds"])
        self.run.step += 1
        self.run.losses.append(figures["train_loss"])
        self._report("step", figures)
        due = self.run.step % self.recipe.validate_every == 0 or self.run.step == len(self.plan)
        if self.dataset.validation and due:
            figures = self._validate()
            self._track_best(figures["valid_loss"])
            self._report("validation", figures)

    def _validate(self) -> dict[str, float]:
        return validate_run(self.base, self.dataset, self.recipe, self.micro_batch_tokens, self._trim_memory)

    def _trim_memory(self) -> None:
        if self.memory_budget is not None:
            self.memory_budget.trim_if_full()

    def _track_best(self, loss: float) -> None:
        """Copy the weights if their validation loss is the best so far."""
        if not self.trainable.may_be_best(self.run.step, len(self.plan)):
            return
        if loss < self.run.best_loss:
            self.run.best_loss, self.run.worse = loss, 0
            self.run.best = {name: one.detach().clone() for name, one in self.trainable.parameters().items()}
        else:
            self.run.worse += 1

    def _save(self) -> None:
        self.checkpoints.save(self.run, time.perf_counter() - self.started)

    def _report(self, kind: ProgressKind, figures: dict[str, float] | None = None) -> None:
        self.controls.on_progress(Progress(kind, self.run.step, len(self.plan), figures or {}))

    def _finish(self) -> TrainingResult:
        """Save the best weights and the summary of the run."""
        result, trainable = self._result(), self.trainable
        if self.run.best:
            with torch.no_grad():
                for name, parameter in trainable.parameters().items():
                    parameter.copy_(self.run.best[name])
        trainable.save(self.out, base_name=self.model_spec.name)
        summary: dict[str, Any] = {
            "base": self.model_spec.name,
            "base_fingerprint": self.base.fingerprint,
            "quantization": self.model_spec.quantization.describe() if self.recipe.quantized else "none",
            "start_from": None if self.start_from is None else self.start_from.name,
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
        self.controls.on_progress(Progress("finished", self.run.step, self.run.step, {"train_loss": result.train_loss}))
        return result

    def _result(self) -> TrainingResult:
        last = self.run.losses[-10:] or [math.nan]
        valid = None if math.isinf(self.run.best_loss) else self.run.best_loss
        tokens = sum(step.tokens for step in self.plan[: self.run.step])
        seconds = time.perf_counter() - self.started
        return TrainingResult(self.out, self.run.step, sum(last) / len(last), valid, seconds, tokens)
