"""Activated recipes: the update acts from the generation prompt on, in training as in PEFT and in the engine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.engine.lora import load_adapter
from app.engine.tokenizer import ChatTokenizer
from app.errors import InvalidRequest
from app.training.base import BaseModelSpec, BasePool, TrainingBase, load_training_base, read_tokenizer
from app.training.batches import collate
from app.training.examples import Example
from app.training.loop import TrainingSetup, train
from app.training.methods import attach_method
from app.training.prefix_sharing import PrefixGroup, group_by_prefix
from app.training.recipe import recipe_from
from app.training.run_state import TrainingFailed
from app.training.steps import forward_loss
from app.training.trainable import Trainable
from tests.support.devices import DEVICES
from tests.support.engine_serving import Collected, make_engine, run_all
from tests.support.training_factories import dataset, quick, tiny_base

pytestmark = pytest.mark.models


@pytest.fixture(scope="module", params=DEVICES)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return replace(tiny_base(tmp_path_factory.mktemp("base"), device=request.param), compute_dtype="float32")


def attached(source: BaseModelSpec, *, spread: float = 0.05, **changes: object) -> tuple[TrainingBase, Trainable]:
    """A base and what is trained, moved off its start at random."""
    recipe = quick(**{"activated": True, "dropout": 0.0, "method": "lora", **changes})
    base = load_training_base(source, quantized=recipe.quantized)
    trainable = attach_method(base, recipe, source)
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for parameter in trainable.parameters().values():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * spread)
    return base, trainable


def gradients(
    base: TrainingBase, trainable: Trainable, groups: Sequence[PrefixGroup]
) -> tuple[float, list[torch.Tensor]]:
    parameters = list(trainable.parameters().values())
    for parameter in parameters:
        parameter.grad = None
    loss = forward_loss(base, groups)[0]
    loss.backward()
    found = [parameter.grad for parameter in parameters if parameter.grad is not None]
    assert len(found) == len(parameters)
    return loss.item(), [grad.clone().cpu() for grad in found]


def test_prompts_of_rows_end_with_the_invocation(source: BaseModelSpec) -> None:
    invocation = ChatTokenizer(read_tokenizer(source.folder)).generation_prompt
    assert invocation
    for example in dataset(source).train:
        assert example.prompt[example.activated_from :] == invocation


def test_loss_and_gradients_are_those_of_peft(source: BaseModelSpec, tmp_path: Path) -> None:
    """In fp32, against PEFT over transformers' own layers, with prefixes that rows share."""
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    data = dataset(source)
    base, ours = attached(source)
    ours.save(tmp_path, base_name="tiny")
    plain = AutoModelForCausalLM.from_pretrained(source.folder, dtype=torch.float32)
    theirs = PeftModel.from_pretrained(plain, tmp_path, is_trainable=True)
    examples = data.train[:6]
    groups = group_by_prefix(examples, max_tokens=256, activated=True)
    assert any(group.prefix_length for group in groups)
    own, grads = gradients(base, ours, groups)
    total = 0.0
    for example in examples:
        ids = torch.tensor([[*example.prompt, *example.completion]])
        labels = ids.clone()
        labels[:, : len(example.prompt)] = -100
        loss = theirs(input_ids=ids, labels=labels).loss * len(example.completion)
        loss.backward()
        total += loss.item()
    assert own == pytest.approx(total, rel=1e-4)
    tensors = dict(theirs.named_parameters())
    for name, grad in zip(ours.parameters(), grads, strict=True):
        expected = tensors[f"base_model.model.{name}.default.weight"].grad
        assert expected is not None
        torch.testing.assert_close(grad, expected, rtol=2e-3, atol=2e-4)


def test_shared_prefixes_change_nothing_and_hold_no_token_of_the_invocation(source: BaseModelSpec) -> None:
    """Also for rows with one prompt and several answers, whose prompts are equal to the last token."""
    train_rows = dataset(source).train[:6]
    rows = [*train_rows, replace(train_rows[0], completion=train_rows[1].completion, line=99)]
    base, trainable = attached(source)
    groups = group_by_prefix(rows, max_tokens=512, activated=True)
    assert any(group.prefix_length for group in groups)
    for group in groups:
        assert group.prefix_length <= min(example.activated_from for example in group.examples)
    shared = gradients(base, trainable, groups)
    alone = gradients(base, trainable, [PrefixGroup(0, (row,)) for row in rows])
    assert shared[0] == pytest.approx(alone[0], rel=1e-4)
    for one, other in zip(shared[1], alone[1], strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)


def test_active_tokens_are_those_from_the_generation_prompt_on() -> None:
    rows = (Example((1, 2, 3, 9), (5, 6), "d", 1, "", 3), Example((1, 2, 4, 4, 9), (7,), "d", 2, "", 4))
    batch = collate([PrefixGroup(2, rows), PrefixGroup(0, rows[:1])], dtype=torch.float32)
    assert batch.ids[0].tolist() == [1, 2, 3, 9, 5, 4, 4, 9, 1, 2, 3, 9, 5]
    assert batch.active.tolist() == [3, 4, 7, 11, 12]


def test_dropout_gives_the_gradient_of_the_loss(source: BaseModelSpec) -> None:
    """By differences along a direction: dropped inputs of active tokens are the same in both passes."""
    base, trainable = attached(source, dropout=0.5)
    base.model.train()
    groups = group_by_prefix(dataset(source).train[:3], max_tokens=256, activated=True)
    parameters = list(trainable.parameters().values())

    def loss() -> float:
        torch.manual_seed(1)
        return forward_loss(base, groups)[0].item()

    torch.manual_seed(1)
    _, grads = gradients(base, trainable, groups)
    generator, step = torch.Generator().manual_seed(5), 1e-3
    directions = [torch.randn(parameter.shape, generator=generator) for parameter in parameters]
    slope = sum(float((grad * one).sum()) for grad, one in zip(grads, directions, strict=True))
    values = []
    for sign in (1, -2):
        with torch.no_grad():
            for parameter, one in zip(parameters, directions, strict=True):
                parameter.add_(one.to(parameter.device), alpha=sign * step)
        values.append(loss())
    assert (values[0] - values[1]) / (2 * step) == pytest.approx(slope, rel=0.02)


def test_run_learns_and_peft_and_engine_answer_alike(source: BaseModelSpec, tmp_path: Path) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    data = dataset(source)
    recipe = quick(activated=True, method="lora", epochs=6.0)
    result = train(TrainingSetup(recipe, data, tmp_path, source))
    losses = json.loads((tmp_path / "training.json").read_text())["losses"]
    assert result.train_loss < 0.8 * losses[0]
    invocation = ChatTokenizer(read_tokenizer(source.folder)).generation_prompt
    assert json.loads((tmp_path / "adapter_config.json").read_text())["alora_invocation_tokens"] == list(invocation)
    assert load_adapter(tmp_path).invocation == invocation
    if source.device != "cpu":
        return
    plain = AutoModelForCausalLM.from_pretrained(source.folder, dtype=torch.float32).eval()
    prompt = data.train[0].prompt
    engine = make_engine(AutoModelForCausalLM.from_pretrained(source.folder, dtype=torch.float32).eval())
    got = Collected.submit(engine, prompt, tmp_path, max_tokens=8)
    run_all(engine)
    theirs = PeftModel.from_pretrained(plain, tmp_path).eval()
    with torch.inference_mode():
        out = theirs.generate(input_ids=torch.tensor([prompt]), max_new_tokens=8, do_sample=False, eos_token_id=None)
    assert got.tokens == out[0, len(prompt) :].tolist()


def test_pool_gives_a_plain_recipe_a_base_that_is_not_activated(source: BaseModelSpec) -> None:
    pool = BasePool(source, quantized=False, dense=True)
    groups = group_by_prefix(dataset(source).train[:2], max_tokens=256)
    losses = []
    for activated in (False, True, False):
        recipe = quick(method="lora", activated=activated)
        base = pool.acquire(recipe)
        trainable = attach_method(base, recipe, source)
        with torch.no_grad():
            for parameter in trainable.parameters().values():
                parameter.fill_(0.05)
        losses.append(forward_loss(base, groups)[0].item())
    assert losses[0] == losses[2] != losses[1]


def test_template_without_generation_prompt_is_refused_with_a_reason(source: BaseModelSpec) -> None:
    base = load_training_base(source, quantized=False)
    base.tokenizer.chat_template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    with pytest.raises(TrainingFailed, match="activated false") as caught:
        attach_method(base, quick(activated=True, method="lora"), source)
    assert caught.value.code == "no_invocation"


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"method": "dora"}, "activated"),
        ({"method": "ia3"}, "activated"),
        ({"method": "adalora"}, "activated"),
        ({"method": "qlora", "init": "pissa"}, "init"),
    ],
)
def test_recipes_that_cannot_be_activated_are_refused(changes: dict[str, object], param: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        recipe_from({"activated": True, **changes})
    assert caught.value.param == param
