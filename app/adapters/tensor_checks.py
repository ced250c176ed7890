"""The tensors of an uploaded adapter against the base: pairs of A and B, with shapes, one rank and finite values."""

from __future__ import annotations

import math
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open

from app.adapters.base_spec import BaseSpec
from app.adapters.peft_config import KEY_PREFIX, WEIGHTS
from app.adapters.tensor_file import DTYPES, float_tensors
from app.engine.lora_targets import TARGETS
from app.errors import AdapterInvalid

LARGEST_HEADER = 8 * 2**20
LARGEST_UPDATE = 65_504.0  # of a weight: fp16's largest number. Updates of adapters that answer are below 1
SHOWN_CHARACTERS = 120
# Why a tensor is not part of a LoRA that can be served, by a part of its name.
FOREIGN = {
    "lora_a": "which is MLX's layout: store its transpose as lora_A.weight, that of lora_b as lora_B.weight, and "
    "lora_alpha = scale * rank",
    "lora_b": "which is MLX's layout: store its transpose as lora_B.weight, that of lora_a as lora_A.weight, and "
    "lora_alpha = scale * rank",
    "lora_magnitude_vector": "which is DoRA; train with use_dora=False",
    "lora_embedding_A": "which changes the embeddings; train without embed_tokens and lm_head in target_modules",
    "lora_embedding_B": "which changes the embeddings; train without embed_tokens and lm_head in target_modules",
    "modules_to_save": "which is a whole module; train without modules_to_save",
    "token_adapter": "which holds trained tokens; train without trainable_token_indices",
}
WHOLE_LAYERS = ("lm_head", "embed_tokens", "wte", "embeddings")


@dataclass(frozen=True, slots=True)
class CheckedTensors:
    """What a sound file of weights holds."""

    layers: frozenset[str]  # full names of the base's layers that it changes
    rank: int


def check_tensors(
    weights: Path, base: BaseSpec, ranks: Collection[int], *, alpha: float, rslora: bool
) -> CheckedTensors:
    """The keys are A and B of layers of the base, all of one of the `ranks`; values are finite and some B is not zero.

    What A and B add to the base's weights, scaled by alpha, is within LARGEST_UPDATE. Raises AdapterInvalid naming the
    tensor and what to do.
    """
    check_header(weights)
    try:
        with safe_open(weights, framework="np") as file:
            keys = set(file.keys())
            layers = frozenset(_layer(key, base) for key in keys)
            if not layers:
                raise weights_error("holds no tensors")
            found = {layer: _rank(file, layer, keys, base.layers[layer]) for layer in sorted(layers)}
    except SafetensorError as fault:
        raise weights_error(f"is damaged ({str(fault)[:120]}); upload it again") from None
    rank = _one_rank(found, ranks)
    _check_updates(_check_values(weights, rank), alpha / (math.sqrt(rank) if rslora else rank))
    return CheckedTensors(layers, rank)


def check_header(weights: Path) -> None:
    """Check the size of the safetensors header before anything parses it. Raises AdapterInvalid."""
    with weights.open("rb") as file:
        start = file.read(9)
    if len(start) < 9:
        raise weights_error("is empty or cut off")
    if start[:2] == b"PK" or start[:1] == b"\x80":
        raise weights_error("is a pickle or archive, which can run code; save it as safetensors")
    (length,) = struct.unpack("<Q", start[:8])
    if length > min(LARGEST_HEADER, weights.stat().st_size) or start[8:9] != b"{":
        raise weights_error("is not a safetensors file; save it with save_pretrained(safe_serialization=True)")


def _layer(key: str, base: BaseSpec) -> str:
    layer = key.removeprefix(KEY_PREFIX).rsplit(".lora_", 1)[0]
    if key not in {f"{KEY_PREFIX}{layer}.lora_{half}.weight" for half in "AB"}:
        raise weights_error(f"holds {shown(key)}, {foreign_reason(key)}")
    if layer in base.layers:
        return layer
    kind = layer.rsplit(".", 1)[-1]
    if kind not in TARGETS:
        raise weights_error(
            f"holds {shown(key)}, but {shown(kind)} is none of the layers that an adapter may change here; train with "
            f"target_modules among {', '.join(TARGETS)}"
        )
    raise weights_error(
        f"holds {shown(key)}, but the base model {base.name} has no such layer: the adapter is of another base"
    )


def foreign_reason(key: str) -> str:
    """What a key is that is no A or B of a LoRA, and what to do about it."""
    parts = key.split(".")
    known = next((reason for part, reason in FOREIGN.items() if part in parts), None)
    if known is not None:
        return known
    if parts[-1] == "weight" and any(part in WHOLE_LAYERS for part in parts):
        return (
            "which is a whole layer of the base model, saved beside the adapter; save it again with "
            "save_pretrained(folder, save_embedding_layers=False)"
        )
    return (
        "which is no LoRA tensor of this format: names end in .lora_A.weight or .lora_B.weight, as PEFT's "
        "save_pretrained writes them"
    )


def _rank(file: Any, layer: str, keys: set[str], features: tuple[int, int]) -> int:
    """The rank of the layer's pair, whose other sides must be the layer's (read, written) features."""
    shapes = []
    for half in ("A", "B"):
        key = f"{KEY_PREFIX}{layer}.lora_{half}.weight"
        if key not in keys:
            raise weights_error(f"lacks the tensor {key}")
        tensor = file.get_slice(key)
        if tensor.get_dtype() not in DTYPES:
            raise weights_error(f"has {key} as {tensor.get_dtype()}; use float32, float16 or bfloat16")
        shapes.append(list(tensor.get_shape()))
    a, b = shapes
    rank = int(a[0]) if a else 0
    if [a, b] != [[rank, features[0]], [features[1], rank]]:
        raise weights_error(
            f"has {KEY_PREFIX}{layer} with shapes {a} and {b}, but this base needs [r, {features[0]}] and "
            f"[{features[1]}, r]: the adapter is of another base"
        )
    return rank


def _one_rank(found: Mapping[str, int], ranks: Collection[int]) -> int:
    least, most = min(found, key=found.__getitem__), max(found, key=found.__getitem__)
    if found[least] != found[most]:
        raise weights_error(
            f"has one rank for all layers only: {least} has {found[least]} and {most} has {found[most]}; train without "
            "rank_pattern"
        )
    if found[most] not in ranks:
        wanted = " or ".join(map(str, sorted(ranks)))
        raise weights_error(f"has rank {found[most]}, but adapter_config.json says {wanted}: its r is wrong")
    return found[most]


def _check_values(weights: Path, rank: int) -> dict[str, float]:
    """The largest norm of the rank-long vectors of each tensor: the columns of A, the rows of B."""
    norms, changes = {}, False
    for key, values in float_tensors(weights):
        if not np.isfinite(values).all():
            raise weights_error(f"has NaN or infinite values in {key}; the training diverged")
        is_b = ".lora_B." in key
        changes = changes or (is_b and bool(values.any()))
        # (features, rank) of B, (rank, features) of A; squares are summed in fp64, which holds those of fp32
        vectors = values.reshape(-1, rank) if is_b else values.reshape(rank, -1)
        squares = np.einsum("ij,ij->i" if is_b else "ij,ij->j", vectors, vectors, dtype=np.float64)
        norms[key] = math.sqrt(float(squares.max()))
    if not changes:
        raise weights_error("changes nothing: every B is zero, so it was saved before training")
    return norms


def _check_updates(norms: Mapping[str, float], scaling: float) -> None:
    """By Cauchy and Schwarz, no weight of a layer is changed by more than the product of both norms and the scaling."""
    for key, norm in norms.items():
        if ".lora_A." not in key:
            continue
        largest = norm * norms[key.replace(".lora_A.", ".lora_B.")] * scaling
        if largest > LARGEST_UPDATE:
            layer = key.removeprefix(KEY_PREFIX).rsplit(".lora_", 1)[0]
            raise weights_error(
                f"may change weights of {layer} by up to {largest:.3g} (lora_alpha is part of it), and no 16-bit model "
                f"has weights beyond {LARGEST_UPDATE:,.0f}: the training diverged, or lora_alpha is wrong"
            )


def shown(value: Any) -> str:
    return repr(value)[:SHOWN_CHARACTERS]


def weights_error(problem: str) -> AdapterInvalid:
    return AdapterInvalid(f"{WEIGHTS} {problem}.", param=WEIGHTS)
