"""Full fine-tuning, for the comparison: gradients as transformers' own, a model folder as what was trained."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from app.errors import InvalidRequest
from app.training.base import BaseModelSpec, load_training_base, read_tokenizer
from app.training.full import MODEL, attach_full
from app.training.loop import TrainingSetup, plan_run, train
from app.training.methods import attach_method
from app.training.prefix_sharing import group_by_prefix
from app.training.recipe import Recipe, recipe_from
from app.training.run_state import TrainingFailed
from app.training.steps import forward_loss, run_step
from tests.support.devices import DEVICES
from tests.support.training_factories import dataset, quick, starter_folder, tiny_base

pytestmark = pytest.mark.models


@pytest.fixture(scope="module", params=DEVICES)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return replace(tiny_base(tmp_path_factory.mktemp("base"), device=request.param), compute_dtype="float32")


def full(**changes: object) -> Recipe:
    return replace(quick(dropout=0.0), method="full", learning_rate=1e-3, **changes)


@pytest.mark.parametrize("tied", [True, False])
def test_loss_and_the_gradient_of_every_weight_are_transformers(
    source: BaseModelSpec, tmp_path: Path, tied: bool
) -> None:
    from transformers import AutoModelForCausalLM

    theirs = AutoModelForCausalLM.from_pretrained(source.folder, dtype=torch.float32)
    if not tied:
        theirs.config.tie_word_embeddings = False
        theirs.lm_head.weight = torch.nn.Parameter(theirs.lm_head.weight.detach() * 1.5)
        theirs.save_pretrained(tmp_path)
        source = replace(source, folder=tmp_path, weights_fingerprint="untied")
        read_tokenizer(starter_folder()).save_pretrained(tmp_path)
    data = dataset(source)
    base = load_training_base(source, quantized=False)
    ours = attach_full(base, full(), source)
    wanted = dict(theirs.named_parameters())
    assert ours.parameters().keys() == wanted.keys()
    assert ("lm_head.weight" in wanted) != tied
    examples = data.train[:6]
    loss = forward_loss(base, group_by_prefix(examples, max_tokens=256))[0]
    loss.backward()
    total = 0.0
    for example in examples:
        ids = torch.tensor([[*example.prompt, *example.completion]])
        labels = ids.clone()
        labels[:, : len(example.prompt)] = -100
        part = theirs(input_ids=ids, labels=labels).loss * len(example.completion)
        part.backward()
        total += part.item()
    assert loss.item() == pytest.approx(total, rel=1e-4)
    for name, parameter in ours.parameters().items():
        torch.testing.assert_close(parameter.grad.cpu(), wanted[name].grad, rtol=2e-3, atol=2e-3)
        assert wanted[name].grad.any()


def test_the_folder_it_leaves_is_the_model_that_was_trained(source: BaseModelSpec, tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM

    data = dataset(source)
    result = train(TrainingSetup(full(), data, tmp_path, source))
    summary = json.loads((tmp_path / "training.json").read_text())
    assert result.train_loss < 0.9 * summary["losses"][0]
    before, after = load_file(source.folder / MODEL), load_file(tmp_path / MODEL)
    assert before.keys() == after.keys()
    assert all(not torch.equal(before[name].float(), after[name].float()) for name in before)
    assert summary["trained_parameters"] == sum(tensor.numel() for tensor in before.values())
    model = AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    loss = targets = 0
    with torch.no_grad():
        for example in data.validation:
            ids = torch.tensor([[*example.prompt, *example.completion]])
            labels = ids.clone()
            labels[:, : len(example.prompt)] = -100
            loss += model(input_ids=ids, labels=labels).loss.item() * len(example.completion)
            targets += len(example.completion)
    assert loss / targets == pytest.approx(result.valid_loss, rel=1e-4)


def test_updates_too_small_for_16_bits_add_up(source: BaseModelSpec) -> None:
    """At a rate whose single step rounds to nothing in bf16."""
    narrow = replace(source, compute_dtype="bfloat16")
    data, recipe = dataset(narrow), replace(full(warmup=0.0), learning_rate=1e-5)
    base = load_training_base(narrow, quantized=False)
    trainable = attach_method(base, recipe, narrow)
    assert all(parameter.dtype == torch.float32 for parameter in trainable.parameters().values())
    optimizer = torch.optim.AdamW(trainable.parameter_groups(), weight_decay=0.0)
    name = "model.layers.0.mlp.up_proj.weight"
    before = trainable.parameters()[name].detach().clone()
    plan = plan_run(data, recipe)
    losses = [run_step(base, trainable, optimizer, plan[0], place, 1000)["train_loss"] for place in range(5)]
    moved = trainable.parameters()[name].detach() - before
    large = before.abs() > 0.05  # bf16's steps are 0.0002 and more here
    assert 2e-5 < moved[large].abs().median() < 6e-5
    assert losses[-1] < losses[0]


def test_a_base_with_a_weight_that_cannot_be_trained_is_refused(source: BaseModelSpec) -> None:
    base = load_training_base(source, quantized=False)
    layer = base.model.model.layers[0]
    layer.strange = torch.nn.Linear(4, 4).requires_grad_(requires_grad=False)
    with pytest.raises(TrainingFailed, match="strange"):
        attach_full(base, full(), source)


def test_outside_a_comparison_it_is_refused_and_says_where_it_is() -> None:
    with pytest.raises(InvalidRequest, match=r"comparison only.*loracle compare") as refused:
        recipe_from({"method": "full"})
    assert refused.value.param == "method"
    assert recipe_from({"method": "full"}, comparing=True).quantized is False
    with pytest.raises(InvalidRequest, match="one of"):
        recipe_from({"method": "magic"}, comparing=True)
