"""AdaLoRA: prunes as the paper and PEFT do, goes on where it was cut off, and leaves a plain LoRA that serves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from app.adapters.base_spec import read_base_spec
from app.adapters.export_only import export_only_reason
from app.adapters.peft_config import CONFIG, WEIGHTS
from app.adapters.validate import validate_adapter
from app.errors import InvalidRequest
from app.training.adalora import AdaLoraAdapter, attach_adalora, phases, rank_budget
from app.training.base import BaseModelSpec, TrainingBase, load_training_base
from app.training.batches import GroupSpan
from app.training.loop import Progress, RunControls, TrainingSetup, plan_run, train
from app.training.prefix_sharing import group_by_prefix
from app.training.recipe import Recipe, recipe_from
from app.training.steps import forward_loss, run_step
from tests.support.devices import DEVICES
from tests.support.training_factories import dataset, quick, tiny_base

pytestmark = pytest.mark.models
LAYERS = 14


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return replace(tiny_base(tmp_path_factory.mktemp("base")), compute_dtype="float32")


def moved(source: BaseModelSpec, recipe: Recipe, *, quantized: bool = True) -> tuple[TrainingBase, AdaLoraAdapter]:
    """All of A, E and B off their start, at random."""
    base = load_training_base(source, quantized=quantized)
    adapter = attach_adalora(base, recipe)
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for parameter in adapter.parameters().values():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.2)
    return base, adapter


def pefts(source: BaseModelSpec, recipe: Recipe, adapter: AdaLoraAdapter, **settings: Any) -> Any:
    """PEFT's model with the same numbers in it."""
    from peft import AdaLoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    plain = AutoModelForCausalLM.from_pretrained(source.folder, dtype=torch.float32)
    config = AdaLoraConfig(
        target_r=recipe.rank,
        init_r=recipe.starting_rank,
        # PEFT divides by the rank it begins with, this by the one that is asked for.
        lora_alpha=recipe.scaling * recipe.starting_rank,
        target_modules=list(recipe.targets),
        task_type="CAUSAL_LM",
        orth_reg_weight=recipe.orthogonality,
        **{"total_step": 10, **settings},
    )
    model = get_peft_model(plain, config)
    tensors = dict(model.named_parameters())
    with torch.no_grad():
        for name, parameter in adapter.parameters().items():
            tensors[f"base_model.model.{name}.default"].copy_(parameter)
    return model


def test_loss_and_gradients_with_orthogonality_are_pefts(source: BaseModelSpec) -> None:
    recipe, data = quick(method="adalora", dropout=0.0, orthogonality=2.0), dataset(source)
    base, ours = moved(source, recipe, quantized=False)
    theirs = pefts(source, recipe, ours)
    example = data.train[0]
    targets = len(example.completion)
    loss = forward_loss(base, group_by_prefix([example], max_tokens=256))[0] / targets
    loss.backward()
    before = {name: parameter.grad.clone() for name, parameter in ours.parameters().items()}
    ours.add_regulariser_gradients()
    ids = torch.tensor([[*example.prompt, *example.completion]])
    labels = ids.clone()
    labels[:, : len(example.prompt)] = -100
    reply = theirs(input_ids=ids, labels=labels)
    reply.loss.backward()
    logits = reply.logits[0, -targets - 1 : -1].log_softmax(-1)
    plain = -logits[range(targets), list(example.completion)].mean().item()
    assert loss.item() == pytest.approx(plain, rel=1e-4)
    tensors = dict(theirs.named_parameters())
    for name, parameter in ours.parameters().items():
        found, wanted = parameter.grad, tensors[f"base_model.model.{name}.default"].grad
        torch.testing.assert_close(found, wanted, rtol=2e-3, atol=2e-4)
        changes = name.endswith(("lora_A", "lora_B"))
        assert torch.equal(found, before[name]) != changes


def test_ranks_are_given_out_as_by_pefts_allocator(source: BaseModelSpec) -> None:
    """Over a whole run of made-up gradients: the same singular values are zero after every step."""
    steps, recipe = 20, quick(method="adalora", rank=4, initial_rank=6)
    _, ours = moved(source, recipe, quantized=False)
    first, last = phases(steps)
    theirs = pefts(source, recipe, ours, tinit=first, tfinal=steps - last, total_step=steps).base_model
    tensors = dict(theirs.named_parameters())
    allocator, generator = theirs.rankallocator, torch.Generator().manual_seed(5)
    seen = []
    for step in range(1, steps + 1):
        for name, parameter in ours.parameters().items():
            peft = tensors[f"model.{name}.default"]
            parameter.grad = torch.randn(parameter.shape, generator=generator)
            with torch.no_grad():  # a plain step, which brings pruned values back to life
                parameter.sub_(parameter.grad, alpha=0.05)
                peft.copy_(parameter)
            peft.grad = parameter.grad.clone()
        ours.after_step(step, steps)
        if step == last:
            allocator.update_ipt(theirs.model)  # PEFT leaves this step out, the paper does not
        theirs.update_and_allocate(step)
        zeros = {name: tensor == 0 for name, tensor in ours.parameters().items() if name.endswith("lora_E")}
        for name, zero in zeros.items():
            assert torch.equal(zero, tensors[f"model.{name}.default"] == 0), (step, name)
        seen.append(LAYERS * 6 - sum(int(zero.sum()) for zero in zeros.values()))
    assert seen[:first] == [LAYERS * 6] * first
    assert seen[last - 1 :] == [LAYERS * 4] * (steps - last + 1)
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) > 4
    assert len(set(ours.summary()["ranks"].values())) > 1


@pytest.mark.parametrize("steps", [1, 2, 3, 7, 100])
def test_the_budget_falls_from_all_to_what_was_asked_for(steps: int) -> None:
    found = [rank_budget(step, steps, 120, 80) for step in range(steps + 1)]
    assert (found[0], found[-1]) == (120, 80)
    assert found == sorted(found, reverse=True)
    first, last = phases(steps)
    assert first < last <= steps


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_what_is_exported_is_plain_lora_with_the_logits_that_were_trained(
    source: BaseModelSpec, tmp_path: Path, dtype: str
) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    plain = replace(source, quantization=replace(source.quantization, method="none"), compute_dtype=dtype)
    recipe, data = quick(method="adalora", learning_rate=2e-2, orthogonality=0.1, epochs=3.0), dataset(source)
    base = load_training_base(plain, quantized=recipe.quantized)
    ids = torch.tensor([data.train[0].prompt])
    before = logits(base, ids)
    ours = attach_adalora(base, recipe)
    plan = plan_run(data, recipe)
    optimizer = torch.optim.AdamW(ours.parameter_groups())
    for place, step in enumerate(plan):
        run_step(base, ours, optimizer, step, place, len(plan))
    trained = logits(base, ids)
    assert (trained - before).abs().max() > 1
    ours.save(tmp_path, base_name="tiny")
    ranks = ours.summary()["ranks"].values()
    assert sum(ranks) == LAYERS * recipe.rank
    assert len(set(ranks)) > 1
    model = AutoModelForCausalLM.from_pretrained(source.folder, dtype=base.dtype)
    served = PeftModel.from_pretrained(model, tmp_path).eval()
    with torch.no_grad():
        states = served.base_model.model.model(input_ids=ids).last_hidden_state
    close = {"rtol": 1e-4, "atol": 1e-4} if dtype == "float32" else {"rtol": 0.0, "atol": 0.15}
    torch.testing.assert_close(states[0] @ base.head.t(), trained, **close)
    raw = (tmp_path / CONFIG).read_bytes()
    assert export_only_reason(json.loads(raw)) is None
    spec = read_base_spec(source.folder, name="tiny", fingerprint="tiny")
    clean = validate_adapter(raw, tmp_path / WEIGHTS, spec, max_rank=recipe.max_saved_rank, max_bytes=10**9)
    assert clean.rank == max(ranks) <= recipe.starting_rank


@torch.no_grad()
def logits(base: TrainingBase, ids: torch.Tensor) -> torch.Tensor:
    """Logits at every position, by the layers that train."""
    base.model.eval()
    count = ids.shape[1]
    states = base.model.model(
        input_ids=ids,
        position_ids=torch.arange(count)[None],
        spans=(GroupSpan(0, count, count, None),),
        use_cache=False,
    ).last_hidden_state
    found: torch.Tensor = states[0] @ base.head.t()
    return found


@pytest.mark.parametrize("device", DEVICES)
def test_a_run_cut_off_in_any_phase_ends_where_it_would_have(
    source: BaseModelSpec, tmp_path: Path, device: str
) -> None:
    source = replace(source, device=device)
    recipe = quick(method="adalora", learning_rate=2e-2, epochs=4.0, dropout=0.1, max_steps=15, validate_every=5)
    data = dataset(source)
    told: list[Progress] = []
    whole = train(TrainingSetup(recipe, data, tmp_path / "whole", source), RunControls(on_progress=told.append))
    summary = json.loads((tmp_path / "whole" / "training.json").read_text())
    assert whole.train_loss < 0.95 * summary["losses"][0]
    ranks = [one.figures["mean_rank"] for one in told if one.kind == "step"]
    assert (ranks[0], ranks[-1]) == (6.0, 4.0)
    assert ranks == sorted(ranks, reverse=True)
    for steps in (1, 5, 8):  # warm, pruning, final
        seen: list[int] = []

        def enough(steps: int = steps, seen: list[int] = seen) -> bool:
            seen.append(1)
            return len(seen) > steps

        assert train(TrainingSetup(recipe, data, tmp_path / "cut", source), RunControls(should_stop=enough)).cancelled
    train(TrainingSetup(recipe, data, tmp_path / "cut", source))
    again = json.loads((tmp_path / "cut" / "training.json").read_text())
    assert again["ranks"] == summary["ranks"]
    assert again["losses"] == pytest.approx(summary["losses"], abs=1e-4)
    if device == "cpu":  # a GPU's sums differ in their last bits from run to run
        assert again["losses"] == summary["losses"]
        assert (tmp_path / "cut" / WEIGHTS).read_bytes() == (tmp_path / "whole" / WEIGHTS).read_bytes()


def test_no_best_is_kept_and_nothing_stops_before_the_budget_is_reached(source: BaseModelSpec, tmp_path: Path) -> None:
    recipe = quick(method="adalora", learning_rate=1e-7, patience=1, epochs=4.0, max_steps=10, validate_every=1)
    result = train(TrainingSetup(recipe, dataset(source), tmp_path, source))
    assert result.steps > phases(10)[1]
    ranks = json.loads((tmp_path / "training.json").read_text())["ranks"]
    assert sum(ranks.values()) == LAYERS * recipe.rank


def test_defaults_are_one_and_a_half_times_the_rank_that_is_left() -> None:
    recipe = recipe_from({"method": "adalora", "rank": 5})
    assert (recipe.starting_rank, recipe.max_saved_rank, recipe.scaling, recipe.quantized) == (8, 8, 2.0, True)
    assert recipe.learning_rate == 5e-3


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({"method": "adalora", "init": "pissa"}, "init"),
        ({"method": "adalora", "init": "loftq"}, "init"),
        ({"method": "adalora", "rslora": True}, "rslora"),
        ({"method": "adalora", "lora_plus_ratio": 4}, "lora_plus_ratio"),
        ({"method": "adalora", "rank": 8, "initial_rank": 7}, "initial_rank"),
        ({"method": "adalora", "rank": 200}, "initial_rank"),
        ({"method": "adalora", "orthogonality": 11}, "orthogonality"),
        ({"method": "lora", "initial_rank": 12}, "initial_rank"),
        ({"method": "qlora", "orthogonality": 0.1}, "orthogonality"),
    ],
)
def test_combinations_that_make_no_sense_name_the_field(given: dict[str, Any], param: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        recipe_from(given)
    assert refused.value.param == param
