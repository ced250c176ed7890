"""Reads single tensors from a model's safetensors files, without mapping a file into memory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"


@dataclass(frozen=True, slots=True)
class TensorInfo:
    dtype: str  # safetensors' name of it, e.g. "BF16"
    shape: tuple[int, ...]


class WeightFiles:
    """The tensors of the safetensors files that transformers reads from a model's folder."""

    def __init__(self, folder: Path) -> None:
        """Read the files' headers. Raises OSError, ValueError or SafetensorError if one is missing or damaged."""
        self.tensors: dict[str, TensorInfo] = {}
        self._files: dict[str, Any] = {}
        for path in weight_files(folder):
            opened = open_safetensors(path)
            for name in opened.keys():  # noqa: SIM118  # not a dict
                entry = opened.get_slice(name)
                self.tensors[name] = TensorInfo(entry.get_dtype(), tuple(entry.get_shape()))
                self._files[name] = opened

    def read(self, name: str) -> torch.Tensor:
        """A copy of one tensor in memory, in the type in which it is stored. Raises SafetensorError."""
        tensor: torch.Tensor = self._files[name].get_tensor(name)
        return tensor


def weight_files(folder: Path) -> list[Path]:
    """The safetensors files of a model, one or several with an index. Raises OSError, ValueError."""
    index = folder / INDEX
    if (folder / WEIGHTS).is_file() or not index.is_file():
        return [folder / WEIGHTS]
    return [folder / name for name in sorted(set(json.loads(index.read_text("utf-8"))["weight_map"].values()))]


def open_safetensors(path: Path) -> Any:
    """Open a file whose tensors are read when asked for. A mapped file would count as memory of this process."""
    from safetensors import safe_open

    return safe_open(path, framework="pt", device="cpu", backend="pread")
