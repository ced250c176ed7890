"""The matrices of an adapter folder: it reads them with every check that needs no base model, and writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from app.adapters.invocation import read_invocation
from app.adapters.peft_config import CONFIG, KEY_PREFIX, WEIGHTS, layer_types, lora_config, write_config
from app.adapters.tensor_checks import check_header, foreign_reason
from app.adapters.tensor_names import plain_keys
from app.adapters.validate import UNSUPPORTED
from app.errors import AdapterInvalid
from app.numerics.low_rank import Factors


@dataclass(frozen=True, slots=True)
class AdapterMatrices:
    """A LoRA adapter: it changes each layer of the base by scaling * B A."""

    config: dict[str, Any]
    rank: int
    scaling: float
    layers: dict[str, Factors]  # full module name -> A and B as stored, fp32
    invocation: tuple[int, ...] | None = None  # activated LoRA: the tokens from which it acts

    def updates(self) -> dict[str, Factors]:
        """The layers with the scaling folded into B: each changes by exactly B A."""
        return {name: Factors(one.a, one.b * self.scaling) for name, one in self.layers.items()}


def read_matrices(folder: Path) -> AdapterMatrices:
    """Read a LoRA adapter. Raises AdapterInvalid naming the file, the tensor and what to do."""
    config = _read_config(folder / CONFIG)
    rank, alpha = config.get("r"), config.get("lora_alpha")
    if not isinstance(rank, int) or rank < 1 or not isinstance(alpha, int | float) or not 0 < alpha < inf:
        raise _invalid(f"{CONFIG} in {folder.name} lacks a whole r of 1 or more and a finite lora_alpha above 0")
    if any(value != alpha for value in (config.get("alpha_pattern") or {}).values()):
        raise _invalid(f"{CONFIG} in {folder.name} uses alpha_pattern: one alpha for all layers only")
    scaling = alpha / (rank**0.5 if config.get("use_rslora") else rank)
    return AdapterMatrices(config, rank, scaling, _read_layers(folder / WEIGHTS, rank), read_invocation(config))


def write_matrices(
    folder: Path,
    updates: Mapping[str, Factors],
    rank: int,
    base_name: str,
    dtype: torch.dtype = torch.float32,
    *,
    invocation: Sequence[int] | None = None,
) -> Path:
    """Write updates whose factors include the scaling: alpha equals r, so PEFT scales by one. Returns `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {}
    for name, one in updates.items():
        tensors[f"{KEY_PREFIX}{name}.lora_A.weight"] = one.a.to(dtype).contiguous()
        tensors[f"{KEY_PREFIX}{name}.lora_B.weight"] = one.b.to(dtype).contiguous()
    types = layer_types(updates)
    write_config(folder, lora_config(base_name, rank=rank, alpha=rank, target_modules=types, invocation=invocation))
    save_file(tensors, folder / WEIGHTS)
    return folder


def _read_config(path: Path) -> dict[str, Any]:
    try:
        config = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise _invalid(
            f"{path.parent.name} holds no {CONFIG}: give the folder that PEFT's save_pretrained wrote"
        ) from None
    except (ValueError, RecursionError, OSError):
        raise _invalid(f"{CONFIG} in {path.parent.name} is not readable JSON") from None
    if not isinstance(config, dict) or config.get("peft_type") != "LORA":
        raise _invalid(f"{CONFIG} in {path.parent.name} is not of a LoRA adapter (peft_type must be 'LORA')")
    for key, why in UNSUPPORTED.items():
        if config.get(key):
            raise _invalid(f"{CONFIG} in {path.parent.name} uses {key}: {why}")
    return config


def _read_layers(path: Path, rank: int) -> dict[str, Factors]:
    tensors = _read_tensors(path)
    layers = {}
    for key in sorted(tensors):
        name, _, half = key.removeprefix(KEY_PREFIX).rpartition(".lora_")
        if not name or half not in {"A.weight", "B.weight"}:
            raise _invalid(f"{WEIGHTS} holds {key[:80]!r}, {foreign_reason(key)}")
        if half == "A.weight":
            layers[name] = _pair(tensors, key, rank)
        elif key.replace(".lora_B.", ".lora_A.") not in tensors:
            raise _invalid(f"{WEIGHTS} holds {key[:80]!r} without its lora_A")
    if not layers:
        raise _invalid(f"{WEIGHTS} holds no tensors")
    return layers


def _pair(tensors: dict[str, torch.Tensor], a_key: str, rank: int) -> Factors:
    b_key = a_key.replace(".lora_A.", ".lora_B.")
    if b_key not in tensors:
        raise _invalid(f"{WEIGHTS} holds {a_key[:80]!r} without its lora_B")
    a, b = tensors[a_key].float(), tensors[b_key].float()
    if a.dim() != 2 or b.dim() != 2 or a.shape[0] != rank or b.shape[1] != rank:
        raise _invalid(
            f"{WEIGHTS} has {a_key[:80]!r} with shapes {list(a.shape)} and {list(b.shape)}, but {CONFIG} "
            f"says rank {rank}"
        )
    if not (torch.isfinite(a).all() and torch.isfinite(b).all()):
        raise _invalid(f"{WEIGHTS} has NaN or infinite values in {a_key[:80]!r}; the training diverged")
    return Factors(a, b)


def _read_tensors(path: Path) -> dict[str, torch.Tensor]:
    if not path.is_file():
        raise _invalid(f"{path.parent.name} holds no {WEIGHTS}")
    check_header(path)
    try:
        tensors = load_file(path)
    except (SafetensorError, ValueError, KeyError) as fault:
        raise _invalid(f"{WEIGHTS} is damaged ({str(fault)[:120]}); save or upload it again") from None
    plain = plain_keys(tensors)
    return {plain[key]: tensor for key, tensor in tensors.items()}


def _invalid(problem: str) -> AdapterInvalid:
    return AdapterInvalid(f"{problem}.", param="adapter")
