"""The same adapter as different tools write it: taken and stored in one spelling, or refused with what mends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from app.adapters.base_spec import BaseSpec
from app.adapters.tensor_names import plain_weights
from app.adapters.validate import CleanAdapter, validate_adapter
from app.adapters.weights import read_matrices
from app.errors import AdapterInvalid
from tests.support.files import adapter_config, adapter_tensors

LAYERS = {
    f"model.layers.{number}.{name}": size
    for number in range(3)
    for name, size in {"self_attn.q_proj": (8, 8), "self_attn.v_proj": (8, 4), "mlp.down_proj": (16, 8)}.items()
}
BASE = BaseSpec("scripted", "fingerprint", LAYERS)
PLAIN = adapter_tensors(LAYERS)
Tensors = dict[str, np.ndarray]


def taken(tensors: Tensors, folder: Path, **config: Any) -> tuple[CleanAdapter, Tensors]:
    """The adapter as it is stored, and its tensors."""
    path = folder / "weights.safetensors"
    save_file(tensors, path)
    with plain_weights(path, BASE.layers) as plain:
        clean = validate_adapter(adapter_config(**config), plain, BASE, max_rank=8, max_bytes=10**6)
        return clean, load_file(plain)


def renamed(change: Callable[[str], str], tensors: Tensors = PLAIN) -> Tensors:
    return {change(key): tensor for key, tensor in tensors.items()}


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as PEFT writes it": lambda key: key,
    "compiled within": lambda key: key.replace("base_model.model.", "base_model.model._orig_mod."),
    "compiled outside": lambda key: f"_orig_mod.{key}",
    "compiled layer by layer": lambda key: key.replace(".self_attn", "._orig_mod.self_attn"),
    "sharded": lambda key: f"_fsdp_wrapped_module.{key}",
    "data parallel": lambda key: f"module.{key}",
    "a state dict": lambda key: key.replace(".weight", ".default.weight"),
    "without a prefix": lambda key: key.removeprefix("base_model.model."),
    "a base without its head": lambda key: key.replace("base_model.model.model.", "base_model.model."),
    "within a larger model": lambda key: key.replace("base_model.model.", "base_model.model.language_model."),
    "within a larger model, newer": lambda key: key.replace("model.layers", "model.language_model.layers"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_names_of_other_tools_are_stored_as_peft_writes_them(spelling: str, tmp_path: Path) -> None:
    clean, stored = taken(renamed(SPELLINGS[spelling]), tmp_path)
    assert {key: tensor.tolist() for key, tensor in stored.items()} == {k: v.tolist() for k, v in PLAIN.items()}
    assert clean.target_modules == ("down_proj", "q_proj", "v_proj")
    assert not list(tmp_path.glob(".renamed-*"))


@pytest.mark.parametrize(
    "written",
    [
        r"(?:.*?(?:language|text).*?(?:self_attn|mlp).*?(?:q_proj|v_proj|down_proj).*?)|(?:\bmodel\.layers\.[\d]+\..*)",
        ["model.layers.0.self_attn.q_proj"],
        ["self_attn.q_proj", "mlp.down_proj", "lm_head"],
        "all-linear",
        None,
        7,
    ],
)
def test_layers_are_those_of_the_tensors_however_the_configuration_names_them(written: Any, tmp_path: Path) -> None:
    plain = taken(PLAIN, tmp_path)[0]
    assert taken(PLAIN, tmp_path, target_modules=written)[0] == plain


def test_layers_that_are_not_all_of_their_kind_are_named_in_full(tmp_path: Path) -> None:
    some = {key: tensor for key, tensor in PLAIN.items() if "q_proj" in key or "layers.1.mlp" in key}
    assert taken(some, tmp_path)[0].target_modules == ("model.layers.1.mlp.down_proj", "q_proj")


def test_patterns_that_change_nothing_are_no_obstacle(tmp_path: Path) -> None:
    plain = taken(PLAIN, tmp_path)[0]
    assert taken(PLAIN, tmp_path, rank_pattern={"q_proj": 2}, alpha_pattern={".*v_proj": 4})[0] == plain
    assert taken(PLAIN, tmp_path, r=8, rank_pattern={".*": 2})[0] == plain
    for init in ("eva", "orthogonal"):
        assert taken(PLAIN, tmp_path, init_lora_weights=init)[0] == plain


KEY = "base_model.model.model.layers.0.self_attn.q_proj"
ONES = np.ones((2, 8), np.float32)
REFUSED: list[tuple[dict[str, Any], Tensors, str]] = [
    ({}, {"base_model.model.lm_head.weight": ONES}, "save_embedding_layers=False"),
    ({}, {"base_model.model.model.embed_tokens.weight": ONES}, "save_embedding_layers=False"),
    ({}, {"base_model.model.lm_head.lora_A.weight": ONES}, "'lm_head' is none of the layers"),
    ({}, {"base_model.model.model.embed_tokens.lora_embedding_A": ONES}, "without embed_tokens"),
    ({}, {f"{KEY}.lora_magnitude_vector.weight": ONES}, "use_dora=False"),
    ({}, {f"{KEY.replace('.0.', '.7.')}.lora_A.weight": ONES}, "of another base"),
    ({}, {f"{KEY.replace('q_proj', 'qkv_proj')}.lora_A.weight": ONES}, "target_modules among q_proj"),
    ({}, {"base_model.model.vision_tower.layers.0.self_attn.q_proj.lora_A.weight": ONES}, "of another base"),
    ({}, {"model.layers.0.self_attn.q_proj.lora_a": ONES}, "MLX's layout"),
    ({}, {f"{KEY}.lora_A.other.weight": ONES}, "selected_adapters"),
    ({}, {f"{KEY}.lora_A.weight": np.ones((3, 8), np.float32), f"{KEY}.lora_B.weight": np.ones((8, 3), "f4")}, "rank_"),
    ({"r": 4}, {}, "its r is wrong"),
    ({"alpha_pattern": {"q_proj": 8}}, {}, "one alpha"),
    ({"rank_pattern": {"q_proj": 900}}, {}, "from 1 to 8"),
    ({"init_lora_weights": "pissa_niter_16"}, {}, "path_initial_model_for_weight_conversion"),
    ({"init_lora_weights": "tuesday"}, {}, "is not known here"),
    ({"peft_type": None, "fine_tune_type": "lora", "lora_parameters": {"rank": 2}}, {}, "MLX"),
]


@pytest.mark.parametrize(("config", "more", "advice"), REFUSED, ids=[advice for _, _, advice in REFUSED])
def test_what_is_not_the_same_is_refused_with_what_mends_it(
    config: dict[str, Any], more: Tensors, advice: str, tmp_path: Path
) -> None:
    with pytest.raises(AdapterInvalid) as refused:
        taken({**PLAIN, **more}, tmp_path, **config)
    assert advice in refused.value.message


def test_folders_of_other_tools_are_read_for_merging_too(tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").write_bytes(adapter_config())
    found = {}
    for name in ("as PEFT writes it", "a state dict", "compiled outside", "without a prefix"):
        save_file(renamed(SPELLINGS[name]), tmp_path / "adapter_model.safetensors")
        found[name] = set(read_matrices(tmp_path).layers)
    assert set(map(frozenset, found.values())) == {frozenset(LAYERS)}
    config = {**json.loads(adapter_config()), "alpha_pattern": {"q_proj": 9}}
    (tmp_path / "adapter_config.json").write_text(json.dumps(config))
    with pytest.raises(AdapterInvalid, match="alpha_pattern"):
        read_matrices(tmp_path)
