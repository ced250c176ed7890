"""Exports the base model with an adapter added to its weights, as a folder that transformers loads."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from app.adapters.weights import read_matrices
from app.errors import Conflict, InvalidRequest, NotFound
from app.numerics.low_rank import Factors


def export_merged(source: Path, base_folder: Path, target: Path) -> Path:
    """Write W + scaling * B A for every layer, in the precision of the base, file by file. Returns `target`.

    The base must be the unquantised one: rounding the sum to 4 bits again would lose most of the update.
    Raises NotFound (no base), Conflict (target exists), InvalidRequest (another base, or an activated source),
    AdapterInvalid (source).
    """
    files = sorted(base_folder.glob("*.safetensors"))
    if not files:
        raise NotFound(f"{base_folder} holds no .safetensors weights: give the folder of the unquantised base model.")
    if target.exists():
        raise Conflict(f"{target} exists; export to a new folder.")
    adapter = read_matrices(source)
    if adapter.invocation is not None:
        raise InvalidRequest(
            "This is an activated LoRA: it acts from its invocation tokens on, and merged weights would act on every "
            "token. Export it in PEFT's format or as GGUF, which keep them, or train it with activated false."
        )
    updates = dict(adapter.updates())
    target.mkdir(parents=True)
    try:
        for file in files:
            _write_file(file, target / file.name, updates)
        if updates:
            raise InvalidRequest(f"The base has no layer {next(iter(updates))}: the adapter is of another base.")
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    for file in base_folder.iterdir():
        if file.is_file() and file.suffix != ".safetensors" and file.name != "loracle-manifest.json":
            shutil.copyfile(file, target / file.name)
    return target


def _write_file(file: Path, target: Path, updates: dict[str, Factors]) -> None:
    """Write one weights file with the updates of its layers added, and remove these from `updates`."""
    tensors: dict[str, torch.Tensor] = {}
    with safe_open(file, framework="pt") as opened:
        metadata: dict[str, Any] = opened.metadata() or {"format": "pt"}
        for key in opened.keys():  # noqa: SIM118 - not a mapping
            weight = opened.get_tensor(key)
            update = updates.pop(key.removesuffix(".weight"), None)
            tensors[key] = weight if update is None else _added(weight, update, key)
    save_file(tensors, target, metadata=metadata)


def _added(weight: torch.Tensor, update: Factors, key: str) -> torch.Tensor:
    if not weight.is_floating_point():
        raise InvalidRequest(f"{key} is quantised ({weight.dtype}); merge into the unquantised base model.")
    delta = update.b @ update.a  # (out_features, in_features)
    if delta.shape != weight.shape:
        raise InvalidRequest(f"{key} is {tuple(weight.shape)} in the base and {tuple(delta.shape)} in the adapter.")
    return (weight.float() + delta).to(weight.dtype)
