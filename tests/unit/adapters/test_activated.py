"""Activated adapters keep their activation wherever they go, and one that could never act is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf
import pytest

from app.adapters.base_spec import BaseSpec
from app.adapters.compress import compress_adapter
from app.adapters.export import zip_adapter
from app.adapters.export_gguf import export_gguf
from app.adapters.export_merged import export_merged
from app.adapters.merge import merge_adapters
from app.adapters.validate import CleanAdapter, validate_adapter
from app.adapters.weights import read_matrices
from app.domain.adapters import INVOCATION as INVOCATION_KEY
from app.domain.adapters import AdapterOrigin, AdapterVersion, Lineage
from app.engine.lora import load_adapter
from app.engine.tokenizer import PromptFrame
from app.errors import AdapterInvalid, InvalidRequest
from tests.support.files import SCRIPTED_LAYERS, adapter_config, adapter_tensors, safetensors_bytes
from tests.support.random_adapter import write_random_adapter
from tests.support.tiny_models import base_spec, tiny_model

START, END, USER, ASSISTANT, NEWLINE = 1, 2, 30, 31, 10  # as ChatML's; the first two are control tokens
FRAME = PromptFrame(
    runs=((START, USER, NEWLINE), (END, NEWLINE, START, ASSISTANT, NEWLINE)),
    generation_prompt=(START, ASSISTANT, NEWLINE),
    control=frozenset({START, END}),
    vocabulary=100,
)
INVOCATION = [START, ASSISTANT, NEWLINE]


def validate(folder: Path, invocation: Any, frame: PromptFrame | None = FRAME) -> CleanAdapter:
    path = folder / "weights"
    path.write_bytes(safetensors_bytes(adapter_tensors(), folder))
    base = BaseSpec("scripted", "fingerprint", SCRIPTED_LAYERS, frame)
    config = adapter_config(alora_invocation_tokens=invocation)
    return validate_adapter(config, path, base, max_rank=8, max_bytes=10**6)


def recorded(clean: CleanAdapter) -> AdapterVersion:
    details = {} if clean.invocation is None else {INVOCATION_KEY: clean.invocation}
    lineage = Lineage(AdapterOrigin.UPLOAD, details=details)
    now: Any = None
    return AdapterVersion(1, "t", "a", "v", "p", 2, 4.0, ("q_proj",), 1, "f", lineage, now, active=False)


@pytest.mark.parametrize(
    ("invocation", "warned"),
    [
        (INVOCATION, False),
        ([START, ASSISTANT], False),  # a part of what begins every answer
        ([END, NEWLINE, START], False),
        ([START, USER], True),  # control tokens of the template, though not of its end
        ([40, 41, 42], True),  # words that a prompt may hold
    ],
)
def test_activation_is_kept_and_an_adapter_that_may_not_act_has_a_warning(
    tmp_path: Path, invocation: list[int], warned: bool
) -> None:
    clean = validate(tmp_path, invocation)
    assert clean.config["alora_invocation_tokens"] == invocation
    version = recorded(clean)
    assert version.invocation_tokens == tuple(invocation)
    assert (version.warning is not None) == warned


def test_plain_adapter_has_neither_activation_nor_warning(tmp_path: Path) -> None:
    clean = validate(tmp_path, None)
    assert "alora_invocation_tokens" not in clean.config
    assert clean.invocation is recorded(clean).invocation_tokens is recorded(clean).warning is None
    assert validate(tmp_path, INVOCATION).version != clean.version


@pytest.mark.parametrize(
    ("invocation", "error"),
    [
        ([], "1 to 64"),
        ([1] * 65, "1 to 64"),
        ("assistant", "token ids"),
        ([1, -1], "token ids"),
        ([True], "token ids"),
        ([1.0], "token ids"),
        ([[1]], "token ids"),
        ({"a": 1}, "token ids"),
        ([100], "last token is 99"),
        ([START, 50, END], "would never act"),
        ([START, ASSISTANT, NEWLINE, END], "would never act"),
    ],
)
def test_tokens_that_no_prompt_can_hold_are_refused(tmp_path: Path, invocation: Any, error: str) -> None:
    with pytest.raises(AdapterInvalid, match=error) as caught:
        validate(tmp_path, invocation)
    assert caught.value.param == "adapter_config.json"
    assert "alora_invocation_tokens" in caught.value.message


def test_refusal_names_the_tokens_to_train_with(tmp_path: Path) -> None:
    with pytest.raises(AdapterInvalid, match=r"\[1, 31, 10\]"):
        validate(tmp_path, [START, 50])


# --- Compressing, merging, exporting


@pytest.fixture
def spec(tmp_path: Path) -> BaseSpec:
    return base_spec(tiny_model("llama"), tmp_path / "base")


@pytest.fixture
def adapter(tmp_path: Path, spec: BaseSpec) -> Path:
    return write_random_adapter(tmp_path / "a", spec, rank=4, std=0.2, invocation=INVOCATION)


def test_compressed_adapter_and_download_keep_the_activation(adapter: Path, tmp_path: Path) -> None:
    compress_adapter(adapter, tmp_path / "c", rank=2)
    assert load_adapter(tmp_path / "c").invocation == tuple(INVOCATION)
    assert json.dumps(INVOCATION).encode() in zip_adapter(adapter)


def test_merge_keeps_a_common_activation_and_refuses_different_ones(
    adapter: Path, spec: BaseSpec, tmp_path: Path
) -> None:
    alike = write_random_adapter(tmp_path / "b", spec, rank=2, seed=1, invocation=INVOCATION)
    merge_adapters([(adapter, 1.0), (alike, 0.5)], tmp_path / "m")
    assert read_matrices(tmp_path / "m").invocation == tuple(INVOCATION)
    for i, invocation in enumerate((None, [START])):
        other = write_random_adapter(tmp_path / f"o{i}", spec, rank=2, seed=2, invocation=invocation)
        with pytest.raises(InvalidRequest, match="invocation tokens"):
            merge_adapters([(adapter, 1.0), (other, 1.0)], tmp_path / f"n{i}")
        assert not (tmp_path / f"n{i}").exists()


def test_activated_adapter_is_not_merged_into_the_base(adapter: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="activated"):
        export_merged(adapter, tmp_path / "base", tmp_path / "merged")
    assert not (tmp_path / "merged").exists()


def test_gguf_has_the_invocation_tokens_where_llama_cpp_reads_them(adapter: Path, tmp_path: Path) -> None:
    reader = gguf.GGUFReader(export_gguf(adapter, tmp_path / "base", tmp_path / "a.gguf"))
    field = reader.fields["adapter.alora.invocation_tokens"]
    assert field.contents() == INVOCATION
    assert field.types == [gguf.GGUFValueType.ARRAY, gguf.GGUFValueType.UINT32]
