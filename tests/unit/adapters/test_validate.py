"""Uploaded adapters are hostile until every byte of them is checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.adapters.base_spec import BaseSpec
from app.adapters.validate import CleanAdapter, validate_adapter
from app.errors import AdapterInvalid
from tests.support.files import SCRIPTED_LAYERS, adapter_config, adapter_tensors, safetensors_bytes
from tests.support.paths import APP

BASE = BaseSpec("scripted", "fingerprint", SCRIPTED_LAYERS)


def validate(config: bytes, weights: bytes, folder: Path) -> CleanAdapter:
    path = folder / "weights"
    path.write_bytes(weights)
    return validate_adapter(config, path, BASE, max_rank=8, max_bytes=10**6)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return safetensors_bytes(adapter_tensors(), tmp_path_factory.mktemp("good"))


def test_good_adapter_is_rebuilt_from_the_allow_list(good: bytes, tmp_path: Path) -> None:
    clean = validate(adapter_config(auto_mapping=None, revision="x", corda_config=None, evil="ls"), good, tmp_path)
    assert set(clean.config) == {
        "peft_type", "task_type", "base_model_name_or_path", "r", "lora_alpha", "target_modules", "use_rslora", "bias",
        "fan_in_fan_out", "inference_mode", "lora_dropout",
    }  # fmt: skip
    assert (clean.rank, clean.alpha, clean.target_modules) == (2, 4.0, ("down_proj", "q_proj"))


def test_version_names_the_content(good: bytes, tmp_path: Path) -> None:
    one = validate(adapter_config(), good, tmp_path).version
    assert validate(adapter_config(), good, tmp_path).version == one
    assert validate(adapter_config(lora_alpha=8), good, tmp_path).version != one
    other = safetensors_bytes(adapter_tensors(seed=1), tmp_path)
    assert validate(adapter_config(), other, tmp_path).version != one


PREFIX = "base_model.model.model"
BAD_TENSORS: dict[str, Any] = {
    "half of a pair": lambda t: t.pop(next(iter(t))),
    "unknown layer": lambda t: t.update({f"{PREFIX}.layers.9.self_attn.q_proj.lora_A.weight": np.ones((2, 8), "f4")}),
    "foreign key": lambda t: t.update({"lm_head.weight": np.ones((2, 8), "f4")}),
    "wrong shape": lambda t: t.update({next(iter(t)): np.ones((2, 9), "f4")}),
    "wrong rank": lambda t: t.update({next(iter(t)): np.ones((3, 8), "f4")}),
    "not a number": lambda t: t.update({next(iter(t)): np.full((2, 8), np.nan, "f4")}),
    "infinite": lambda t: t.update({next(iter(t)): np.full((2, 8), np.inf, "f4")}),
    "integers": lambda t: t.update({next(iter(t)): np.ones((2, 8), "i8")}),
    "three dimensions": lambda t: t.update({next(iter(t)): np.ones((2, 8, 1), "f4")}),
    "nothing": lambda t: t.clear(),
}  # fmt: skip


@pytest.mark.parametrize("damage", BAD_TENSORS)
def test_wrong_tensors_are_refused(tmp_path: Path, damage: str) -> None:
    tensors = adapter_tensors()
    BAD_TENSORS[damage](tensors)
    with pytest.raises(AdapterInvalid):
        validate(adapter_config(), safetensors_bytes(tensors, tmp_path), tmp_path)


@pytest.mark.parametrize(("size", "alpha", "rslora"), [(3e38, 4096, False), (1e3, 8, False), (300, 4, True)])
def test_updates_beyond_what_16_bits_hold_are_refused_by_layer(
    tmp_path: Path, size: float, alpha: float, rslora: bool
) -> None:
    """No weight changes by more than 65,504: here by size * size * 2 * alpha / 2, or alpha / sqrt(2)."""
    tensors = {name: np.full_like(values, size) for name, values in adapter_tensors().items()}
    config = adapter_config(lora_alpha=alpha, use_rslora=rslora)
    with pytest.raises(AdapterInvalid, match=r"layers\.\d.*lora_alpha is part of it.*65,504") as refused:
        validate(config, safetensors_bytes(tensors, tmp_path), tmp_path)
    assert refused.value.param == "adapter_model.safetensors"


@pytest.mark.parametrize("size", [1e-3, 1.0, 120.0])
def test_updates_that_16_bits_hold_pass_whatever_alpha_is(tmp_path: Path, size: float) -> None:
    tensors = {name: np.full_like(values, size) for name, values in adapter_tensors().items()}
    clean = validate(adapter_config(lora_alpha=4), safetensors_bytes(tensors, tmp_path), tmp_path)
    assert clean.alpha == 4.0
    tensors = {name: values / np.abs(values).max() for name, values in adapter_tensors().items()}
    assert validate(adapter_config(lora_alpha=4096), safetensors_bytes(tensors, tmp_path), tmp_path).alpha == 4096.0


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_weights_are_refused_or_still_sound(good: bytes, tmp_path: Path, data: st.DataObject) -> None:
    """Any cut or change of bytes: an AdapterInvalid, or a file every tensor of which is still as it must be."""
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    damaged = damaged[: data.draw(st.integers(0, len(damaged)))]
    try:
        validate(adapter_config(), bytes(damaged), tmp_path)
    except AdapterInvalid:
        return
    from safetensors.numpy import load_file

    tensors = load_file(tmp_path / "weights")
    assert {k: v.shape for k, v in tensors.items()} == {k: v.shape for k, v in adapter_tensors().items()}
    assert all(np.isfinite(tensor).all() for tensor in tensors.values())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
KEYS = ["peft_type", "r", "lora_alpha", "target_modules", "bias", "use_rslora", "init_lora_weights", "use_dora",
        "rank_pattern", "modules_to_save", "layers_to_transform", "alora_invocation_tokens"]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.sampled_from(KEYS), JSON, max_size=4))
def test_any_configuration_is_refused_or_becomes_a_plain_one(good: bytes, tmp_path: Path, changes: dict) -> None:
    try:
        clean = validate(json.dumps({**json.loads(adapter_config()), **changes}).encode(), good, tmp_path)
    except AdapterInvalid:
        return
    assert clean.config["r"] == 2
    assert 0 < clean.config["lora_alpha"] <= 4096
    assert clean.config["use_rslora"] in {True, False}
    assert set(clean.config["target_modules"]) <= {"q_proj", "down_proj"}


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b"[" * 50_000, b"\xff\xfe", b'{"peft_type": "LORA"}'])
def test_broken_configurations_are_refused(good: bytes, tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(AdapterInvalid):
        validate(raw, good, tmp_path)


def test_nothing_in_the_tree_unpickles() -> None:
    for file in APP.rglob("*.py"):
        text = file.read_text()
        assert "torch.load" not in text, file
        assert "import pickle" not in text, file
        assert "trust_remote_code=True" not in text, file
