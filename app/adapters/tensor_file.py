"""Reads and renames the tensors of a safetensors file without PyTorch, bfloat16 included, which NumPy lacks.

Both functions expect a file that `safetensors` has opened: it checks the header, its offsets and the file's length.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import TensorSpec, serialize_file

from app.adapters.peft_config import WEIGHTS
from app.errors import AdapterInvalid

Stored = npt.NDArray[Any]  # the bits as they are in the file, flat
BFLOAT16 = "BF16"
DTYPES = {"F32": "float32", "F16": "float16", BFLOAT16: "bfloat16"}  # of the header, and the library's names
STORED: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), BFLOAT16: np.dtype("<u2")}


@dataclass(frozen=True, slots=True)
class _Tensor:
    name: str
    dtype: str  # one of DTYPES
    shape: list[int]
    stored: Stored


def float_tensors(path: Path) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    """Each tensor by its name, flat and in fp32. Raises AdapterInvalid for one that is not of 16 or 32-bit floats."""
    for tensor in _tensors(path):
        if tensor.dtype == BFLOAT16:  # the upper half of an fp32 number
            yield tensor.name, (tensor.stored.astype(np.uint32) << 16).view(np.float32)
        else:
            yield tensor.name, tensor.stored.astype(np.float32)


def rename_tensors(path: Path, names: Mapping[str, str], target: Path) -> None:
    """Write the tensors to `target`, each under its new name and with the values as they are.

    Raises AdapterInvalid as `float_tensors` does.
    """
    tensors = list(_tensors(path))
    specs = {
        names[tensor.name]: TensorSpec(
            dtype=DTYPES[tensor.dtype],
            shape=tensor.shape,
            data_ptr=tensor.stored.ctypes.data,
            data_len=tensor.stored.nbytes,
        )
        for tensor in tensors
    }
    serialize_file(specs, target)


def _tensors(path: Path) -> Iterator[_Tensor]:
    """The tensors, mapped into memory."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    for name, entry in header.items():
        dtype = entry["dtype"]
        if dtype not in DTYPES:
            raise AdapterInvalid(
                f"{WEIGHTS} has {name[:120]!r} as {dtype}; use float32, float16 or bfloat16.", param=WEIGHTS
            )
        start, end = entry["data_offsets"]
        count = (end - start) // STORED[dtype].itemsize
        mapped = (
            np.memmap(path, STORED[dtype], "r", 8 + length + start, (count,)) if count else np.empty(0, STORED[dtype])
        )
        yield _Tensor(name, dtype, entry["shape"], mapped)
