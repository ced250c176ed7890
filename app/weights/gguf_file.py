"""Reads a GGUF file: its metadata and the places of its tensors, in a second where the `gguf` package takes twenty.

Layout (little-endian): magic "GGUF", version (u32), tensor count, metadata count (u64 each); the metadata: key, type
(u32), value; the tensor table: name, number of dimensions (u32), sizes (u64 each, fastest first), type (u32), offset
(u64); the data, aligned. A string is its length (u64) and its bytes; an array is a type (u32), a count (u64), values.
Specification: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from app.errors import WeightsUnavailable

MAGIC = b"GGUF"
VERSIONS = (2, 3)
DEFAULT_ALIGNMENT = 32
FIXED = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9
MOST_DIMENSIONS = 4
# Decoder-only models whose tensors map one to one to those of transformers, and the tensors (by a part of their GGUF
# name) that llama.cpp stores in another order or with an offset, which transformers' own processor takes back.
ARCHITECTURES: dict[str, tuple[str, ...]] = {
    "llama": (".attn_q.", ".attn_k."),
    "qwen2": (),
    "qwen3": (),
    "gemma2": ("norm.weight",),
    "gemma3": ("norm.weight",),
}


@dataclass(frozen=True, slots=True)
class GgufTensor:
    """A tensor of the file: `data` is (rows, bytes of a row), mapped and read-only."""

    name: str
    shape: tuple[int, ...]  # as PyTorch counts: slowest dimension first
    kind: Any  # gguf.GGMLQuantizationType
    data: Any  # numpy array of uint8


@dataclass(frozen=True, slots=True)
class GgufFile:
    path: Path
    metadata: dict[str, Any]
    tensors: list[GgufTensor]

    @property
    def converted_bytes(self) -> int:
        """Of the same weights in 16 bits."""
        return sum(2 * prod(tensor.shape) for tensor in self.tensors)

    @property
    def architecture(self) -> str:
        return str(self.metadata.get("general.architecture", ""))


def is_gguf(path: str) -> bool:
    return path.lower().endswith(".gguf")


def open_gguf(path: Path) -> GgufFile:
    """Map `path` and read its tables. Raises WeightsUnavailable if it cannot be converted, with the reason."""
    if not path.is_file():
        raise WeightsUnavailable(f"There is no file {path}; check the source.")
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise WeightsUnavailable(f"{path.name} is not a GGUF file: it does not begin with the letters GGUF.")
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        opened = _read(path, mapped)
    except (struct.error, ValueError, LookupError, ArithmeticError, MemoryError) as fault:
        raise WeightsUnavailable(
            f"{path.name} is damaged or cut off after {len(mapped):,} bytes ({fault}). Fetch it again."
        ) from fault
    return opened


def supported_types() -> list[str]:
    """Names of the tensor types that the `gguf` package dequantises."""
    from gguf import GGMLQuantizationType, quants

    return sorted({"F32", "F16", *(GGMLQuantizationType(each).name for each in quants._type_traits)})


def _read(path: Path, mapped: mmap.mmap) -> GgufFile:
    cursor = _Cursor(mapped, len(MAGIC))
    version = cursor.number("I")
    if version not in VERSIONS:
        raise ValueError(f"version {version} of the format")
    tensor_count, metadata_count = cursor.number("Q"), cursor.number("Q")
    metadata = {cursor.string(): cursor.value(cursor.number("I")) for _ in range(metadata_count)}
    opened = GgufFile(path, metadata, [])
    _check_architecture(opened)
    table = [cursor.tensor() for _ in range(tensor_count)]
    alignment = int(metadata.get("general.alignment", DEFAULT_ALIGNMENT))
    start = -(-cursor.place // alignment) * alignment
    opened.tensors.extend(
        _tensor(mapped, path, start + offset, name, shape, kind) for name, shape, kind, offset in table
    )
    return opened


class _Cursor:
    """A place in the file that moves on with each value that is read."""

    def __init__(self, mapped: mmap.mmap, place: int) -> None:
        self._mapped = mapped
        self.place = place

    def number(self, code: str) -> Any:
        (value,) = struct.unpack_from(f"<{code}", self._mapped, self.place)
        self.place += struct.calcsize(f"<{code}")
        return value

    def string(self) -> str:
        (length,) = struct.unpack_from("<Q", self._mapped, self.place)
        start = self.place + 8
        self.place = start + length
        if self.place > len(self._mapped):
            raise ValueError(f"a text of {length:,} bytes at byte {start:,}")
        return self._mapped[start : self.place].decode()

    def value(self, kind: int) -> Any:
        if kind == STRING:
            return self.string()
        if kind != ARRAY:
            return self.number(FIXED[kind])
        element, count = self.number("I"), self.number("Q")
        if element in FIXED:
            values = struct.unpack_from(f"<{count}{FIXED[element]}", self._mapped, self.place)
            self.place += struct.calcsize(f"<{count}{FIXED[element]}")
            return list(values)
        if element != STRING:
            raise ValueError(f"an array of type {element}")
        return [self.string() for _ in range(count)]

    def tensor(self) -> tuple[str, tuple[int, ...], int, int]:
        """(name, shape, type, offset) of the next entry of the tensor table."""
        name = self.string()
        dimensions = self.number("I")
        if dimensions > MOST_DIMENSIONS:
            raise ValueError(f"{name} has {dimensions:,} dimensions")
        sizes = [self.number("Q") for _ in range(dimensions)]
        return name, tuple(reversed(sizes)), self.number("I"), self.number("Q")


def _tensor(mapped: mmap.mmap, path: Path, start: int, name: str, shape: tuple[int, ...], kind: int) -> GgufTensor:
    import numpy as np
    from gguf import GGML_QUANT_SIZES, GGMLQuantizationType

    known = {each.value: each for each in GGMLQuantizationType}
    kind_name = known[kind].name if kind in known else f"type {kind}"
    if kind_name not in supported_types():
        raise WeightsUnavailable(
            f"{path.name} stores {name} as {kind_name}, which cannot be dequantised. These types work: "
            f"{', '.join(supported_types())}."
        )
    block, block_bytes = GGML_QUANT_SIZES[known[kind]]
    if shape[-1] % block:
        raise ValueError(f"{name} has rows of {shape[-1]:,} values, which blocks of {block} do not fill")
    row_bytes = shape[-1] // block * block_bytes
    rows = prod(shape[:-1])
    if start + rows * row_bytes > len(mapped):
        raise ValueError(f"{name} ends at byte {start + rows * row_bytes:,}")
    data = np.frombuffer(mapped, np.uint8, rows * row_bytes, start).reshape(rows, row_bytes)
    return GgufTensor(name, shape, known[kind], data)


def _check_architecture(opened: GgufFile) -> None:
    if opened.architecture not in ARCHITECTURES:
        raise WeightsUnavailable(
            f"{opened.path.name} is a model of the architecture {opened.architecture or '(none named)'!r}, which is "
            f"not read from GGUF. These work: {', '.join(ARCHITECTURES)}. For another, use the model's own repository "
            "(hf:<repository>@<revision>) or a folder of transformers (path:<folder>)."
        )
