"""Methods beside plain LoRA: what they learn is what PEFT computes from the folder they leave."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.training.base import BaseModelSpec, load_training_base
from app.training.checkpoints import newest_checkpoint
from app.training.dataset import Dataset
from app.training.loop import RunControls, TrainingSetup, train
from app.training.methods import attach_method
from app.training.prefix_sharing import group_by_prefix
from app.training.recipe import Recipe
from app.training.steps import forward_loss
from app.training.trainable import Trainable
from tests.support.devices import DEVICES
from tests.support.training_factories import dataset, quick, tiny_base

pytestmark = pytest.mark.models


@pytest.fixture(scope="module", params=DEVICES)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return replace(tiny_base(tmp_path_factory.mktemp("base"), device=request.param), compute_dtype="float32")


def peft_loss(source: BaseModelSpec, folder: Path, data: Dataset, rows: int) -> float:
    """Summed, of PEFT's model over transformers' own layers."""
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    plain = AutoModelForCausalLM.from_pretrained(source.folder, dtype=torch.float32)
    model = PeftModel.from_pretrained(plain, folder).eval()
    total = 0.0
    with torch.no_grad():
        for example in data.train[:rows]:
            ids = torch.tensor([[*example.prompt, *example.completion]])
            labels = ids.clone()
            labels[:, : len(example.prompt)] = -100
            total += model(input_ids=ids, labels=labels).loss.item() * len(example.completion)
    return total


def own(
    source: BaseModelSpec, recipe: Recipe, data: Dataset, rows: int, spread: float = 0.0
) -> tuple[float, Trainable]:
    """(summed loss, what is trained), moved off its start at random by `spread`."""
    base = load_training_base(source, quantized=recipe.quantized)
    trainable = attach_method(base, recipe, source)
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for parameter in trainable.parameters().values():
            parameter.add_(torch.randn(parameter.shape, generator=generator).to(parameter.device), alpha=spread)
    base.model.eval()
    return forward_loss(base, group_by_prefix(data.train[:rows], max_tokens=256))[0].item(), trainable


@pytest.mark.parametrize("changes", [{"method": "dora"}, {"method": "dora", "rslora": True}, {"method": "ia3"}])
def test_peft_reads_the_folder_and_computes_the_same(source: BaseModelSpec, tmp_path: Path, changes: dict) -> None:
    data = dataset(source)
    recipe = quick(**changes)
    fresh, _ = own(source, recipe, data, 4)
    moved, trainable = own(source, recipe, data, 4, spread=0.3)
    assert abs(moved - fresh) > 0.002 * fresh  # twenty times what is allowed below
    trainable.save(tmp_path, base_name="tiny")
    assert peft_loss(source, tmp_path, data, 4) == pytest.approx(moved, rel=1e-4)


@pytest.mark.parametrize("method", ["dora", "ia3"])
def test_it_starts_from_the_unchanged_function(source: BaseModelSpec, method: str) -> None:
    data = dataset(source)
    plain = load_training_base(source, quantized=False)
    before = forward_loss(plain, group_by_prefix(data.train[:4], max_tokens=256))[0].item()
    assert own(source, quick(method=method), data, 4)[0] == pytest.approx(before, rel=1e-4)


@pytest.mark.parametrize("changes", [{"method": "dora"}, {"method": "ia3", "learning_rate": 0.05}])
def test_it_learns_and_a_run_cut_off_ends_where_it_would_have(
    source: BaseModelSpec, tmp_path: Path, changes: dict
) -> None:
    recipe, data = quick(epochs=4.0, **changes), dataset(source)
    whole = train(TrainingSetup(recipe, data, tmp_path / "whole", source))
    summary = json.loads((tmp_path / "whole" / "training.json").read_text())
    assert whole.train_loss < 0.9 * summary["losses"][0]
    assert summary["quantization"] == "none"
    seen: list[int] = []
    train(
        TrainingSetup(recipe, data, tmp_path / "cut", source),
        RunControls(should_stop=lambda: len(seen) > 3 or seen.append(1)),
    )
    assert newest_checkpoint(tmp_path / "cut" / "checkpoints") is not None
    resumed = train(TrainingSetup(recipe, data, tmp_path / "cut", source))
    assert resumed.train_loss == pytest.approx(whole.train_loss, abs=1e-4)


def test_only_vectors_are_trained_by_ia3(source: BaseModelSpec) -> None:
    parameters = own(source, quick(method="ia3"), dataset(source), 2)[1].parameters()
    assert sorted({name.rsplit(".", 2)[1] for name in parameters}) == ["down_proj", "k_proj", "v_proj"]
    assert sum(parameter.numel() for parameter in parameters.values()) == 2 * (32 + 32 + 96)
