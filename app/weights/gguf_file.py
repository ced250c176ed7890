"""Opens a GGUF file and says in one line why it cannot be used: not GGUF, cut off, unknown architecture or type."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

from app.errors import WeightsUnavailable

MAGIC = b"GGUF"
# Decoder-only models whose tensors map one to one to those of transformers, and the tensors (by a part of their GGUF
# name) that llama.cpp stores in another order or with an offset, which transformers' own processor takes back.
ARCHITECTURES: dict[str, tuple[str, ...]] = {
    "llama": (".attn_q.", ".attn_k."),
    "mistral": (),
    "qwen2": (),
    "qwen3": (),
    "gemma2": ("norm.weight",),
    "gemma3": ("norm.weight",),
}


def is_gguf(path: str) -> bool:
    return path.lower().endswith(".gguf")


def open_gguf(path: Path) -> Any:
    """Memory-map `path` as a gguf.GGUFReader. Raises WeightsUnavailable if it cannot be converted, with the reason."""
    import gguf

    if not path.is_file():
        raise WeightsUnavailable(f"There is no file {path}; check the source.")
    with path.open("rb") as file:
        magic = file.read(len(MAGIC))
    if magic != MAGIC:
        raise WeightsUnavailable(f"{path.name} is not a GGUF file: it does not begin with the letters GGUF.")
    try:
        reader = gguf.GGUFReader(path)
    except (ValueError, IndexError, KeyError, OverflowError, UnicodeDecodeError, struct.error) as fault:
        raise WeightsUnavailable(
            f"{path.name} is damaged or cut off ({path.stat().st_size:,} bytes): {fault}. Fetch it again."
        ) from fault
    _check_architecture(reader, path)
    _check_types(reader, path)
    return reader


def architecture_of(reader: Any) -> str:
    """The architecture that the file names; empty if it names none."""
    field = reader.get_field("general.architecture")
    return str(field.contents()) if field is not None else ""


def supported_types() -> list[str]:
    """Names of the tensor types that the `gguf` package dequantises."""
    from gguf import GGMLQuantizationType, quants

    return sorted({"F32", "F16", *(GGMLQuantizationType(each).name for each in quants._type_traits)})


def _check_architecture(reader: Any, path: Path) -> None:
    architecture = architecture_of(reader)
    if architecture not in ARCHITECTURES:
        raise WeightsUnavailable(
            f"{path.name} is a model of the architecture {architecture or '(none named)'!r}, which is not read from "
            f"GGUF. These work: {', '.join(ARCHITECTURES)}. For another, use the model's own repository "
            "(hf:<repository>@<revision>) or a folder of transformers (path:<folder>)."
        )


def _check_types(reader: Any, path: Path) -> None:
    supported = supported_types()
    unknown = {tensor.tensor_type.name: tensor.name for tensor in reader.tensors}
    for name in supported:
        unknown.pop(name, None)
    if unknown:
        kind, tensor = next(iter(unknown.items()))
        raise WeightsUnavailable(
            f"{path.name} stores {tensor} as {kind}, which cannot be dequantised. These types work: "
            f"{', '.join(supported)}."
        )
