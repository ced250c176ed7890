"""Compressing and merging adapter folders, and what bad folders are told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from app.adapters.base_spec import BaseSpec
from app.adapters.compress import compress_adapter, smallest_rank
from app.adapters.merge import merge_adapters
from app.adapters.validate import validate_adapter
from app.adapters.weights import read_matrices
from app.errors import AppError, InvalidRequest
from app.numerics.single_thread import run_on_single_thread, start_single_thread
from tests.support.random_adapter import write_random_adapter

LAYERS = {f"model.layers.{i}.{kind}": shape for i in range(2) for kind, shape in
          {"self_attn.q_proj": (48, 64), "mlp.down_proj": (96, 48)}.items()}  # fmt: skip
BASE = BaseSpec("tiny", "fingerprint", LAYERS)
CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"


def dense(folder: Path) -> dict[str, torch.Tensor]:
    return {name: one.b.double() @ one.a.double() for name, one in read_matrices(folder).updates().items()}


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    return write_random_adapter(tmp_path / "adapter", BASE, rank=16, alpha=32)


def counts_of_new_threads(stop: threading.Event) -> set[int]:
    """PyTorch's thread counts that threads see which start until `stop`."""
    seen: set[int] = set()
    while not stop.is_set():
        thread = threading.Thread(target=lambda: seen.add(torch.get_num_threads()))
        thread.start()
        thread.join()
    return seen


def test_compressions_at_once_leave_the_thread_count_alone(tmp_path: Path, adapter: Path) -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        start_single_thread()
        stop = threading.Event()
        with ThreadPoolExecutor(3) as pool:
            counting = pool.submit(counts_of_new_threads, stop)
            for turn in range(10):
                list(pool.map(lambda n: compress_adapter(adapter, tmp_path / f"{turn}-{n}", rank=4), range(2)))  # noqa: B023
            stop.set()
            assert counting.result() == {3}
        assert torch.get_num_threads() == 3
        assert run_on_single_thread(torch.get_num_threads) == 1
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("use_rslora", [False, True])
def test_compressed_adapter_is_the_best_of_its_rank_and_valid(tmp_path: Path, use_rslora: bool) -> None:
    source = write_random_adapter(tmp_path / "a", BASE, rank=16, alpha=32, use_rslora=use_rslora)
    done = compress_adapter(source, tmp_path / "c", rank=8)
    for name, update in dense(source).items():
        full = np.linalg.svd(update.numpy(), compute_uv=False)
        kept = np.linalg.svd(dense(tmp_path / "c")[name].numpy(), compute_uv=False)
        assert np.abs(kept[:8] / full[:8] - 1).max() < 1e-5
        assert kept[8:].max() < 1e-6 * full[0]
        lost = np.linalg.norm((update - dense(tmp_path / "c")[name]).numpy())
        layer = next(layer for layer in done.layers if layer.layer == name)
        assert lost / np.linalg.norm(full) == pytest.approx(layer.relative_error, rel=1e-4)
        assert layer.singular_values == pytest.approx(full[:16].tolist(), rel=1e-5)
    clean = validate_adapter(
        (tmp_path / "c" / CONFIG).read_bytes(), tmp_path / "c" / WEIGHTS, BASE, max_rank=8, max_bytes=10**7
    )
    assert clean.rank == 8
    assert done.bytes_after < 0.6 * done.bytes_before


def test_half_precision_halves_the_bytes_and_rounds(tmp_path: Path, adapter: Path) -> None:
    done = compress_adapter(adapter, tmp_path / "half", rank=16, half=True)
    assert done.bytes_after < 0.6 * done.bytes_before
    assert all(tensor.dtype == torch.float16 for tensor in load_file(tmp_path / "half" / WEIGHTS).values())
    for name, update in dense(adapter).items():
        assert (dense(tmp_path / "half")[name] - update).norm() < 2e-3 * update.norm()


def test_peft_loads_a_compressed_adapter_and_gives_the_same_outputs(tmp_path: Path) -> None:
    from peft import PeftModel

    from tests.support.tiny_models import base_spec, tiny_model

    spec = base_spec(tiny_model("llama"), tmp_path / "base")
    source = write_random_adapter(tmp_path / "a", spec, rank=8, std=0.2, use_rslora=True)
    compress_adapter(source, tmp_path / "c", rank=8)
    ids = torch.arange(5, 25)[None]
    with torch.no_grad():
        logits = [
            PeftModel.from_pretrained(tiny_model("llama"), folder)(ids).logits for folder in (source, tmp_path / "c")
        ]
        plain = tiny_model("llama")(ids).logits
    assert (logits[0] - logits[1]).abs().max() < 1e-4 * (logits[0] - plain).abs().max()


def test_energy_chooses_the_smallest_rank_that_keeps_it(adapter: Path, tmp_path: Path) -> None:
    done = compress_adapter(adapter, tmp_path / "c", energy=0.7)
    assert done.energy_kept >= 0.7
    assert done.energy_by_rank[done.rank - 2] < 0.7
    squares = {name: np.linalg.norm(one.numpy()) ** 2 for name, one in dense(adapter).items()}
    kept = {name: np.linalg.norm(one.numpy()) ** 2 for name, one in dense(tmp_path / "c").items()}
    assert sum(kept.values()) / sum(squares.values()) == pytest.approx(done.energy_kept, rel=1e-5)
    assert smallest_rank(done.energy_by_rank, 1.0) == 16


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"rank": 4, "energy": 0.5},
        {"rank": 0},
        {"rank": 17},
        {"energy": 0.0},
        {"energy": 1.5},
        {"energy": float("nan")},
    ],
)
def test_ranks_and_shares_out_of_bounds_are_refused(adapter: Path, tmp_path: Path, wanted: dict) -> None:
    with pytest.raises(InvalidRequest):
        compress_adapter(adapter, tmp_path / "c", **wanted)
    assert not (tmp_path / "c").exists()


def spoil(change: Callable[[dict[str, torch.Tensor]], None]) -> Callable[[Path], None]:
    def spoiled(folder: Path) -> None:
        tensors = load_file(folder / WEIGHTS)
        change(tensors)
        save_file(tensors, folder / WEIGHTS)

    return spoiled


def nan(tensors: dict[str, torch.Tensor]) -> None:
    next(iter(tensors.values()))[0, 0] = float("nan")


def half_missing(tensors: dict[str, torch.Tensor]) -> None:
    del tensors[next(key for key in tensors if "lora_B" in key)]


def other_half_missing(tensors: dict[str, torch.Tensor]) -> None:
    del tensors[next(key for key in tensors if "lora_A" in key)]


def one_rank_differs(tensors: dict[str, torch.Tensor]) -> None:
    key = next(key for key in tensors if "lora_A" in key)
    tensors[key] = tensors[key][:3].contiguous()


def foreign_tensor(tensors: dict[str, torch.Tensor]) -> None:
    tensors["lm_head.weight"] = torch.ones(2, 2)


def set_config(**changes: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        config = json.loads((folder / CONFIG).read_text())
        (folder / CONFIG).write_text(json.dumps({**config, **changes}))

    return change


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "nan": (spoil(nan), "NaN"),
    "no B": (spoil(half_missing), "without its lora_B"),
    "no A": (spoil(other_half_missing), "without its lora_A"),
    "rank of a tensor": (spoil(one_rank_differs), "says rank 16"),
    "foreign tensor": (spoil(foreign_tensor), "lm_head"),
    "no tensors": (spoil(dict.clear), "no tensors"),
    "rank of the config": (set_config(r=8), "says rank 8"),
    "no rank": (set_config(r=None), "lacks a whole r"),
    "alpha": (set_config(lora_alpha=-1), "lora_alpha"),
    "infinite alpha": (set_config(lora_alpha=float("inf")), "lora_alpha"),
    "DoRA": (set_config(use_dora=True), "DoRA"),
    "IA3": (set_config(peft_type="IA3"), "LORA"),
    "not JSON": (lambda folder: (folder / CONFIG).write_text("{") and None, "JSON"),
    "no config": (lambda folder: (folder / CONFIG).unlink(), "holds no adapter_config.json"),
    "no weights": (lambda folder: (folder / WEIGHTS).unlink(), "holds no adapter_model.safetensors"),
    "pickle": (lambda folder: (folder / WEIGHTS).write_bytes(b"\x80\x04rest of it") and None, "pickle"),
    "cut off": (
        lambda folder: (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:-9]) and None,
        "damaged",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_folders_are_named_and_nothing_is_written(adapter: Path, tmp_path: Path, name: str) -> None:
    change, message = BAD[name]
    change(adapter)
    with pytest.raises(AppError, match=message):
        compress_adapter(adapter, tmp_path / "c", rank=4)
    with pytest.raises(AppError, match=message):
        merge_adapters([(adapter, 1.0)], tmp_path / "m")
    assert not (tmp_path / "c").exists()
    assert not (tmp_path / "m").exists()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_is_an_error_or_a_finite_adapter(adapter: Path, data: st.DataObject) -> None:
    file = adapter / data.draw(st.sampled_from([CONFIG, WEIGHTS]))
    whole = file.read_bytes()
    at = data.draw(st.integers(0, min(len(whole) - 1, 1200)))
    with_what = data.draw(st.binary(min_size=0, max_size=6))
    file.write_bytes(whole[:at] + with_what + whole[at + data.draw(st.integers(0, 6)) :])
    try:
        compress_adapter(adapter, adapter.parent / "c", rank=2)
        assert all(torch.isfinite(one).all() for one in dense(adapter.parent / "c").values())
    except AppError:
        pass
    finally:
        file.write_bytes(whole)


def test_merge_is_the_weighted_sum_whatever_the_ranks_and_scalings(tmp_path: Path) -> None:
    one = write_random_adapter(tmp_path / "one", BASE, rank=4, alpha=8, seed=1)
    two = write_random_adapter(tmp_path / "two", BASE, rank=3, alpha=6, seed=2, use_rslora=True, targets=("q_proj",))
    done = merge_adapters([(one, 0.25), (two, -1.5)], tmp_path / "m")
    assert (done.rank, done.exact_rank) == (7, 7)
    assert done.energy_kept == pytest.approx(1)
    for name, merged in dense(tmp_path / "m").items():
        wanted = 0.25 * dense(one)[name] - 1.5 * dense(two).get(name, torch.zeros_like(merged))
        assert (merged - wanted).abs().max() < 1e-6 * wanted.abs().max()


def test_merge_at_a_rank_is_the_best_of_that_rank_also_for_one_adapter(adapter: Path, tmp_path: Path) -> None:
    done = merge_adapters([(adapter, 2.0)], tmp_path / "m", rank=5)
    assert done.rank == 5
    for name, merged in dense(tmp_path / "m").items():
        u, s, vt = np.linalg.svd(2 * dense(adapter)[name].numpy(), full_matrices=False)
        assert np.abs(merged.numpy() - (u[:, :5] * s[:5]) @ vt[:5]).max() < 1e-5 * s[0]


def test_adapters_of_different_bases_do_not_merge(adapter: Path, tmp_path: Path) -> None:
    wider = {name: (inputs + 1, outputs) for name, (inputs, outputs) in LAYERS.items()}
    other = write_random_adapter(tmp_path / "o", BaseSpec("tiny", "f", wider), rank=2)
    renamed = write_random_adapter(tmp_path / "r", BaseSpec("other", "f", LAYERS), rank=2)
    for second in (other, renamed):
        with pytest.raises(InvalidRequest, match="different base models"):
            merge_adapters([(adapter, 1.0), (second, 1.0)], tmp_path / "m")


@pytest.mark.parametrize("weight", [0.0, float("nan"), float("inf"), 1e6])
def test_weights_that_make_no_adapter_are_refused(adapter: Path, tmp_path: Path, weight: float) -> None:
    with pytest.raises(InvalidRequest, match="weight"):
        merge_adapters([(adapter, weight)], tmp_path / "m")
