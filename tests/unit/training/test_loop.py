"""Training as a whole, on a tiny base: gradients that do not drift, resumption, failures with a reason."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from app.engine.lora import load_adapter
from app.training.base import BaseModelSpec, load_training_base
from app.training.checkpoints import newest_checkpoint
from app.training.layers import LoraLinear
from app.training.loop import RunControls, TrainingSetup, plan_run, train
from app.training.lowrank import attach_lora
from app.training.prefix_sharing import PrefixGroup, group_by_prefix
from app.training.run_state import TrainingFailed
from app.training.steps import forward_loss, validate_run
from tests.support.devices import DEVICES
from tests.support.training_factories import dataset, quick, tiny_base

pytestmark = pytest.mark.models


@pytest.fixture(scope="module", params=DEVICES)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return tiny_base(tmp_path_factory.mktemp("base"), device=request.param)


def gradients(base, trainable, batches: list[list[PrefixGroup]]) -> list[torch.Tensor]:
    parameters = list(trainable.parameters().values())
    for parameter in parameters:
        parameter.grad = None
    for batch in batches:
        forward_loss(base, batch)[0].backward()
    return [parameter.grad.clone().cpu() for parameter in parameters]


@pytest.mark.parametrize("dense", [True, False])
def test_gradients_are_the_same_before_and_after_evaluation(source: BaseModelSpec, dense: bool) -> None:
    recipe, data = quick(), dataset(source)
    base = load_training_base(source, quantized=True, dense=dense)
    trainable = attach_lora(base, recipe, source)
    step = plan_run(data, recipe)[0]
    batches = [list(batch) for batch in step.micro_batches]
    before = gradients(base, trainable, batches)
    for _ in range(2):
        validate_run(base, data, recipe, 256)
    base.model.train()
    after = gradients(base, trainable, batches)
    assert any(gradient.any() for gradient in before)
    assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))


def test_weights_kept_in_4_bits_give_the_gradients_of_dense_ones(source: BaseModelSpec) -> None:
    recipe, data = quick(), dataset(source)
    found = []
    for dense in (True, False):
        base = load_training_base(source, quantized=True, dense=dense)
        step = plan_run(data, recipe)[0]
        found.append(gradients(base, attach_lora(base, recipe, source), [list(b) for b in step.micro_batches]))
    assert all(torch.equal(one, other) for one, other in zip(*found, strict=True))


def test_own_layers_give_pefts_loss_and_gradients(source: BaseModelSpec) -> None:
    """In fp32, against PEFT over transformers' own layers and loss."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    wide = replace(source, compute_dtype="float32")
    recipe, data = quick(dropout=0.0), dataset(wide)
    base = load_training_base(wide, quantized=False)
    ours = attach_lora(base, recipe, wide)
    plain = AutoModelForCausalLM.from_pretrained(wide.folder, dtype=torch.float32)
    config = LoraConfig(r=4, lora_alpha=8, target_modules=list(recipe.targets), task_type="CAUSAL_LM")
    theirs = get_peft_model(plain, config)
    tensors = dict(theirs.named_parameters())
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, parameter in ours.parameters().items():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.05)
            tensors[f"base_model.model.{name}.default.weight"].copy_(parameter)
    examples = data.train[:6]
    grads = gradients(base, ours, [group_by_prefix(examples, max_tokens=256)])
    total = 0.0
    for example in examples:
        ids = torch.tensor([[*example.prompt, *example.completion]])
        labels = ids.clone()
        labels[:, : len(example.prompt)] = -100
        loss = theirs(input_ids=ids, labels=labels).loss * len(example.completion)
        loss.backward()
        total += loss.item()
    own = forward_loss(base, group_by_prefix(examples, max_tokens=256))[0].item()
    assert own == pytest.approx(total, rel=1e-4)
    for name, grad in zip(ours.parameters(), grads, strict=True):
        torch.testing.assert_close(grad, tensors[f"base_model.model.{name}.default.weight"].grad, rtol=2e-3, atol=2e-4)


def test_shared_prefixes_change_nothing_but_the_work(source: BaseModelSpec) -> None:
    wide = replace(source, compute_dtype="float32")
    recipe, data = quick(), dataset(wide)
    base = load_training_base(wide, quantized=True)
    trainable = attach_lora(base, recipe, wide)
    groups = group_by_prefix(data.train, max_tokens=256)
    alone = [PrefixGroup(0, (example,)) for group in groups for example in group.examples]
    assert sum(group.tokens for group in groups) < 0.7 * sum(group.tokens for group in alone)
    shared, separate = gradients(base, trainable, [groups]), gradients(base, trainable, [[one] for one in alone])
    for one, other in zip(shared, separate, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)


def test_a_step_in_smaller_parts_has_the_same_rows_and_gradients(source: BaseModelSpec) -> None:
    wide = replace(source, compute_dtype="float32")
    recipe, data = quick(rows_per_step=8), dataset(wide)
    base = load_training_base(wide, quantized=True)
    trainable = attach_lora(base, recipe, wide)
    step = plan_run(data, recipe)[0]
    longest = max(example.tokens for example in data.train)
    narrow = step.limited_to(longest)
    assert len(narrow.micro_batches) > len(step.micro_batches)
    assert narrow.max_micro_batch_tokens <= longest < step.max_micro_batch_tokens
    assert (narrow.rows, narrow.row_tokens, narrow.targets) == (step.rows, step.row_tokens, step.targets)
    assert narrow.tokens > step.tokens  # what rows shared is computed more often
    assert step.limited_to(step.max_micro_batch_tokens) is step
    assert step.limited_to(1).rows == step.rows  # never less than a row
    whole, parts = (gradients(base, trainable, [list(b) for b in one.micro_batches]) for one in (step, narrow))
    for one, other in zip(whole, parts, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)


def test_a_run_learns_and_leaves_an_adapter_the_engine_loads(source: BaseModelSpec, tmp_path: Path) -> None:
    result = train(TrainingSetup(quick(epochs=6.0), dataset(source), tmp_path, source))
    losses = json.loads((tmp_path / "training.json").read_text())["losses"]
    assert result.train_loss < 0.7 * losses[0]
    adapter = load_adapter(tmp_path)
    assert len(adapter.layers) == 14
    assert any(layer.b.any() for layer in adapter.layers.values())


def test_a_run_that_was_cut_off_ends_where_it_would_have(source: BaseModelSpec, tmp_path: Path) -> None:
    recipe, data = quick(dropout=0.1), dataset(source)
    whole = train(TrainingSetup(recipe, data, tmp_path / "whole", source))
    for steps in (3, 5):
        seen: list[int] = []

        def enough(steps: int = steps, seen: list[int] = seen) -> bool:
            seen.append(1)
            return len(seen) > steps

        cut = train(TrainingSetup(recipe, data, tmp_path / "cut", source), RunControls(should_stop=enough))
        assert cut.cancelled
    resumed = train(TrainingSetup(recipe, data, tmp_path / "cut", source))
    assert resumed.steps == whole.steps
    assert resumed.train_loss == pytest.approx(whole.train_loss, abs=1e-4)
    one, other = (load_file(tmp_path / name / "adapter_model.safetensors") for name in ("whole", "cut"))
    assert all(torch.allclose(one[key], other[key], atol=1e-5) for key in one)


def test_a_checkpoint_cut_short_is_passed_over(source: BaseModelSpec, tmp_path: Path) -> None:
    recipe, data = quick(), dataset(source)
    train(TrainingSetup(recipe, data, tmp_path, source))
    newest = newest_checkpoint(tmp_path / "checkpoints")
    assert newest is not None
    tensors = newest.folder / "state.safetensors"
    tensors.write_bytes(tensors.read_bytes()[:-100])
    older = newest_checkpoint(tmp_path / "checkpoints")
    assert older is not None
    assert older.step < newest.step


def test_checkpoints_of_another_recipe_are_refused(source: BaseModelSpec, tmp_path: Path) -> None:
    train(TrainingSetup(quick(), dataset(source), tmp_path, source))
    with pytest.raises(TrainingFailed, match="another recipe"):
        train(TrainingSetup(quick(seed=5), dataset(source), tmp_path, source))


def test_a_loss_that_is_no_number_ends_the_run_with_a_reason(
    source: BaseModelSpec, tmp_path: Path, monkeypatch
) -> None:
    whole = LoraLinear.forward
    monkeypatch.setattr(LoraLinear, "forward", lambda self, x: whole(self, x) * torch.nan)
    with pytest.raises(TrainingFailed) as caught:
        train(TrainingSetup(quick(), dataset(source), tmp_path, source))
    assert caught.value.code == "diverged"


def test_a_full_disk_at_a_checkpoint_ends_the_run_with_a_reason(
    source: BaseModelSpec, tmp_path: Path, monkeypatch
) -> None:
    import errno

    from app import atomic_files

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic_files, "fsync_tree", full)
    with pytest.raises(TrainingFailed, match="No space left") as caught:
        train(TrainingSetup(quick(), dataset(source), tmp_path, source))
    assert caught.value.code == "checkpoint_failed"
    assert not list((tmp_path / "checkpoints").iterdir())


@pytest.mark.parametrize("changes", [{"init": "pissa"}, {"init": "loftq"}, {"rslora": True}, {"lora_plus_ratio": 8.0}])
def test_every_variant_ends_as_a_plain_adapter(source: BaseModelSpec, tmp_path: Path, changes: dict) -> None:
    recipe = quick(max_steps=3, **changes)
    train(TrainingSetup(recipe, dataset(source), tmp_path, source))
    config = json.loads((tmp_path / "adapter_config.json").read_text())
    assert config["peft_type"] == "LORA"
    assert config["r"] == (8 if changes.get("init") == "pissa" else 4)
    assert config["use_rslora"] == bool(changes.get("rslora"))
    assert all(layer.b.isfinite().all() for layer in load_adapter(tmp_path).layers.values())


def test_pissa_starts_from_the_unchanged_function(source: BaseModelSpec, tmp_path: Path) -> None:
    """W's principal part moves into the adapter; taken off again, nothing is left of it."""
    wide = replace(source, compute_dtype="float32")
    data = dataset(wide)
    groups = group_by_prefix(data.train[:4], max_tokens=256)
    plain = load_training_base(wide, quantized=True)
    before = forward_loss(plain, groups)[0].item()
    base = load_training_base(wide, quantized=True)
    trainable = attach_lora(base, quick(init="pissa"), wide)
    assert forward_loss(base, groups)[0].item() == pytest.approx(before, rel=1e-4)
    trainable.save(tmp_path, base_name="tiny")
    for layer in load_adapter(tmp_path).layers.values():
        assert float((layer.a @ layer.b).abs().max()) < 1e-5


def test_loftq_starts_nearer_to_the_unquantised_weights(source: BaseModelSpec) -> None:
    base = load_training_base(source, quantized=True)
    original = load_training_base(source, quantized=False)
    layers = attach_lora(base, quick(init="loftq", rank=8), source).layers
    for name in ("model.layers.0.self_attn.q_proj", "model.layers.1.mlp.up_proj"):
        layer = layers[name]
        wanted = original.model.get_submodule(name).weight.dense(torch.float32).float()
        quantised = layer.weight.dense(torch.float32).float()
        corrected = quantised + layer.scaling * (layer.lora_B @ layer.lora_A).detach()
        assert float((wanted - corrected).norm()) < 0.9 * float((wanted - quantised).norm())


def test_run_goes_on_from_the_weights_of_an_adapter(source: BaseModelSpec, tmp_path: Path) -> None:
    recipe, data = quick(), dataset(source)
    first = train(TrainingSetup(recipe, data, tmp_path / "first", source))
    seen: list[float] = []

    def note(progress) -> None:
        if progress.kind == "step":
            seen.append(progress.figures["train_loss"])

    controls = RunControls(on_progress=note)
    train(TrainingSetup(recipe, data, tmp_path / "fresh", source), controls)
    fresh, seen = seen[0], []
    train(TrainingSetup(recipe, data, tmp_path / "second", source, start_from=first.folder), controls)
    assert seen[0] < fresh  # the first step already has the loss of a trained adapter


def test_run_cannot_go_on_from_an_adapter_of_another_rank(source: BaseModelSpec, tmp_path: Path) -> None:
    recipe, data = quick(), dataset(source)
    first = train(TrainingSetup(recipe, data, tmp_path / "first", source))
    other = replace(recipe, rank=2 * recipe.rank)
    with pytest.raises(TrainingFailed, match="rank"):
        train(TrainingSetup(other, data, tmp_path / "second", source, start_from=first.folder))
