"""Keeps a model's 4-bit weights on disk, in the folder `quantized` inside the model's own folder.

Each set of weights has a folder there that is named by its key: weights, quantisation, library version. It is complete
or absent, and holds safetensors files in bitsandbytes' own layout and a manifest. It can be deleted at any time.
Opening checks the manifest, the sizes of the files and their headers, in milliseconds; `find_problems` also the hashes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import bitsandbytes as bnb
import structlog
import torch
from filelock import FileLock
from safetensors import SafetensorError
from safetensors.torch import save_file

from app.atomic_files import replace_folder
from app.engine.quantize import QuantizationRecipe, empty_four_bit_layer, finish_four_bit_layer
from app.engine.weight_files import open_safetensors

log = structlog.get_logger(__name__)

FOLDER = "quantized"  # inside the model's folder; the manifest and the fingerprint of that folder do not cover it
MANIFEST = "manifest.json"
FORMAT = 1
FILE_BYTES = 256 * 2**20  # of one safetensors file, about: from a GPU, so much is copied to main memory at a time
LOCK_TIMEOUT_S = 1800  # another process quantises meanwhile; a model of 8B takes minutes
NESTED_BLOCK = 256  # bitsandbytes quantises the scales of 4-bit weights in blocks of this size
# What reading damaged files raises: here, in safetensors, or in bitsandbytes.
FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError, RuntimeError, SafetensorError)


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
        manifest = read_manifest(folder)
        if manifest["key"] != key.fields():
            raise ValueError("it holds other weights than its name says")
        for name, entry in manifest["files"].items():
            if (folder / name).stat().st_size != entry["bytes"]:
                raise ValueError(f"{name} does not have its {entry['bytes']} bytes")
            opened = open_safetensors(folder / name)
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
    _remove_outdated(root, key)
    with replace_folder(folder, temporary=root / f".{folder.name}.new") as fresh:
        files = {}
        for number, tensors in enumerate(_batches(layers)):
            path = fresh / f"weights-{number:05}.safetensors"
            save_file(tensors, path, metadata={"format": "pt"})
            files[path.name] = {"bytes": path.stat().st_size, "sha256": _sha256(path)}
        manifest = {"format": FORMAT, "key": key.fields(), "files": files}
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


@contextmanager
def exclusive_access(root: Path) -> Iterator[bool]:
    """Let one process at a time quantise and write below `root`, which is created.

    Yields False, with a warning, if the folder cannot be written, or if another process is at it for too long.
    """
    lock = FileLock(root / ".lock", timeout=LOCK_TIMEOUT_S)
    try:
        root.mkdir(exist_ok=True)
        lock.acquire()
    except (OSError, NotImplementedError) as fault:
        warn_not_kept(root, fault)
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def warn_not_kept(root: Path, fault: Exception) -> None:
    log.warning("quantized_weights_not_kept", folder=str(root), reason=str(fault)[:200], effect="slower starts")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a checkpoint's manifest. Raises one of FAULTS, also if its format is not this version's."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        raise ValueError(f"its format is {manifest['format']!r}, not {FORMAT}")
    return manifest


def find_problems(model_folder: Path) -> list[str]:
    """Hash every file of a model's kept 4-bit weights. One message for each damaged set; they can be deleted."""
    problems = []
    for folder in checkpoint_folders(model_folder):
        try:
            files = read_manifest(folder)["files"]
            damaged = [name for name, entry in files.items() if _sha256(folder / name) != entry["sha256"]]
            if damaged:
                raise ValueError(f"{', '.join(damaged)} damaged")
        except FAULTS as fault:
            problems.append(f"{folder}: {fault}")
    return problems


def checkpoint_folders(model_folder: Path) -> list[Path]:
    """The folders of a model's kept 4-bit weights."""
    root = model_folder / FOLDER
    return sorted(path for path in root.glob("*") if path.is_dir() and not path.name.startswith("."))


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


def _remove_outdated(root: Path, key: CheckpointKey) -> None:
    """Remove weights that this version of the model and the library will never read, and the rest of killed runs."""
    current = key.fields()
    for folder in root.glob("*"):
        if not folder.is_dir():
            continue
        try:
            found = read_manifest(folder)["key"]
            outdated = any(found[name] != current[name] for name in ("weights", "bitsandbytes"))
        except FAULTS:
            outdated = True
        if outdated:
            shutil.rmtree(folder, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
