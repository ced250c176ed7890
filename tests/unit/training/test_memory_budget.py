"""What memory allows for: measured before a run, and kept to while it lasts."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import torch

from app.training.base import BaseModelSpec, load_training_base
from app.training.layers import NarrowEmbedding
from app.training.loop import Progress, RunControls, RunResources, TrainingSetup, plan_run, train
from app.training.memory_budget import MemoryBudget, peak_memory
from app.training.run_state import TrainingFailed
from tests.support.training_factories import dataset, quick, tiny_base

pytestmark = pytest.mark.models

AMPLE_MB = 100_000
SHORT_MB = 80
tells_peaks = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its peak")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return tiny_base(tmp_path_factory.mktemp("base"))


@tells_peaks
def test_a_run_that_asks_for_too_much_at_once_stays_within_its_memory(tmp_path: Path) -> None:
    sizes = {"hidden_size": 512, "intermediate_size": 2048, "num_hidden_layers": 4}
    source = replace(tiny_base(tmp_path / "base", **sizes), compute_dtype="float32")
    recipe, data = quick(max_steps=1, rows_per_step=45, micro_batch_tokens=4096), dataset(source, 60)

    def run(memory_budget: MemoryBudget) -> tuple[int, list[float]]:
        heard: list[Progress] = []
        peak = peak_memory(
            lambda: train(
                TrainingSetup(recipe, data, tmp_path, source),
                RunControls(on_progress=heard.append),
                RunResources(memory_budget=memory_budget),
            )
        )
        return (peak or 0) // 2**20, [one.figures["micro_batch_tokens"] for one in heard if one.kind == "narrowed"]

    peak, narrowed = run(MemoryBudget(AMPLE_MB))
    assert peak > 0
    assert narrowed == []
    limit = peak - SHORT_MB
    peak, narrowed = run(MemoryBudget(limit))
    assert 0 < narrowed[0] < 4096
    assert peak <= limit


def test_smaller_parts_learn_the_same_and_the_run_says_so(
    source: BaseModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, data = quick(rows_per_step=8, epochs=1.0), dataset(source)
    heard: list[Progress] = []
    whole = train(
        TrainingSetup(recipe, data, tmp_path / "whole", source),
        RunControls(on_progress=heard.append),
        RunResources(memory_budget=MemoryBudget(AMPLE_MB)),
    )
    assert not any(one.kind == "narrowed" for one in heard)
    monkeypatch.setattr(MemoryBudget, "_measure", lambda *_: 160)  # four fifths of it for a micro-batch
    parts = train(
        TrainingSetup(recipe, data, tmp_path / "parts", source),
        RunControls(on_progress=heard.append),
        RunResources(memory_budget=MemoryBudget(AMPLE_MB)),
    )
    assert [one.figures for one in heard if one.kind == "narrowed"] == [{"micro_batch_tokens": 128}]
    assert parts.train_loss == pytest.approx(whole.train_loss, rel=1e-3)
    assert parts.tokens >= whole.tokens > 0


def test_memory_is_given_back_after_each_micro_batch(
    source: BaseModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = quick(rows_per_step=30, max_steps=2)
    data = dataset(source, 60, validation_share=0.0)
    calls = Counter[str]()
    monkeypatch.setattr(MemoryBudget, "trim_if_full", lambda _: calls.update(["tidy"]))
    train(TrainingSetup(recipe, data, tmp_path, source), resources=RunResources(memory_budget=MemoryBudget(AMPLE_MB)))
    batches = [len(step.micro_batches) for step in plan_run(data, recipe)]
    assert len(batches) == 2
    assert calls["tidy"] == sum(batches) > 2


@tells_peaks
def test_a_row_that_does_not_fit_ends_the_run_before_it_begins(source: BaseModelSpec, tmp_path: Path) -> None:
    with pytest.raises(TrainingFailed, match="shorten rows") as caught:
        train(
            TrainingSetup(quick(), dataset(source), tmp_path, source),
            resources=RunResources(memory_budget=MemoryBudget(1)),
        )
    assert caught.value.code == "memory_limit"
    assert not (tmp_path / "adapter_model.safetensors").exists()


@tells_peaks
def test_gaps_in_the_heap_are_given_back_once_memory_is_nearly_full() -> None:
    def resident() -> int:
        return psutil.Process().memory_info().rss // 2**20

    pieces = [bytearray(b"x") * 100_000 for _ in range(3000)]  # small enough to lie in the heap
    kept = pieces[::30]
    del pieces
    before = resident()
    MemoryBudget(AMPLE_MB).trim_if_full()
    assert resident() > before - 20
    MemoryBudget(before).trim_if_full()
    assert resident() < before - 150
    assert len(kept) == 100


@tells_peaks
def test_a_peak_is_of_the_work_alone() -> None:
    before = peak_memory(lambda: None)
    during = peak_memory(lambda: bytearray(b"x") * (200 << 20) and None)
    after = peak_memory(lambda: None)
    assert before is not None
    assert during is not None
    assert after is not None
    assert 150 << 20 < during - before < 450 << 20
    assert abs(after - before) < 100 << 20


def test_base_stored_in_half_precision_learns_almost_the_same(
    source: BaseModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables lose nothing, as they are bf16 on disk; projections lose the rounding of their dequantised values."""
    source = replace(source, compute_dtype="float32")
    recipe, data = quick(epochs=1.0, targets=("q_proj", "down_proj")), dataset(source)
    wide = train(TrainingSetup(recipe, data, tmp_path / "wide", source))
    monkeypatch.setattr("app.training.base.WIDE_TABLE_BYTES", 0)
    monkeypatch.setattr("app.training.layers.HEAD_SLICE", 1000)
    tables = train(TrainingSetup(recipe, data, tmp_path / "tables", source))
    assert tables.train_loss == pytest.approx(wide.train_loss, rel=1e-5)
    monkeypatch.setattr("app.training.base.WIDE_BYTES", 0)
    base = load_training_base(source, quantized=True)
    assert isinstance(base.model.get_input_embeddings(), NarrowEmbedding)
    assert base.head.dtype == base.model.model.layers[0].mlp.up_proj.weight._dense.dtype == torch.bfloat16
    narrow = train(TrainingSetup(recipe, data, tmp_path / "narrow", source))
    assert narrow.train_loss != wide.train_loss
    assert narrow.train_loss == pytest.approx(wide.train_loss, rel=5e-3)


def test_activations_are_computed_again_if_the_longest_row_does_not_fit(
    source: BaseModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, data = quick(epochs=1.0), dataset(source)
    whole = train(TrainingSetup(recipe, data, tmp_path / "whole", source))
    monkeypatch.setattr(
        MemoryBudget, "_measure", lambda _, base, *__: 4096 if base.model.is_activation_checkpointing else 8
    )
    again = train(
        TrainingSetup(recipe, data, tmp_path / "again", source),
        resources=RunResources(memory_budget=MemoryBudget(AMPLE_MB)),
    )
    assert again.train_loss == pytest.approx(whole.train_loss, rel=1e-5)
    monkeypatch.setattr(MemoryBudget, "_measure", lambda *_: 8)
    with pytest.raises(TrainingFailed, match="longest row"):
        train(
            TrainingSetup(recipe, data, tmp_path / "never", source),
            resources=RunResources(memory_budget=MemoryBudget(AMPLE_MB)),
        )
