"""Exports an adapter as GGUF, the format that llama.cpp loads with a GGUF base model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from app.adapters.weights import AdapterMatrices, read_matrices
from app.errors import InvalidRequest

ARCHITECTURES = {"llama": "llama", "mistral": "llama", "qwen2": "qwen2", "qwen3": "qwen3"}  # model_type -> GGUF's
PERMUTED = {"llama"}  # architectures whose query and key rows GGUF stores in another order


def export_gguf(source: Path, base_folder: Path, target: Path) -> Path:
    """Write `source` as an fp32 GGUF adapter for the base model in `base_folder`. Returns `target`.

    Raises InvalidRequest for an architecture that has no known mapping, AdapterInvalid for a damaged source.
    """
    import gguf

    adapter = read_matrices(source)
    config = json.loads((base_folder / "config.json").read_text(encoding="utf-8"))
    architecture = _architecture(config)
    writer = gguf.GGUFWriter(target, architecture)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    # llama.cpp scales by alpha / rank, also for rsLoRA.
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, adapter.scaling * adapter.rank)
    if adapter.invocation is not None:
        kind, of = gguf.GGUFValueType.ARRAY, gguf.GGUFValueType.UINT32
        writer.add_key_value(gguf.Keys.Adapter.ALORA_INVOCATION_TOKENS, list(adapter.invocation), kind, of)
    for name, tensor in _tensors(adapter, architecture, config):
        writer.add_tensor(name, tensor.float().contiguous().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return target


def _architecture(config: dict[str, Any]) -> str:
    model_type = str(config.get("model_type"))
    if model_type not in ARCHITECTURES:
        raise InvalidRequest(
            f"No GGUF mapping for {model_type} models; there is one for {', '.join(ARCHITECTURES)}. Export the "
            "adapter in PEFT's format and convert it with llama.cpp's own script."
        )
    return ARCHITECTURES[model_type]


def _tensors(adapter: AdapterMatrices, architecture: str, config: dict[str, Any]) -> Iterator[tuple[str, torch.Tensor]]:
    import gguf

    arch = next(arch for arch, name in gguf.MODEL_ARCH_NAMES.items() if name == architecture)
    names = gguf.get_tensor_name_map(arch, int(config["num_hidden_layers"]))
    for layer, one in adapter.layers.items():
        name = names.get_name(layer)
        if name is None:
            raise InvalidRequest(f"The base has no layer {layer}: the adapter is of another base.")
        yield f"{name}.weight.lora_a", one.a
        yield f"{name}.weight.lora_b", _rows_in_order(one.b, layer, architecture, config)


def _rows_in_order(b: torch.Tensor, layer: str, architecture: str, config: dict[str, Any]) -> torch.Tensor:
    """Order the rows of B as GGUF orders those of W: some architectures interleave each head's rotary halves."""
    kind = layer.rsplit(".", 1)[-1]
    if architecture not in PERMUTED or kind not in {"q_proj", "k_proj"}:
        return b
    heads = int(config["num_attention_heads"])
    if kind == "k_proj":
        heads = int(config.get("num_key_value_heads") or heads)
    return b.reshape(heads, 2, -1, b.shape[1]).transpose(1, 2).reshape(b.shape)
