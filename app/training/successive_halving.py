"""Runs a search by successive halving: trials are runs that pause, and the chosen one resumes.

A trial is a normal run of its recipe, with the full learning-rate schedule, paused at a rung. Therefore the
chosen trial ends exactly as a run without a search.
"""

from __future__ import annotations

import json
import math
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from app.domain.training import SearchTrialStatus
from app.training.base import BasePool
from app.training.hyperparameter_search import (
    HyperparameterSearch,
    apply_changes,
    draw_trials,
    rest_steps,
    rungs,
    search_steps,
    summarize_changes,
)
from app.training.hyperparameter_search_state import UNCHANGED_RECIPE, Trial, read_state, save_state
from app.training.loop import RunControls, RunResources, TrainingResult, TrainingSetup, plan_run, train
from app.training.messages import Progress, SearchProgress, SearchReport, TrialCheckpoint, TrialNarrowed, TrialStep
from app.training.prefix_sharing import Step
from app.training.recipe import Recipe
from app.training.run_state import TrainingFailed

TRIALS = "trials"
Send = Callable[[SearchReport], None]


class SuccessiveHalving:
    """A search around the recipe of `setup`, in its folder. `run` may be called once."""

    def __init__(
        self,
        setup: TrainingSetup,
        search: HyperparameterSearch,
        send: Send = lambda _: None,
        should_stop: Callable[[], bool] = lambda: False,
        resources: RunResources | None = None,
    ) -> None:
        self._setup, self._search, self._send, self._should_stop = setup, search, send, should_stop
        self._resources = resources or RunResources()
        self._recipe, self._dataset, self._out = recipe, dataset, out = setup.recipe, setup.dataset, setup.out
        self.base = BasePool(setup.model_spec, quantized=recipe.quantized, dense=self._resources.dense)
        asked = {"recipe": recipe.describe(), "search": search.describe(), "dataset": dataset.digest}
        self.state = read_state(out, json.loads(json.dumps(asked)))
        if not self.state.trials:
            changes = draw_trials(search, recipe.seed)
            self.state.trials = [Trial(place + 1, one) for place, one in enumerate(changes)]
        self._rungs = rungs(len(self.state.trials))
        self._plans: dict[int, list[Step]] = {}
        self._last_narrowed: dict[str, float] = {}  # the figures that were sent last
        self._started = time.monotonic()

    def run(self) -> Recipe | None:
        """Run or resume the search. Returns the chosen recipe, with its checkpoints in `out`; None if stopped.

        Raises TrainingFailed if there are no validation rows, or every trial diverged.
        """
        if not self._dataset.validation:
            raise TrainingFailed("No rows were held out: a search has nothing to compare by.", code="no_rows")
        self._report("search", self._opening_message())
        while self.state.chosen is None:
            if self._run_rung() == "stopped":
                return None
        return self._adopt_checkpoints()

    def figures(self) -> dict[str, Any]:
        """State for a report; `steps` of all trials, `rest` of the chosen run's, as long as none is left out."""
        count, steps = len(self.state.trials), len(self._plan_steps(self.recipe_of(self.state.trials[0])))
        work = {"step": self._completed_steps(), "steps": search_steps(count, steps), "rest": rest_steps(count, steps)}
        return {**self.state.describe(), **work}

    def _completed_steps(self) -> int:
        return sum(trial.step for trial in self.state.trials)

    def recipe_of(self, trial: Trial) -> Recipe:
        return apply_changes(self._recipe, trial.changes)

    def _run_rung(self) -> Literal["compared", "stopped", "chosen"]:
        """Train every active trial up to the next rung, then keep the better half."""
        for trial in self.state.alive():
            if len(trial.losses) > self.state.rung:
                continue
            spent = self._exhausted_budget(trial)
            if spent is None and not self._train_to_rung(trial):
                spent = self._exhausted_budget(trial)
                if spent is None or self._should_stop():
                    self._save()
                    return "stopped"
            if spent is not None:
                self._choose_trial(self._rank(max(0, self.state.rung - 1)), spent)
                return "chosen"
        ranked = self._rank(self.state.rung)
        if not ranked:
            raise TrainingFailed("The loss of every trial stopped being a number: lower the rates.", code="diverged")
        self.state.rung += 1
        if self.state.rung == len(self._rungs) or len(ranked) == 1:
            self._choose_trial(ranked)
            return "chosen"
        self._drop_worse_half(ranked)
        return "compared"

    def _train_to_rung(self, trial: Trial) -> bool:
        """Train a trial up to the rung. Returns False if it was stopped."""
        recipe, before = self.recipe_of(trial), trial.step
        target = self._rung_step(trial)

        def on_progress(progress: Progress) -> None:
            if progress.kind == "step":
                self._send(TrialStep(trial.number, self._completed_steps() + progress.step - before))
            elif progress.kind == "checkpoint":
                self._send(TrialCheckpoint())
            elif progress.kind == "narrowed" and progress.figures != self._last_narrowed:
                self._last_narrowed = progress.figures
                self._send(TrialNarrowed(progress.figures))

        try:
            result: TrainingResult | None = train(
                replace(self._setup, recipe=recipe, out=self._folder(trial)),
                RunControls(on_progress, lambda: self._should_stop() or self._out_of_time(), target),
                replace(self._resources, base=self.base.acquire(recipe)),
            )
        except TrainingFailed as fault:
            if fault.code != "diverged":
                raise
            result = None
        if result is not None and result.cancelled:
            trial.status = SearchTrialStatus.PAUSED
            return False
        self._record_result(trial, target, result)
        return True

    def _record_result(self, trial: Trial, target: int, result: TrainingResult | None) -> None:
        loss = result.valid_loss if result is not None else None
        loss = loss if loss is not None and math.isfinite(loss) else None
        trial.tokens += sum(step.row_tokens for step in self._plan_steps(self.recipe_of(trial))[trial.step : target])
        trial.step = target
        trial.seconds = result.seconds if result is not None else trial.seconds
        trial.losses.append((target, loss))
        trial.status = SearchTrialStatus.PAUSED if loss is not None else SearchTrialStatus.DIVERGED
        self._save()
        said = f"loss on the rows held out {loss:.4f}" if loss is not None else "its loss stopped being a number"
        self._report("trial", f"Trial {trial.number} ({summarize_changes(trial.changes)}) at step {target}: {said}.")

    def _drop_worse_half(self, ranked: list[Trial]) -> None:
        survivors = ranked[: self._rungs[self.state.rung].trials]
        for trial in self.state.alive():
            if trial not in survivors:
                trial.status = SearchTrialStatus.STOPPED
                shutil.rmtree(self._folder(trial), ignore_errors=True)
        self._save()
        numbers = ", ".join(str(trial.number) for trial in survivors)
        self._report("rung", f"Trials that go on: {numbers}.")

    def _choose_trial(self, ranked: list[Trial], spent: str | None = None) -> None:
        chosen = ranked[0] if ranked else None
        self.state.chosen, self.state.spent = chosen.number if chosen else UNCHANGED_RECIPE, spent
        for trial in self.state.alive():
            trial.status = SearchTrialStatus.CHOSEN if trial is chosen else SearchTrialStatus.STOPPED
        self._save()
        what = (
            f"trial {chosen.number} ({summarize_changes(chosen.changes)})"
            if chosen
            else "the recipe as it was asked for"
        )
        why = f" The budget's {spent} are spent." if spent else ""
        self._report("chosen", f"Chosen: {what}; it is trained to its end.{why}")

    def _report(self, kind: Literal["search", "trial", "rung", "chosen"], summary: str) -> None:
        self._send(SearchProgress(kind, summary, self.figures()))

    def _adopt_checkpoints(self) -> Recipe:
        """Move the checkpoints of the chosen trial to the run, and delete the other trials."""
        trial = next((one for one in self.state.trials if one.number == self.state.chosen), None)
        if trial is not None:
            paused, own = self._folder(trial) / "checkpoints", self._out / "checkpoints"
            if paused.is_dir() and not own.exists():
                paused.rename(own)
        shutil.rmtree(self._out / TRIALS, ignore_errors=True)
        return self._recipe if trial is None else self.recipe_of(trial)

    def _rank(self, rung: int) -> list[Trial]:
        """Active trials with a finite loss at this rung, the best first."""
        found = [trial for trial in self.state.alive() if math.isfinite(trial.loss(rung))]
        return sorted(found, key=lambda trial: (trial.loss(rung), trial.number))

    def _exhausted_budget(self, trial: Trial) -> str | None:
        """The part of the budget that the next rung of the trial would exceed, or None."""
        if self._out_of_time():
            return "minutes"
        plan = self._plan_steps(self.recipe_of(trial))
        ahead = sum(step.row_tokens for step in plan[trial.step : self._rung_step(trial)])
        tokens = self._search.budget.tokens
        return "tokens" if tokens and sum(one.tokens for one in self.state.trials) + ahead > tokens else None

    def _out_of_time(self) -> bool:
        minutes = self._search.budget.minutes
        return minutes is not None and self._elapsed_seconds() > 60 * minutes

    def _elapsed_seconds(self) -> float:
        return self.state.seconds + time.monotonic() - self._started

    def _rung_step(self, trial: Trial) -> int:
        return self._rungs[self.state.rung].step(len(self._plan_steps(self.recipe_of(trial))))

    def _plan_steps(self, recipe: Recipe) -> list[Step]:
        """The steps of a run. Of the searchable hyper-parameters only `rows_per_step` changes them."""
        if recipe.rows_per_step not in self._plans:
            self._plans[recipe.rows_per_step] = plan_run(self._dataset, recipe)
        return self._plans[recipe.rows_per_step]

    def _folder(self, trial: Trial) -> Path:
        return self._out / TRIALS / f"{trial.number:02d}"

    def _opening_message(self) -> str:
        trials, done = self.state.trials, sum(bool(trial.losses) for trial in self.state.trials)
        if self.state.chosen is not None:
            return "The search is done."
        if done:
            return f"The search goes on: {len(trials)} trials, {done} of them compared."
        names = ", ".join(self._search.grid)
        return f"Search over {names}: {len(trials)} trials, compared {len(self._rungs)} times."

    def _save(self) -> None:
        self.state.seconds, self._started = self._elapsed_seconds(), time.monotonic()
        save_state(self._out, self.state)
