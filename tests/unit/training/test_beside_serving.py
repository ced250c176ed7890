"""Serving leaves training alone: gradients are equal to the bit before and after, on whatever kernels serving runs.

bitsandbytes repacks a 4-bit weight, and rewrites its quantisation state, at the first forward of serving on processors
with AVX512-BF16. Had training the weight in common with serving, its gradients would be others from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, MethodType, ModuleType
from typing import Any, Literal

import bitsandbytes as bnb
import pytest
import torch
from bitsandbytes.functional import _convert_weight_packed_for_cpu, has_avx512bf16
from torch import nn

from app.engine import native
from app.engine.build import EngineLimits, build_engine
from app.engine.loading import LoadedModel, load_base
from app.engine.native.product import NativeLinear
from app.engine.tokenizer import ChatTokenizer
from app.training.base import BaseModelSpec, TrainingBase, load_training_base
from app.training.loop import plan_run
from app.training.lowrank import LowRankAdapter, attach_lora
from app.training.messages import Message, Progress
from app.training.prefix_sharing import PrefixGroup
from app.training.steps import forward_loss
from app.training.subprocess_runner import ProcessLimits, TrainingProcess
from app.training.worker_main import ROWS, JobSpec
from tests.support.devices import DEVICES
from tests.support.engine_serving import Collected, run_all
from tests.support.kernels import running_kernels
from tests.support.training_factories import dataset, quick, rows, tiny_base

pytestmark = pytest.mark.models
KERNELS = (*native.LIBRARIES, "pytorch", "unpacked")


@pytest.fixture(scope="module", params=DEVICES)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BaseModelSpec:
    return tiny_base(tmp_path_factory.mktemp("base"), device=request.param)


@pytest.fixture(params=KERNELS)
def kernels(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What serves: the engine's own kernels, in bf16; PyTorch's, with bitsandbytes' packing where the processor has
    that; PyTorch's with the packing forced off."""
    if request.param in native.LIBRARIES:
        with running_kernels(request.param):
            yield request.param
        return
    monkeypatch.setenv(native.DISABLED, "1")
    if request.param == "unpacked":
        monkeypatch.setattr(bnb.nn.modules, "has_avx512bf16", lambda: False)
    forget_kernels()
    yield request.param
    monkeypatch.undo()
    forget_kernels()


def forget_kernels() -> None:
    native.available.cache_clear()
    native._library.cache_clear()


class Trained:
    """A training base with a fresh adapter on it, and the gradients it gives for always the same rows."""

    def __init__(self, source: BaseModelSpec, *, dense: bool) -> None:
        recipe = quick()
        self.base: TrainingBase = load_training_base(source, quantized=True, dense=dense)
        self.adapter: LowRankAdapter = attach_lora(self.base, recipe, source)
        with torch.no_grad():
            for number, parameter in enumerate(self.adapter.parameters().values()):
                noise = torch.randn(parameter.shape, generator=torch.Generator().manual_seed(number))
                parameter.add_(noise.to(source.device), alpha=0.05)
        self.batches: list[tuple[PrefixGroup, ...]] = list(plan_run(dataset(source), recipe)[0].micro_batches)

    def gradients(self) -> dict[str, torch.Tensor]:
        self.base.model.train()
        parameters = self.adapter.parameters()
        for parameter in parameters.values():
            parameter.grad = None
        for batch in self.batches:
            forward_loss(self.base, batch)[0].backward()
        return {name: parameter.grad.clone() for name, parameter in parameters.items()}


def serve(
    source: BaseModelSpec, adapter: Path, dense_bytes: int, dtype: Literal["auto", "bfloat16"] = "auto"
) -> LoadedModel:
    """Load the base as the service does, and answer with the base and with the adapter."""
    loaded = load_base(
        source.folder,
        weights_fingerprint=source.weights_fingerprint,
        recipe=source.quantization,
        compute_dtype=dtype,
        device=source.device,
        dense_bytes=dense_bytes,
    )
    chat = ChatTokenizer(loaded.tokenizer)
    engine = build_engine(loaded, chat, EngineLimits(256, 2**22, 2**24))
    prompt = chat.chat([("user", "Where are the books of Lisboa?")])
    asked = [Collected.submit(engine, prompt, folder) for folder in (None, adapter, None, adapter)]
    run_all(engine)
    assert all(one.error is None and one.tokens for one in asked), [one.error for one in asked]
    return loaded


def four_bit(loaded: LoadedModel) -> list[Any]:
    return [one for one in reachable(loaded.model) if isinstance(one, bnb.nn.Linear4bit)]


def pack(layer: Any) -> None:
    """What bitsandbytes does to a layer that serves, where the processor has AVX512-BF16: done here on any."""
    if not getattr(layer.weight.quant_state, "packing_format_for_cpu", False):
        layer.weight.data, _ = _convert_weight_packed_for_cpu(layer.weight.data, layer.weight.quant_state)


def equal(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("dense_bytes", [0, 10**9], ids=["four_bit", "dense_copies"])
@pytest.mark.parametrize("dense", [True, False], ids=["dense", "packed"])
def test_gradients_are_the_same_before_and_after_serving(
    source: BaseModelSpec, tmp_path: Path, kernels: str, dense: bool, dense_bytes: int
) -> None:
    on_cpu = source.device == "cpu"
    if not on_cpu and kernels != "pytorch":
        pytest.skip("kernels of the CPU")
    early = Trained(source, dense=dense)
    before = early.gradients()
    assert all(gradient.any() for gradient in before.values())
    early.adapter.save(tmp_path, base_name="tiny")
    loaded = serve(source, tmp_path, dense_bytes, "bfloat16" if kernels in native.LIBRARIES else "auto")
    packed = [getattr(layer.weight.quant_state, "packing_format_for_cpu", False) for layer in four_bit(loaded)]
    if kernels in native.LIBRARIES:
        assert any(isinstance(one, NativeLinear) for one in reachable(loaded.model))
    elif kernels == "unpacked":
        assert not any(packed)
    elif on_cpu and has_avx512bf16() and loaded.compute_dtype == torch.bfloat16:
        assert all(packed)
    assert equal(early.gradients(), before)
    if kernels == "pytorch" and on_cpu:
        assert dense_bytes or four_bit(loaded)
        for layer in four_bit(loaded):
            pack(layer)
        assert equal(early.gradients(), before)
    late = Trained(source, dense=dense)  # as a training begins while the service answers
    assert equal(late.gradients(), before)
    for trained in (early, late):
        assert not storages(trained.base.model) & storages(loaded.model)


def storages(model: nn.Module) -> set[int]:
    """Addresses of all that a model, served or trained, computes with."""
    tensors = [one for one in reachable(model) if isinstance(one, torch.Tensor) and not one.is_mkldnn and one.numel()]
    return {tensor.untyped_storage().data_ptr() for tensor in tensors}


def reachable(root: Any) -> list[Any]:
    """All that is held by attributes, also weights that are no parameters: packed ones, tiles, quantisation states."""
    found: dict[int, Any] = {}
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if id(one) in found or isinstance(one, type | FunctionType | MethodType | ModuleType | str | int | float):
            continue
        found[id(one)] = one
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list | tuple | set | frozenset):
            waiting += one
        else:
            waiting += getattr(one, "__dict__", {}).values()
            waiting += [getattr(one, name, None) for name in getattr(type(one), "__slots__", ())]
    return list(found.values())


def test_the_look_for_shared_weights_finds_them(source: BaseModelSpec, tmp_path: Path) -> None:
    trained = Trained(source, dense=False)
    data, state = next(module.weight._packed for module in trained.base.model.modules() if hasattr(module, "lora_A"))
    assert {data.untyped_storage().data_ptr(), state.absmax.untyped_storage().data_ptr()} <= storages(
        trained.base.model
    )
    trained.adapter.save(tmp_path, base_name="tiny")
    loaded = serve(source, tmp_path, 0)
    products = [one for one in reachable(loaded.model) if isinstance(one, bnb.nn.Linear4bit | NativeLinear)]
    assert products
    for one in products:
        held = one._tensors[0] if isinstance(one, NativeLinear) else one.weight.quant_state.absmax
        assert held.untyped_storage().data_ptr() in storages(loaded.model)


def test_a_training_process_takes_the_same_steps_while_the_service_answers(
    source: BaseModelSpec, tmp_path: Path
) -> None:
    """As production runs it: gradient norms and losses of every step, to the last digit, and the adapter's bytes."""
    trained = Trained(source, dense=True)
    trained.adapter.save(tmp_path / "served", base_name="tiny")
    alone = run_process(source, tmp_path / "alone")
    loaded = serve(source, tmp_path / "served", 0)
    beside = run_process(source, tmp_path / "beside")
    assert serve(source, tmp_path / "served", 0).fingerprint == loaded.fingerprint
    assert len(alone) == 4
    assert all(figures["gradient_norm"] > 0 for figures in alone)
    assert alone == beside
    files = [(tmp_path / name / "adapter_model.safetensors").read_bytes() for name in ("alone", "beside")]
    assert files[0] == files[1]


def run_process(source: BaseModelSpec, folder: Path) -> list[dict[str, float]]:
    """(loss, gradient norm) of every step."""
    folder.mkdir()
    (folder / ROWS).write_text("\n".join(rows()), encoding="utf-8")
    JobSpec(quick(max_steps=4).describe(), source, 0.0, 1, 3000).write(folder)
    figures: list[dict[str, float]] = []

    def record(message: Message) -> None:
        if isinstance(message, Progress) and message.kind == "step":
            figures.append({name: message.figures[name] for name in ("train_loss", "gradient_norm")})

    assert TrainingProcess(folder, ProcessLimits(3000, 300.0)).run(record, lambda: False).kind == "done"
    return figures
