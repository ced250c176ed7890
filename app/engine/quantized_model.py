"""Reads a model with its linear layers in 4 bits: from the kept 4-bit weights, or else quantising and keeping them.

Neither way holds the unquantised model in memory: weights are read, and quantised, one at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import torch
from safetensors import SafetensorError
from torch import nn

from app.engine.base_identity import QuantizationRecipe
from app.engine.quantize import linears_to_quantize, quantize_to_four_bit
from app.engine.quantized_checkpoint import CheckpointKey, QuantizedCheckpoint, write_checkpoint
from app.engine.quantized_folder import FAULTS, FOLDER, exclusive_access, warn_not_kept
from app.engine.skeleton import UnreadLinear, read_skeleton, unread_linears
from app.engine.weight_files import WeightFiles
from app.numerics.memory import trim

log = structlog.get_logger(__name__)
TRIM_LAYERS = 8  # after so many, free memory is returned: intermediate results leave gaps in the heap

DTYPES = {"BF16": torch.bfloat16, "F16": torch.float16, "F32": torch.float32}
# The types that hold every value of a stored type: quantising from any of them gives the same weights.
EXACT = {
    "BF16": (torch.bfloat16, torch.float32),
    "F16": (torch.float16, torch.float32),
    "F32": (torch.float32,),
}


def read_four_bit_model(
    folder: Path, *, weights_fingerprint: str, recipe: QuantizationRecipe, dtype: torch.dtype, device: str
) -> Any:
    """Read the model in `folder` in `dtype`, with 4-bit layers, and move it to `device`.

    None if its files do not hold every weight under the name and in the shape of its layer: such files must be read as
    a whole, and quantised then. Kept weights are used, and written, only with a `weights_fingerprint`. Raises
    WeightsUnavailable for layers that do not fit the kernels, and what transformers raises for damaged files.
    """
    files = WeightFiles(folder)

    def leave_out(name: str, linear: nn.Linear) -> bool:
        found = files.tensors.get(f"{name}.weight")
        return found is not None and found.dtype in EXACT and found.shape == tuple(linear.weight.shape)

    model = read_skeleton(folder, dtype, recipe, leave_out)
    unread = unread_linears(model)
    some_left = any(True for _ in linears_to_quantize(model, recipe))
    if not unread or some_left or getattr(model, "_weight_conversions", None):
        return None
    _copy_out_of_mapped_files(model, files)
    stored = {files.tensors[f"{name}.weight"].dtype for name in unread}
    exact = len(stored) == 1 and dtype in EXACT[next(iter(stored))]
    key = CheckpointKey(weights_fingerprint, recipe, "" if exact else str(dtype), device)
    layers = FourBitLayers(model, unread, files, key, dtype, folder / FOLDER)
    if weights_fingerprint:
        layers.read_or_quantize()
    else:
        layers.quantize()
    moved: Any = model.to(device)
    return moved


def _copy_out_of_mapped_files(model: nn.Module, files: WeightFiles) -> None:
    """Give each parameter memory of its own: transformers' are pages of the mapped files, unless it converted them.

    Reading a tensor again is faster than copying it from there, and never has both in memory.
    """
    for name, parameter in model.named_parameters():
        info = files.tensors.get(name)
        as_stored = info is not None and DTYPES.get(info.dtype) == parameter.dtype
        parameter.data = files.read(name) if as_stored else parameter.data.clone()


@dataclass(slots=True)
class FourBitLayers:
    """Builds 4-bit layers in the places of the unread ones of a model."""

    model: nn.Module
    unread: Mapping[str, UnreadLinear]
    files: WeightFiles
    key: CheckpointKey
    dtype: torch.dtype
    root: Path  # of the kept 4-bit weights
    _damage_reported: bool = False

    def read_or_quantize(self) -> None:
        """Read the kept weights; if there are none, or damaged ones, quantise and keep the result if possible."""
        if self._read():
            return
        with exclusive_access(self.root) as writable:
            if writable and self._read():  # another process wrote them meanwhile
                return
            layers = self.quantize()
            if writable:
                self._keep(layers)

    def quantize(self) -> dict[str, nn.Module]:
        """Read and quantise one weight at a time. Returns the layers by full name."""
        log.info("quantizing_weights", layers=len(self.unread), recipe=self.key.recipe.describe())
        layers = {}
        for number, (name, place) in enumerate(self.unread.items(), 1):
            weight = self.files.read(f"{name}.weight").to(self.dtype)
            layers[name] = quantize_to_four_bit(
                weight, place.bias, self.key.recipe, compute_dtype=self.dtype, device=self.key.device
            )
            self.model.set_submodule(name, layers[name])
            if number % TRIM_LAYERS == 0:
                trim()
        return layers

    def _read(self) -> bool:
        """Whether kept weights are in place now. Damaged ones are reported once and left."""
        folder = self.root / self.key.digest()
        if not folder.is_dir():
            return False
        try:
            checkpoint = QuantizedCheckpoint(folder, self.key)
            for name, place in self.unread.items():
                checkpoint.check_layer(name, place.out_features, place.in_features)
            for name, place in self.unread.items():
                self.model.set_submodule(name, checkpoint.read_layer(name, place, dtype=self.dtype))
        except FAULTS as fault:
            if not self._damage_reported:
                log.warning("quantized_weights_damaged", folder=str(folder), reason=str(fault)[:200])
            self._damage_reported = True
            return False
        return True

    def _keep(self, layers: Mapping[str, nn.Module]) -> None:
        try:
            write_checkpoint(self.root, self.key, layers)
        except (OSError, SafetensorError) as fault:
            warn_not_kept(self.root, fault)
