"""Adapters with random weights in PEFT's layout: they change the answers and cost what trained ones cost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from app.adapters.base_spec import BaseSpec, read_base_spec
from app.engine.adapter_cache import AdapterLocation
from app.engine.lora_targets import TARGETS
from app.settings import Settings
from app.weights.catalog import resolve


def write_random_adapter(
    folder: Path,
    base: BaseSpec,
    *,
    rank: int = 16,
    alpha: float = 32.0,
    std: float = 0.004,
    seed: int = 0,
    targets: Sequence[str] = TARGETS,
    use_rslora: bool = False,
    invocation: Sequence[int] | None = None,
) -> Path:
    """A LoRA adapter for `base`: A as PEFT initialises it, B normal with standard deviation `std`. Returns `folder`.

    With `invocation` tokens, it is an activated LoRA.
    """
    random = np.random.default_rng(seed)
    tensors: dict[str, np.ndarray] = {}
    for name, (inputs, outputs) in _layers(base.layers, targets).items():
        bound = 1 / np.sqrt(inputs)
        tensors[f"base_model.model.{name}.lora_A.weight"] = random.uniform(-bound, bound, (rank, inputs)).astype("f4")
        tensors[f"base_model.model.{name}.lora_B.weight"] = random.normal(0, std, (outputs, rank)).astype("f4")
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "adapter_model.safetensors")
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base.name,
        "r": rank,
        "lora_alpha": alpha,
        "target_modules": list(targets),
        "use_rslora": use_rslora,
        "bias": "none",
        "lora_dropout": 0.0,
        "inference_mode": True,
    }
    if invocation is not None:
        config["alora_invocation_tokens"] = list(invocation)
    (folder / "adapter_config.json").write_text(json.dumps(config))
    return folder


def random_adapters(settings: Settings, folder: Path, count: int) -> Iterator[AdapterLocation]:
    """`count` adapters of rank 16 for the configured base model, written under `folder`, each of its own tenant."""
    spec = read_base_spec(resolve(settings.base_model, settings.models_dir), name=settings.base_model, fingerprint="")
    for i in range(count):
        yield AdapterLocation((f"tenant-{i}", f"v{i}"), write_random_adapter(folder / str(i), spec, seed=i))


def upload_files(folder: Path) -> dict[str, tuple[str, bytes]]:
    """The multipart files of an upload over HTTP."""
    return {name: (name, (folder / name).read_bytes()) for name in ("adapter_config.json", "adapter_model.safetensors")}


def _layers(layers: Mapping[str, tuple[int, int]], targets: Sequence[str]) -> dict[str, tuple[int, int]]:
    return {name: shape for name, shape in layers.items() if name.rsplit(".", 1)[-1] in targets}
