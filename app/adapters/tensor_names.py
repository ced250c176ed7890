"""Names of tensors in adapter files. Other tools' spellings of PEFT's names are brought to the one that is stored."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from safetensors import SafetensorError, safe_open

from app.adapters.peft_config import KEY_PREFIX, WEIGHTS
from app.adapters.tensor_file import rename_tensors
from app.errors import AdapterInvalid

LAYERS = "layers"  # in every name of a decoder layer
# Parts of a name that PyTorch's wrappers add: torch.compile, FSDP, activation checkpointing.
ADDED = frozenset({"_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module"})
# What may stand before `layers`, for the same layer: the model with or without its head, data parallelism, a
# language model within a larger one.
OUTER = frozenset({"base_model", "model", "module", "language_model"})
HALVES = ("lora_A", "lora_B")


def plain_key(key: str, layers: Collection[str] = ()) -> str | None:
    """The key as PEFT writes it; None if it is no A or B of a LoRA.

    With the full names of the base's `layers`, what stands before the layer's number is written as there.
    """
    parts = [part for part in key.split(".") if part not in ADDED]
    half = next((name for name in HALVES if name in parts), None)
    if half is None:
        return None
    place = parts.index(half)
    rest = parts[place + 1 :]
    if rest[-1:] != ["weight"] or len(rest) > 2:  # between the two, a state dict has the adapter's name
        return None
    path = ".".join(parts[:place]).removeprefix("module.").removeprefix(KEY_PREFIX)
    return f"{KEY_PREFIX}{_base_layer(path, layers)}.{half}.weight"


def _base_layer(path: str, layers: Collection[str]) -> str:
    """The name of the base's layer that `path` means; `path` itself if none is sure."""
    if path in layers or not layers:
        return path
    outer, _, inner = path.rpartition(f"{LAYERS}.")
    if not set(filter(None, outer.split("."))) <= OUTER:
        return path
    found = [name for name in layers if name.endswith(f".{LAYERS}.{inner}")]
    return found[0] if len(found) == 1 else path


def plain_keys(keys: Iterable[str], layers: Collection[str] = ()) -> dict[str, str]:
    """What each key is stored as; a key that is no tensor of a LoRA stays. Raises AdapterInvalid if two become one."""
    plain: dict[str, str] = {}
    for key in sorted(keys):
        name = plain_key(key, layers) or key
        if name in plain.values():
            other = next(before for before, after in plain.items() if after == name)
            raise AdapterInvalid(
                f"{WEIGHTS} holds {other[:120]!r} and {key[:120]!r}, which are the same tensor of two adapters: save "
                "one adapter, with save_pretrained(folder, selected_adapters=[name]).",
                param=WEIGHTS,
            )
        plain[key] = name
    return plain


@contextmanager
def plain_weights(weights: Path, layers: Collection[str]) -> Iterator[Path]:
    """The file with names as PEFT writes them for this base: the file itself, or a renamed copy for the time.

    A file that cannot be read is given back as it is, for the checks to say so. Raises AdapterInvalid.
    """
    try:
        with safe_open(weights, framework="np") as file:
            plain = plain_keys(file.keys(), layers)
    except SafetensorError:
        plain = {}
    if all(key == name for key, name in plain.items()):
        yield weights
        return
    with tempfile.NamedTemporaryFile(dir=weights.parent, prefix=".renamed-") as renamed:
        rename_tensors(weights, plain, Path(renamed.name))
        yield Path(renamed.name)
