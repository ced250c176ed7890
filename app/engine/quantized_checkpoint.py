"""Writes 4-bit layers to safetensors files in bitsandbytes' own layout, and builds them from there.

What is written is the form before bitsandbytes or the engine packs a layer for a processor.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import bitsandbytes as bnb
import torch
from safetensors.torch import save_file

from app.atomic_files import replace_folder, share_as
from app.engine.base_identity import QuantizationRecipe
from app.engine.quantize import empty_four_bit_layer, finish_four_bit_layer
from app.engine.quantized_folder import checked_files, remove_outdated, write_manifest
from app.engine.weight_files import open_safetensors

FILE_BYTES = 256 * 2**20  # of one safetensors file, about: from a GPU, so much is copied to main memory at a time
NESTED_BLOCK = 256  # bitsandbytes quantises the scales of 4-bit weights in blocks of this size


@dataclass(frozen=True, slots=True)
class CheckpointKey:
    """What the values of quantised weights depend on."""

    weights: str  # fingerprint of the model's files
    recipe: QuantizationRecipe
    rounding: str  # the type that weights are rounded to before they are quantised; "" if they are not
    device: str  # "cpu" or "cuda": their kernels may round differently

    def fields(self) -> dict[str, Any]:
        """The fields as JSON has them, and the version of the library that quantises."""
        fields: dict[str, Any] = json.loads(json.dumps({**asdict(self), "bitsandbytes": bnb.__version__}))
        return fields

    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.fields(), sort_keys=True).encode()).hexdigest()[:16]


class QuantizedCheckpoint:
    """The 4-bit weights in one folder, whose manifest and headers have been checked."""

    def __init__(self, folder: Path, key: CheckpointKey) -> None:
        """Raises one of FAULTS if the folder is damaged or holds the weights of another key or format."""
        self._key = key
        self._tensors: dict[str, Any] = {}  # name -> the file that holds it
        for path in checked_files(folder, key.fields()):
            opened = open_safetensors(path)
            self._tensors |= dict.fromkeys(opened.keys(), opened)

    def check_layer(self, name: str, rows: int, columns: int) -> None:
        """Check types and shapes of the layer's tensors, from the headers. Raises one of FAULTS."""
        for suffix, (dtype, shape) in _expected_tensors(rows, columns, self._key.recipe).items():
            entry = self._tensors[f"{name}.weight{suffix}"].get_slice(f"{name}.weight{suffix}")
            if (entry.get_dtype(), tuple(entry.get_shape())) != (dtype, shape):
                raise ValueError(f"{name}.weight{suffix} has another type or shape")

    def read_layer(self, name: str, layer: Any, *, dtype: torch.dtype) -> torch.nn.Module:
        """Build the Linear4bit in the place of `layer`, as if it had been quantised from `dtype` just now.

        `layer` has in_features, out_features and bias. Raises one of FAULTS.
        """
        built = empty_four_bit_layer(layer.out_features, layer.in_features, layer.bias, dtype)
        prefix = f"{name}.weight"
        found = {key: file.get_tensor(key) for key, file in self._files_of(prefix).items()}
        data = found.pop(prefix)
        statistics = {key.removeprefix(f"{prefix}."): tensor for key, tensor in found.items()}
        weight = bnb.nn.Params4bit.from_prequantized(data, statistics, device=self._key.device, module=built)
        weight.quant_state.dtype = dtype
        if (weight.quant_state.shape, weight.blocksize) != (tuple(built.weight.shape), self._key.recipe.block_size):
            raise ValueError(f"{name} has the statistics of another layer")
        built.weight = weight
        if layer.bias is not None:
            built.bias.data = built.bias.data.to(self._key.device)
        return finish_four_bit_layer(built)

    def _files_of(self, prefix: str) -> dict[str, Any]:
        names = [prefix, *(f"{prefix}{suffix}" for suffix in _suffixes(self._key.recipe))]
        return {name: self._tensors[name] for name in names}


def write_checkpoint(root: Path, key: CheckpointKey, layers: Mapping[str, Any]) -> None:
    """Write Linear4bit layers, by full name, that have not run yet. Raises OSError or SafetensorError.

    Call within `exclusive_access`. Removes what an earlier version of the model or of the library left behind.
    """
    folder = root / key.digest()
    remove_outdated(root, key.fields())
    with replace_folder(folder, temporary=root / f".{folder.name}.new") as fresh:
        for number, tensors in enumerate(_batches(layers)):
            save_file(tensors, fresh / f"weights-{number:05}.safetensors", metadata={"format": "pt"})
        write_manifest(fresh, key.fields())
        share_as(root, fresh)  # models may be shared by several accounts


def _batches(layers: Mapping[str, Any]) -> Iterator[dict[str, torch.Tensor]]:
    """The tensors of the layers in batches of about FILE_BYTES, in main memory."""
    batch: dict[str, torch.Tensor] = {}
    size = 0
    for name, layer in layers.items():
        for suffix, tensor in _layer_tensors(layer).items():
            batch[f"{name}.weight{suffix}"] = tensor.cpu().contiguous()
            size += tensor.numel() * tensor.element_size()
        if size >= FILE_BYTES:
            yield batch
            batch, size = {}, 0
    if batch:
        yield batch


def _layer_tensors(layer: Any) -> dict[str, torch.Tensor]:
    """Codes and statistics under the names that bitsandbytes saves them under, after the weight's own name."""
    statistics = layer.weight.quant_state.as_dict(packed=True)
    return {"": layer.weight.data, **{f".{name}": tensor for name, tensor in statistics.items()}}


def _suffixes(recipe: QuantizationRecipe) -> list[str]:
    nested = [".nested_absmax", ".nested_quant_map"] if recipe.double_quantization else []
    return [".absmax", ".quant_map", *nested, f".quant_state.bitsandbytes__{recipe.method}"]


def _expected_tensors(rows: int, columns: int, recipe: QuantizationRecipe) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Suffix -> safetensors type and shape. The packed JSON of the quantisation state has no fixed size."""
    blocks = rows * columns // recipe.block_size
    expected: dict[str, tuple[str, tuple[int, ...]]] = {
        "": ("U8", (rows * columns // 2, 1)),
        ".absmax": ("U8" if recipe.double_quantization else "F32", (blocks,)),
        ".quant_map": ("F32", (16,)),
    }
    if recipe.double_quantization:
        expected[".nested_absmax"] = ("F32", (-(-blocks // NESTED_BLOCK),))
        expected[".nested_quant_map"] = ("F32", (256,))
    return expected
