"""Running a search: trials are runs that pause, the one that is left goes on where it paused.

A trial is the whole run of its recipe, schedule and all, cut off at a rung: chosen, it ends as it would have alone.
"""

from __future__ import annotations

import json
import math
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from app.store.states import SearchTrialStatus
from app.training.base import BaseSource
from app.training.clean_base import CleanBase
from app.training.dataset import Dataset
from app.training.loop import TrainingResult, plan_run, train
from app.training.messages import Progress, SearchProgress, SearchReport, TrialCheckpoint, TrialNarrowed, TrialStep
from app.training.pace import Pace
from app.training.recipe import Recipe
from app.training.room import Room
from app.training.run_state import TrainingFailed
from app.training.search import Search, changed, rest_steps, rungs, search_steps, told, tried
from app.training.search_state import AS_ASKED, Trial, read_state, save_state
from app.training.trees import Step

TRIALS = "trials"
Send = Callable[[SearchReport], None]


class TrialRunner:
    """A search over one dataset in the folder `out`. Use `run` once."""

    def __init__(
        self,
        recipe: Recipe,
        search: Search,
        dataset: Dataset,
        out: Path,
        *,
        source: BaseSource,
        send: Send = lambda _: None,
        should_stop: Callable[[], bool] = lambda: False,
        dense: bool = True,
        room: Room | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._recipe, self._search, self._dataset, self._out = recipe, search, dataset, out
        self._source, self._send, self._should_stop = source, send, should_stop
        self._room, self._pace = room, pace
        self.base = CleanBase(source, quantized=recipe.quantized, dense=dense)
        asked = {"recipe": recipe.describe(), "search": search.describe(), "dataset": dataset.digest}
        self.state = read_state(out, json.loads(json.dumps(asked)))
        if not self.state.trials:
            changes = tried(search, recipe.seed)
            self.state.trials = [Trial(place + 1, one) for place, one in enumerate(changes)]
        self._rungs = rungs(len(self.state.trials))
        self._plans: dict[int, list[Step]] = {}
        self._narrowed: dict[str, float] = {}  # the figures that were sent last
        self._begun = time.monotonic()

    def run(self) -> Recipe | None:
        """The chosen recipe, with its run so far in `out`; None if it was to stop. Goes on where it was cut off.

        Raises TrainingFailed if nothing was held out to compare by, or every trial diverged.
        """
        if not self._dataset.validation:
            raise TrainingFailed("No rows were held out: a search has nothing to compare by.", code="no_rows")
        self._report("search", self._opening())
        while self.state.chosen is None:
            if self._climb() == "stopped":
                return None
        return self._adopt()

    def figures(self) -> dict[str, Any]:
        """State for a report; `steps` of all trials, `rest` of the chosen run's, as long as none is left out."""
        count, steps = len(self.state.trials), len(self._plan(self.recipe_of(self.state.trials[0])))
        work = {"step": self._done(), "steps": search_steps(count, steps), "rest": rest_steps(count, steps)}
        return {**self.state.describe(), **work}

    def _done(self) -> int:
        return sum(trial.step for trial in self.state.trials)

    def recipe_of(self, trial: Trial) -> Recipe:
        return changed(self._recipe, trial.changes)

    def _climb(self) -> Literal["compared", "stopped", "chosen"]:
        """One rung: every trial that is left is trained up to it, then the better half stays."""
        for trial in self.state.alive():
            if len(trial.losses) > self.state.rung:
                continue
            spent = self._spent(trial)
            if spent is None and not self._advance(trial):
                spent = self._spent(trial)
                if spent is None or self._should_stop():
                    self._save()
                    return "stopped"
            if spent is not None:
                self._choose(self._ranked(max(0, self.state.rung - 1)), spent)
                return "chosen"
        ranked = self._ranked(self.state.rung)
        if not ranked:
            raise TrainingFailed("The loss of every trial stopped being a number: lower the rates.", code="diverged")
        self.state.rung += 1
        if self.state.rung == len(self._rungs) or len(ranked) == 1:
            self._choose(ranked)
            return "chosen"
        self._halve(ranked)
        return "compared"

    def _advance(self, trial: Trial) -> bool:
        """Train a trial up to the rung; False if it was cut off."""
        recipe, before = self.recipe_of(trial), trial.step
        target = self._target(trial)

        def hear(progress: Progress) -> None:
            if progress.kind == "step":
                self._send(TrialStep(trial.number, self._done() + progress.step - before))
            elif progress.kind == "checkpoint":
                self._send(TrialCheckpoint())
            elif progress.kind == "narrowed" and progress.figures != self._narrowed:
                self._narrowed = progress.figures
                self._send(TrialNarrowed(progress.figures))

        try:
            result: TrainingResult | None = train(
                recipe,
                self._dataset,
                self._folder(trial),
                source=self._source,
                base=self.base.take(recipe),
                on_progress=hear,
                should_stop=lambda: self._should_stop() or self._late(),
                pause_at=target,
                room=self._room,
                pace=self._pace,
            )
        except TrainingFailed as fault:
            if fault.code != "diverged":
                raise
            result = None
        if result is not None and result.cancelled:
            trial.status = SearchTrialStatus.PAUSED
            return False
        self._note(trial, target, result)
        return True

    def _note(self, trial: Trial, target: int, result: TrainingResult | None) -> None:
        loss = result.valid_loss if result is not None else None
        loss = loss if loss is not None and math.isfinite(loss) else None
        trial.tokens += sum(step.row_tokens for step in self._plan(self.recipe_of(trial))[trial.step : target])
        trial.step = target
        trial.seconds = result.seconds if result is not None else trial.seconds
        trial.losses.append((target, loss))
        trial.status = SearchTrialStatus.PAUSED if loss is not None else SearchTrialStatus.DIVERGED
        self._save()
        said = f"loss on the rows held out {loss:.4f}" if loss is not None else "its loss stopped being a number"
        self._report("trial", f"Trial {trial.number} ({told(trial.changes)}) at step {target}: {said}.")

    def _halve(self, ranked: list[Trial]) -> None:
        kept = ranked[: self._rungs[self.state.rung].trials]
        for trial in self.state.alive():
            if trial not in kept:
                trial.status = SearchTrialStatus.STOPPED
                shutil.rmtree(self._folder(trial), ignore_errors=True)
        self._save()
        numbers = ", ".join(str(trial.number) for trial in kept)
        self._report("rung", f"Trials that go on: {numbers}.")

    def _choose(self, ranked: list[Trial], spent: str | None = None) -> None:
        chosen = ranked[0] if ranked else None
        self.state.chosen, self.state.spent = chosen.number if chosen else AS_ASKED, spent
        for trial in self.state.alive():
            trial.status = SearchTrialStatus.CHOSEN if trial is chosen else SearchTrialStatus.STOPPED
        self._save()
        what = f"trial {chosen.number} ({told(chosen.changes)})" if chosen else "the recipe as it was asked for"
        why = f" The budget's {spent} are spent." if spent else ""
        self._report("chosen", f"Chosen: {what}; it is trained to its end.{why}")

    def _report(self, kind: Literal["search", "trial", "rung", "chosen"], summary: str) -> None:
        self._send(SearchProgress(kind, summary, self.figures()))

    def _adopt(self) -> Recipe:
        """The chosen trial's checkpoints become the run's own."""
        trial = next((one for one in self.state.trials if one.number == self.state.chosen), None)
        if trial is not None:
            paused, own = self._folder(trial) / "checkpoints", self._out / "checkpoints"
            if paused.is_dir() and not own.exists():
                paused.rename(own)
        shutil.rmtree(self._out / TRIALS, ignore_errors=True)
        return self._recipe if trial is None else self.recipe_of(trial)

    def _ranked(self, rung: int) -> list[Trial]:
        """By loss at that rung, the best first; without those that have none."""
        found = [trial for trial in self.state.alive() if math.isfinite(trial.loss(rung))]
        return sorted(found, key=lambda trial: (trial.loss(rung), trial.number))

    def _spent(self, trial: Trial) -> str | None:
        """Which part of the budget does not allow for the trial's next stretch."""
        if self._late():
            return "minutes"
        plan = self._plan(self.recipe_of(trial))
        ahead = sum(step.row_tokens for step in plan[trial.step : self._target(trial)])
        tokens = self._search.budget.tokens
        return "tokens" if tokens and sum(one.tokens for one in self.state.trials) + ahead > tokens else None

    def _late(self) -> bool:
        minutes = self._search.budget.minutes
        return minutes is not None and self._seconds() > 60 * minutes

    def _seconds(self) -> float:
        return self.state.seconds + time.monotonic() - self._begun

    def _target(self, trial: Trial) -> int:
        return self._rungs[self.state.rung].step(len(self._plan(self.recipe_of(trial))))

    def _plan(self, recipe: Recipe) -> list[Step]:
        """Of all that may be searched over, only the rows of a step change the plan."""
        if recipe.rows_per_step not in self._plans:
            self._plans[recipe.rows_per_step] = plan_run(self._dataset, recipe)
        return self._plans[recipe.rows_per_step]

    def _folder(self, trial: Trial) -> Path:
        return self._out / TRIALS / f"{trial.number:02d}"

    def _opening(self) -> str:
        trials, done = self.state.trials, sum(bool(trial.losses) for trial in self.state.trials)
        if self.state.chosen is not None:
            return "The search is done."
        if done:
            return f"The search goes on: {len(trials)} trials, {done} of them compared."
        names = ", ".join(self._search.grid)
        return f"Search over {names}: {len(trials)} trials, compared {len(self._rungs)} times."

    def _save(self) -> None:
        self.state.seconds, self._begun = self._seconds(), time.monotonic()
        save_state(self._out, self.state)
