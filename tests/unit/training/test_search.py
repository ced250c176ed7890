"""A search over hyper-parameters: what may be asked, halving, budgets, going on after a cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidRequest
from app.training.base import BaseModelSpec
from app.training.hyperparameter_search import (
    HyperparameterSearch,
    draw_trials,
    parse_search,
    rest_steps,
    rungs,
    search_steps,
)
from app.training.hyperparameter_search_state import Trial
from app.training.loop import RunControls, RunResources, TrainingSetup, plan_run, train
from app.training.memory_budget import MemoryBudget
from app.training.messages import SearchReport, TrialNarrowed
from app.training.recipe import Recipe
from app.training.run_state import TrainingFailed
from app.training.successive_halving import SuccessiveHalving
from tests.support.training_factories import dataset, quick, tiny_base

RATES = {"learning_rate": [1e-7, 5e-3, 2e-2]}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return tiny_base(tmp_path_factory.mktemp("base"))


def asked(grid: dict[str, Any], recipe: Recipe | None = None, **budget: Any) -> HyperparameterSearch:
    return parse_search({"grid": grid, "budget": budget}, recipe or quick())


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({"grid": {}}, "search.grid"),
        ({"grid": {"learning_rate": [1e-4]}}, "search.grid"),
        ({"grid": {"learning_rate": []}}, "search.grid.learning_rate"),
        ({"grid": {"learning_rate": 1e-4}}, "search.grid.learning_rate"),
        ({"grid": {"learning_rate": [1e-4, 1e-4]}}, "search.grid.learning_rate"),
        ({"grid": {"learning_rate": [1e-4, 5.0]}}, "search.grid.learning_rate"),
        ({"grid": {"learning_rate": [1e-4, "fast"]}}, "search.grid.learning_rate"),
        ({"grid": {"rank": [8, 1000]}}, "search.grid.rank"),
        ({"grid": {"rank": [8, True]}}, "search.grid.rank"),
        ({"grid": {"init": ["default", "best"], "rank": [4, 8]}}, "search.grid.init"),
        ({"grid": {"rate": [1, 2]}}, "search.grid.rate"),
        ({"grid": {"method": ["lora", "qlora"]}}, "search.grid.method"),
        ({"grid": {"seed": [1, 2]}}, "search.grid.seed"),
        ({"grid": {"epochs": [1, 2]}}, "search.grid.epochs"),
        ({"grid": {"rank": list(range(1, 10)), "alpha": list(range(1, 10))}}, "search.grid"),
        ({"grid": RATES, "budget": {"trials": 1}}, "search.budget.trials"),
        ({"grid": RATES, "budget": {"trials": 4}}, "search.budget.trials"),
        ({"grid": RATES, "budget": {"minutes": 0}}, "search.budget.minutes"),
        ({"grid": RATES, "budget": {"minutes": float("nan")}}, "search.budget.minutes"),
        ({"grid": RATES, "budget": {"tokens": 0.5}}, "search.budget.tokens"),
        ({"grid": RATES, "budget": {"euros": 1}}, "search.budget.euros"),
        ({"grid": RATES, "how": "well"}, "search.how"),
    ],
)
def test_what_cannot_be_searched_over_is_refused_by_field(given: dict[str, Any], param: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_search(given, quick())
    assert refused.value.param == param


def test_a_search_needs_rows_to_compare_by() -> None:
    with pytest.raises(InvalidRequest) as refused:
        asked(RATES, quick(validation_share=0.0))
    assert refused.value.param == "hyperparameters.validation_share"


@pytest.mark.parametrize("trials", [2, 3, 4, 5, 8, 9, 64])
def test_halving_ends_with_one_at_half_of_its_run_and_costs_less_than_all_runs(trials: int) -> None:
    found = rungs(trials)
    assert (found[0].trials, found[-1].share) == (trials, 0.5)
    assert all(-(-above.trials // 2) == below.trials for above, below in pairwise(found))
    assert found[-1].trials == 2
    steps = 1000
    by_hand, before = 0, 0
    for rung in found:
        by_hand += rung.trials * (rung.step(steps) - before)
        before = rung.step(steps)
    assert search_steps(trials, steps) == by_hand
    assert by_hand + rest_steps(trials, steps) < (trials if trials > 2 else 2) * steps
    assert rest_steps(trials, steps) == 500


def test_fewer_trials_than_recipes_are_a_draw_that_the_seed_decides() -> None:
    search = asked({"rank": [1, 2, 4, 8], "learning_rate": [1e-4, 1e-3]}, trials=3)
    draws = [draw_trials(search, seed) for seed in range(6)]
    assert all(len(draw) == 3 for draw in draws)
    assert draws[0] == draw_trials(search, 0)
    assert len({json.dumps(draw) for draw in draws}) > 1
    assert len(draw_trials(asked({"rank": [1, 2], "clip": [1, 2]}), 0)) == 4


class Recorder:
    """Records the messages of a search, and asks it to stop after a number of checks."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.messages: list[SearchReport] = []
        self._left = stop_after

    def send(self, message: SearchReport) -> None:
        self.messages.append(message)

    def should_stop(self) -> bool:
        if self._left is None:
            return False
        self._left -= 1
        return self._left < 0

    def kinds(self) -> list[str]:
        return [message.kind for message in self.messages]


def searched(
    source: BaseModelSpec, out: Path, search: HyperparameterSearch, recipe: Recipe, recorder: Recorder | None = None
) -> tuple[SuccessiveHalving, Recipe | None]:
    recorder = recorder or Recorder()
    runner = SuccessiveHalving(
        TrainingSetup(recipe, dataset(source), out, source),
        search,
        send=recorder.send,
        should_stop=recorder.should_stop,
    )
    return runner, runner.run()


def ended(
    source: BaseModelSpec, out: Path, search: HyperparameterSearch, recipe: Recipe, **changes: Any
) -> tuple[list[Trial], bytes]:
    """Search, then train what was chosen to its end: (trials, the adapter's bytes)."""
    runner, chosen = searched(source, out, search, recipe, **changes)
    assert chosen is not None
    train(TrainingSetup(chosen, dataset(source), out, source), resources=RunResources(base=runner.base.acquire(chosen)))
    return runner.state.trials, (out / "adapter_model.safetensors").read_bytes()


def outcome(trials: list[Trial]) -> list[tuple[Any, ...]]:
    return [(trial.changes, trial.status, trial.step, trial.tokens, trial.losses) for trial in trials]


@pytest.mark.models
def test_the_best_recipe_is_chosen_and_ends_as_it_would_have_alone(source: BaseModelSpec, tmp_path: Path) -> None:
    recipe = quick(dropout=0.1)
    trials, weights = ended(source, tmp_path / "search", asked(RATES, recipe), recipe)
    chosen = next(trial for trial in trials if trial.status == "chosen")
    assert [trial.status for trial in trials].count("chosen") == 1
    assert trials[0].status == "stopped"  # a rate of 1e-7 learns nothing
    first = [trial.losses[0][1] for trial in trials]
    assert chosen.losses[-1][1] < first[0]
    assert len(chosen.losses) == 2
    assert not (tmp_path / "search" / "trials").exists()
    alone = tmp_path / "alone"
    train(TrainingSetup(quick(dropout=0.1, **chosen.changes), dataset(source), alone, source))
    assert (alone / "adapter_model.safetensors").read_bytes() == weights


@pytest.mark.models
def test_a_search_says_once_that_memory_makes_its_steps_smaller(
    source: BaseModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, recorder = quick(), Recorder()
    monkeypatch.setattr(MemoryBudget, "_measure", lambda *_: 160)  # four fifths of it for a micro-batch
    SuccessiveHalving(
        TrainingSetup(recipe, dataset(source), tmp_path, source),
        asked(RATES, recipe),
        send=recorder.send,
        resources=RunResources(memory_budget=MemoryBudget(100_000)),
    ).run()
    narrowed = [message for message in recorder.messages if isinstance(message, TrialNarrowed)]
    assert narrowed == [TrialNarrowed({"micro_batch_tokens": 128})]


@pytest.mark.models
@pytest.mark.parametrize(
    ("method", "grid"),
    [
        ("qlora", {"init": ["default", "pissa", "loftq"], "rank": [2, 4]}),
        ("adalora", {"rank": [2, 4]}),
        ("dora", {"learning_rate": [1e-3, 1e-2]}),
        ("ia3", {"learning_rate": [1e-3, 1e-2]}),
    ],
)
def test_every_trial_starts_from_the_untouched_base(
    source: BaseModelSpec, tmp_path: Path, method: str, grid: dict[str, Any]
) -> None:
    """Trials share one base: PiSSA's changes of its weights, and updates put on it, do not reach the next one."""
    recipe = quick(method=method)
    search = asked(grid, recipe)
    runner, chosen = searched(source, tmp_path / "search", search, recipe)
    assert chosen is not None
    for trial in runner.state.trials:
        step, loss = trial.losses[0]
        alone = tmp_path / f"alone-{trial.number}"
        own = quick(method=method, **trial.changes)
        result = train(TrainingSetup(own, dataset(source), alone, source), RunControls(pause_at=step))
        assert (result.steps, result.valid_loss) == (step, loss)


@pytest.mark.models
def test_a_search_cut_off_anywhere_ends_where_it_would_have(source: BaseModelSpec, tmp_path: Path) -> None:
    recipe = quick(dropout=0.1)
    search = asked(RATES, recipe)
    whole = ended(source, tmp_path / "whole", search, recipe)
    cuts, out = 0, tmp_path / "cut"
    while True:
        recorder = Recorder(stop_after=6)
        runner, chosen = searched(source, out, search, recipe, recorder)
        if chosen is not None:
            break
        cuts += 1
        assert cuts < 20
        assert not (out / "adapter_config.json").exists()
    assert cuts >= 2
    train(TrainingSetup(chosen, dataset(source), out, source), resources=RunResources(base=runner.base.acquire(chosen)))
    assert outcome(runner.state.trials) == outcome(whole[0])
    assert (out / "adapter_model.safetensors").read_bytes() == whole[1]


@pytest.mark.models
def test_a_process_that_died_between_choosing_and_going_on_loses_nothing(
    source: BaseModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = quick()
    search = asked(RATES, recipe)
    whole = ended(source, tmp_path / "whole", search, recipe)

    def die(self: SuccessiveHalving) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SuccessiveHalving, "_adopt_checkpoints", die)
        with pytest.raises(KeyboardInterrupt):
            searched(source, tmp_path / "cut", search, recipe)
    recorder = Recorder()
    trials, weights = ended(source, tmp_path / "cut", search, recipe, recorder=recorder)
    assert outcome(trials) == outcome(whole[0])
    assert weights == whole[1]
    assert recorder.kinds() == ["search"]  # nothing was tried again


def budgets(source: BaseModelSpec) -> Callable[[float], int]:
    """Tokens of so many trials up to the first comparison."""
    plan = plan_run(dataset(source), quick())
    first = rungs(3)[0].step(len(plan))
    tokens = sum(step.row_tokens for step in plan[:first])
    return lambda trials: int(trials * tokens)


@pytest.mark.models
@pytest.mark.parametrize(("afford", "compared"), [(0.5, 0), (2.5, 2), (3.5, 3)])
def test_tokens_bound_the_search_and_the_last_comparison_decides(
    source: BaseModelSpec, tmp_path: Path, afford: float, compared: int
) -> None:
    recipe = quick()
    most = budgets(source)(afford)
    runner, chosen = searched(source, tmp_path, asked(RATES, recipe, tokens=most), recipe)
    trials = runner.state.trials
    assert runner.state.spent == "tokens"
    assert sum(trial.tokens for trial in trials) <= most
    assert sum(len(trial.losses) for trial in trials) == compared
    known = [trial for trial in trials if trial.losses]
    best = min(known, key=lambda trial: trial.losses[0][1] or 0.0).changes if known else {}
    assert chosen == quick(**best)
    assert runner.state.chosen == (next(t.number for t in trials if t.changes == best) if known else 0)


@pytest.mark.models
def test_minutes_bound_the_search_and_count_on_after_a_cut(source: BaseModelSpec, tmp_path: Path) -> None:
    recipe = quick()
    search = asked(RATES, recipe, minutes=1000)
    assert searched(source, tmp_path, search, recipe, Recorder(stop_after=5))[1] is None
    state = json.loads((tmp_path / "search.json").read_text())
    assert state["seconds"] > 0
    state["seconds"] = 60_001.0
    (tmp_path / "search.json").write_text(json.dumps(state))
    recorder = Recorder()
    runner, chosen = searched(source, tmp_path, search, recipe, recorder)
    assert (runner.state.spent, chosen is not None) == ("minutes", True)
    assert "trial" not in recorder.kinds()
    assert "minutes" in recorder.messages[-1].summary


@pytest.mark.models
def test_a_trial_that_diverges_is_out_and_only_if_all_do_the_search_fails(
    source: BaseModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.training import loop

    whole = loop.run_step
    hopeless = {2e-2}

    def step(base: Any, trainable: Any, *rest: Any) -> dict[str, float]:
        if trainable.recipe.learning_rate in hopeless:
            raise TrainingFailed("The loss stopped being a number.", code="diverged")
        return whole(base, trainable, *rest)

    monkeypatch.setattr(loop, "run_step", step)
    recipe = quick()
    runner, chosen = searched(source, tmp_path / "one", asked(RATES, recipe), recipe)
    assert [trial.status for trial in runner.state.trials] == ["stopped", "chosen", "diverged"]
    assert chosen == quick(learning_rate=5e-3)
    assert runner.state.trials[2].losses[0][1] is None
    hopeless.update(RATES["learning_rate"])
    with pytest.raises(TrainingFailed, match="every trial") as failed:
        searched(source, tmp_path / "all", asked(RATES, recipe), recipe)
    assert failed.value.code == "diverged"


@pytest.mark.models
def test_another_grids_search_is_not_gone_on_with(source: BaseModelSpec, tmp_path: Path) -> None:
    recipe = quick()
    searched(source, tmp_path, asked(RATES, recipe), recipe, Recorder(stop_after=5))
    with pytest.raises(TrainingFailed) as refused:
        searched(source, tmp_path, asked({"rank": [2, 4]}, recipe), recipe)
    assert refused.value.code == "other_checkpoints"
