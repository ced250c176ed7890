"""The configuration file of a LoRA adapter in PEFT's format, as this service writes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from app.domain.adapters import INVOCATION_TOKENS

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
KEY_PREFIX = "base_model.model."  # before a layer's name in the keys of the weights


def lora_config(
    base_name: str,
    *,
    rank: int,
    alpha: float,
    target_modules: Iterable[str],
    rslora: bool = False,
    invocation: Sequence[int] | None = None,
) -> dict[str, Any]:
    """The configuration of a LoRA adapter for inference: no biases, no dropout.

    With `invocation` tokens, it is an activated LoRA.
    """
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base_name,
        "r": rank,
        "lora_alpha": alpha,
        "target_modules": sorted(set(target_modules)),
        "use_rslora": rslora,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
        "lora_dropout": 0.0,
    }
    return config if not invocation else {**config, INVOCATION_TOKENS: list(invocation)}


def layer_types(layers: Iterable[str]) -> set[str]:
    """The values of `target_modules` for these full layer names: "model.layers.0.self_attn.q_proj" gives "q_proj"."""
    return {layer.rsplit(".", 1)[-1] for layer in layers}


def write_config(folder: Path, config: dict[str, Any]) -> None:
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
