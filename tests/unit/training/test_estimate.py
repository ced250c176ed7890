"""What a training is said to cost, against what is really trained, held and read."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from app.adapters.base_spec import read_base_spec
from app.engine.tokenizer import ChatTokenizer
from app.llm.local_tokenizer import LocalTokenizer
from app.training.base import BaseModelSpec, load_training_base, read_tokenizer
from app.training.dataset import Dataset, validate
from app.training.estimate import Estimate, LastRun, RowStatistics, estimate, relative_cost, trained_parameters
from app.training.hyperparameter_search import parse_search
from app.training.loop import plan_run
from app.training.methods import attach_method
from app.training.recipe import METHODS, Recipe
from app.training.steps import run_step
from tests.support.training_factories import dataset, quick, rows, tiny_base

LAYERS = {"a.q_proj": (64, 32), "a.down_proj": (96, 64)}
VARIANTS = [
    *({"method": method} for method in METHODS),
    {"method": "dora", "rank": 8, "targets": ("q_proj", "down_proj")},
    {"method": "ia3", "targets": ("o_proj", "down_proj")},
    {"init": "pissa"},
    {"method": "lora", "rank": 16, "targets": ("v_proj",)},
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return tiny_base(tmp_path_factory.mktemp("base"))


def estimate_of(recipe: Recipe, last: LastRun | None = None, **changes: Any) -> Estimate:
    given = {"rows": 100, "tokens": 20_000, "computed_tokens": 20_000, "group_sizes": [(1, 100)]}
    data = RowStatistics(**{name: changes.pop(name, value) for name, value in given.items()})
    return estimate(data, recipe, **{"layers": LAYERS, "evaluation_share": 0.1, "last": last, **changes})


@pytest.mark.models
@pytest.mark.parametrize("changes", VARIANTS, ids=lambda changes: " ".join(map(str, changes.values())))
def test_parameters_and_their_memory_are_those_of_a_run(source: BaseModelSpec, changes: dict) -> None:
    recipe, data = quick(**changes), dataset(source)
    layers = read_base_spec(source.folder, name="tiny", fingerprint="tiny").layers
    base = load_training_base(source, quantized=recipe.quantized)
    trainable = attach_method(base, recipe, source)
    optimizer = torch.optim.AdamW(trainable.parameter_groups())
    plan = plan_run(data, recipe)
    run_step(base, trainable, optimizer, plan[0], 0, len(plan))
    parameters = list(trainable.parameters().values())
    assert trained_parameters(recipe, layers) == sum(parameter.numel() for parameter in parameters)
    held = 0
    for parameter in parameters:
        moments = (optimizer.state[parameter]["exp_avg"], optimizer.state[parameter]["exp_avg_sq"])
        best = parameter
        held += sum(one.numel() * one.element_size() for one in (parameter, parameter.grad, *moments, best))
    held += sum(one.numel() * one.element_size() for one in trainable.state().values())
    said = estimate_of(recipe, layers=layers)
    assert said.trained_memory_mb == pytest.approx(held / 2**20, abs=0.006)


def test_a_search_is_estimated_with_its_trials_its_largest_recipe_and_its_budget() -> None:
    recipe, last = quick(method="lora", epochs=40.0), LastRun(1000.0, quick(method="lora"))
    grid = {"rank": [2, 16], "learning_rate": [1e-4, 1e-3]}

    def searched(**budget: float) -> Estimate:
        search = parse_search({"grid": grid, "budget": budget}, recipe)
        return estimate_of(recipe, last, search=search)

    plain, whole = estimate_of(recipe, last), searched()
    assert plain.search_seconds == 0
    assert whole.steps == pytest.approx(2 * plain.steps, rel=0.01)  # four trials: one and a half runs, then half of one
    assert whole.search_seconds == pytest.approx(1.5 * (plain.seconds - 3), rel=0.01)
    assert whole.seconds == pytest.approx(2 * (plain.seconds - 3) + 3, rel=0.01)
    assert whole.trained_parameters == 16 * (64 + 32 + 96 + 64)
    short = searched(minutes=0.5)
    assert short.search_seconds == pytest.approx(30, abs=1)
    assert short.seconds == pytest.approx(30 + plain.seconds, abs=1)  # cut short, nothing of the chosen run may be done
    assert searched(tokens=5000).tokens == pytest.approx(plain.tokens + 5000, abs=800)
    assert searched(trials=2).steps == pytest.approx(1.5 * plain.steps, rel=0.01)


def test_what_rows_share_is_computed_and_so_estimated_once() -> None:
    recipe, last = quick(method="lora"), LastRun(1000.0, quick(method="lora"))
    whole, shared = estimate_of(recipe, last), estimate_of(recipe, last, computed_tokens=5000)
    assert shared.seconds - 3 == pytest.approx((whole.seconds - 3) / 4, abs=0.2)
    assert shared.tokens == whole.tokens
    apart = quick(method="lora", share_prefixes=False)
    assert estimate_of(apart, last, computed_tokens=5000).seconds == whole.seconds


@pytest.mark.models
@pytest.mark.parametrize("rows_per_step", [2, 7, 16])
def test_steps_are_counted_as_planned_where_rows_stay_together(source: BaseModelSpec, rows_per_step: int) -> None:
    tokenizer = read_tokenizer(source.folder)
    report, examples = validate(
        rows(300), LocalTokenizer(ChatTokenizer(tokenizer)), end_id=tokenizer.eos_token_id, max_tokens=512
    )
    found = report.describe()
    recipe = quick(
        rows_per_step=rows_per_step, epochs=2.0, validation_share=0.0, max_tokens=512, micro_batch_tokens=512
    )
    plan = plan_run(Dataset(tuple(examples), (), ""), recipe)
    said = estimate_of(
        recipe,
        rows=found["rows"],
        tokens=found["tokens"],
        computed_tokens=found["computed_tokens"],
        group_sizes=found["together"],
        evaluation_share=0.0,
    )
    assert said.steps == pytest.approx(len(plan), rel=0.02)
    assert said.steps != pytest.approx(2 * 300 / rows_per_step, rel=0.02)
    assert said.tokens == pytest.approx(2 * sum(example.tokens for example in examples), rel=0.02)


def test_processor_time_counts_only_the_cores_that_the_service_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.training.estimate.usable_cores", lambda: 1)
    alone = estimate_of(Recipe())
    monkeypatch.setattr("app.training.estimate.usable_cores", lambda: 4)
    four = estimate_of(Recipe())

    assert alone.cpu_seconds == alone.seconds
    assert four.cpu_seconds == pytest.approx(4 * four.seconds, abs=0.5)


def test_dora_is_said_to_take_longer_than_lora_most_so_in_small_micro_batches() -> None:
    last = LastRun(1000.0, quick(method="lora"))
    lora, dora, ia3 = (estimate_of(quick(method=method), last).seconds for method in ("lora", "dora", "ia3"))
    wide = estimate_of(quick(method="dora", micro_batch_tokens=2048), last).seconds
    assert lora == ia3 < wide < dora


def test_a_dora_run_that_ended_last_says_how_long_lora_takes() -> None:
    """Whichever method was measured, the estimate of each is the same."""
    lora, dora = quick(method="lora"), quick(method="dora")
    slower = LastRun(1000.0 / relative_cost(dora, 200 * dora.rows_per_step), dora)
    assert estimate_of(lora, slower).seconds == pytest.approx(
        estimate_of(lora, LastRun(1000.0, lora)).seconds, abs=0.11
    )
    assert estimate_of(dora, slower).basis == "measured"
    assert estimate_of(dora).basis == "estimated"
