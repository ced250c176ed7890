"""Exports other programs can use: GGUF for llama.cpp, a merged model for any transformers program."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import pytest
import torch

from app.adapters.export_gguf import export_gguf
from app.adapters.export_merged import export_merged
from app.adapters.weights import read_matrices
from app.errors import AppError
from tests.support.random_adapter import write_random_adapter
from tests.support.tiny_models import base_spec, tiny_model


@pytest.fixture
def base(tmp_path: Path) -> Path:
    base_spec(tiny_model("llama"), tmp_path / "base")
    return tmp_path / "base"


@pytest.fixture
def adapter(tmp_path: Path, base: Path) -> Path:
    return write_random_adapter(tmp_path / "a", base_spec(tiny_model("llama"), base), rank=4, std=0.2, use_rslora=True)


def test_merged_model_answers_as_the_base_with_the_adapter(base: Path, adapter: Path, tmp_path: Path) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    export_merged(adapter, base, tmp_path / "merged")
    ids = torch.arange(3, 40)[None]
    with torch.no_grad():
        merged = AutoModelForCausalLM.from_pretrained(tmp_path / "merged", dtype=torch.float32)(ids).logits
        model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
        plain = model(ids).logits
        wanted = PeftModel.from_pretrained(model, adapter)(ids).logits
    moved = (wanted - plain).abs().max()
    assert (merged - wanted).abs().max() < 1e-4 * moved


def test_adapter_of_another_base_is_not_merged_and_nothing_is_left(base: Path, adapter: Path, tmp_path: Path) -> None:
    other = base_spec(tiny_model("llama"), base)
    deeper = type(other)(
        other.name, other.fingerprint, {f"model.layers.77.self_attn.{kind}": (64, 64) for kind in ("q_proj",)}
    )
    foreign = write_random_adapter(tmp_path / "f", deeper, rank=2)
    with pytest.raises(AppError, match="another base"):
        export_merged(foreign, base, tmp_path / "merged")
    assert not (tmp_path / "merged").exists()
    (tmp_path / "there").mkdir()
    with pytest.raises(AppError, match="exists"):
        export_merged(adapter, base, tmp_path / "there")
    with pytest.raises(AppError, match="safetensors"):
        export_merged(adapter, tmp_path / "there", tmp_path / "merged")


def test_gguf_holds_every_layer_with_the_scaling_of_llama_cpp(base: Path, adapter: Path, tmp_path: Path) -> None:
    reader = gguf.GGUFReader(export_gguf(adapter, base, tmp_path / "a.gguf"))
    matrices = read_matrices(adapter)
    tensors = {tensor.name: np.asarray(tensor.data) for tensor in reader.tensors}
    assert len(tensors) == 2 * len(matrices.layers)
    assert reader.fields["general.type"].contents() == "adapter"
    alpha, rank = reader.fields["adapter.lora.alpha"].contents(), tensors["blk.0.ffn_down.weight.lora_b"].shape[1]
    assert alpha / rank == pytest.approx(matrices.scaling)
    down = matrices.layers["model.layers.0.mlp.down_proj"]
    assert np.array_equal(tensors["blk.0.ffn_down.weight.lora_a"], down.a.numpy())
    assert np.array_equal(tensors["blk.0.ffn_down.weight.lora_b"], down.b.numpy())


def test_gguf_keeps_query_rows_in_the_order_of_its_rotary_embedding(base: Path, adapter: Path, tmp_path: Path) -> None:
    """Row 2 i + j of a head is row i of its half j."""
    reader = gguf.GGUFReader(export_gguf(adapter, base, tmp_path / "a.gguf"))
    b = read_matrices(adapter).layers["model.layers.0.self_attn.q_proj"].b.numpy()
    exported = next(np.asarray(t.data) for t in reader.tensors if t.name == "blk.0.attn_q.weight.lora_b")
    config = tiny_model("llama").config
    width = b.shape[0] // config.num_attention_heads
    for head in range(config.num_attention_heads):
        for row in range(width // 2):
            for half in range(2):
                assert np.array_equal(
                    exported[head * width + 2 * row + half], b[head * width + half * (width // 2) + row]
                )
