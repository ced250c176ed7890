"""Validation of an uploaded adapter: it rebuilds the configuration from an allow-list and checks every tensor."""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open

from app.adapters.base_spec import BaseSpec
from app.adapters.invocation import checked_invocation, invocation_details
from app.adapters.peft_config import CONFIG, KEY_PREFIX, WEIGHTS, lora_config
from app.engine.lora_targets import TARGETS
from app.errors import AdapterInvalid

LARGEST_CONFIG = 64 * 1024
LARGEST_HEADER = 8 * 2**20
LARGEST_ALPHA = 4096.0
DTYPES = {"F32", "F16", "BF16"}
# Options that change the base or need more than A and B: each must be absent, empty or off.
UNSUPPORTED = {
    "use_dora": "DoRA cannot be served beside plain LoRA; train without it",
    "modules_to_save": "whole modules beside LoRA are not supported; train without them",
    "rank_pattern": "one rank for all layers only",
    "alpha_pattern": "one alpha for all layers only",
    "layer_replication": "layers of the base cannot be replicated",
    "trainable_token_indices": "trained tokens are not supported",
    "target_parameters": "parameters cannot be targeted, only linear layers",
    "lora_bias": "biases in B are not supported",
    "use_qalora": "QALoRA cannot be served here",
}
PLAIN_INITS = {True, False, None, "gaussian"}


@dataclass(frozen=True, slots=True)
class CleanAdapter:
    """The validated parts of an adapter."""

    config: dict[str, Any]  # what is written to adapter_config.json
    rank: int
    alpha: float
    target_modules: tuple[str, ...]
    version: str  # 16 hex digits over configuration and weights
    size_bytes: int
    invocation: dict[str, Any] | None = None  # of activated LoRA, for the lineage: AdapterVersion reads it


def validate_adapter(
    config_bytes: bytes, weights: Path, base: BaseSpec, *, max_rank: int, max_bytes: int
) -> CleanAdapter:
    """Check an upload in PEFT's format against the base. Raises AdapterInvalid naming what to change."""
    config = _clean_config(config_bytes, base, max_rank)
    size = weights.stat().st_size
    if size > max_bytes:
        raise AdapterInvalid(f"The weights have {size:,} bytes; at most {max_bytes:,} are allowed.", param=WEIGHTS)
    check_header(weights)
    _check_tensors(weights, config, base)
    return CleanAdapter(
        config=config,
        rank=config["r"],
        alpha=float(config["lora_alpha"]),
        target_modules=tuple(config["target_modules"]),
        version=content_version(config, weights),
        size_bytes=size,
        invocation=invocation_details(config, base.frame),
    )


def content_version(config: dict[str, Any], weights: Path) -> str:
    """The first 16 hex digits of the SHA-256 over configuration and weights."""
    digest = hashlib.sha256(json.dumps(config, sort_keys=True).encode())
    with weights.open("rb") as file:
        digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _clean_config(raw: bytes, base: BaseSpec, max_rank: int) -> dict[str, Any]:
    if len(raw) > LARGEST_CONFIG:
        raise _config_error(f"is larger than {LARGEST_CONFIG:,} bytes")
    try:
        config = json.loads(raw)
    except (ValueError, RecursionError):
        raise _config_error("is not JSON; upload the file PEFT's save_pretrained wrote") from None
    if not isinstance(config, dict):
        raise _config_error("must be a JSON object")
    if config.get("peft_type") == "IA3":
        raise _config_error("peft_type: IA3 cannot be served beside plain LoRA; train with LoRA instead")
    if config.get("peft_type") != "LORA":
        raise _config_error(f"peft_type must be 'LORA', not {_shown(config.get('peft_type'))}")
    for key, why in UNSUPPORTED.items():
        if config.get(key):
            raise _config_error(f"{key}: {why}")
    if config.get("bias", "none") != "none":
        raise _config_error("bias must be 'none'; train without biases")
    init = config.get("init_lora_weights", True)
    if isinstance(init, dict | list) or init not in PLAIN_INITS:
        raise _config_error(
            f"init_lora_weights {_shown(init)} changes the base model; convert the adapter to plain LoRA first "
            "(PEFT: save_pretrained with path_initial_model_for_weight_conversion)"
        )
    return lora_config(
        base.name,
        rank=_rank(config.get("r"), max_rank),
        alpha=_alpha(config.get("lora_alpha")),
        target_modules=_targets(config.get("target_modules")),
        rslora=_flag(config, "use_rslora"),
        invocation=checked_invocation(config, base.frame),
    )


def _rank(rank: Any, max_rank: int) -> int:
    if not isinstance(rank, int) or isinstance(rank, bool) or not 1 <= rank <= max_rank:
        raise _config_error(f"r must be a whole number from 1 to {max_rank}, not {_shown(rank)}")
    return rank


def _alpha(alpha: Any) -> float:
    if not isinstance(alpha, int | float) or isinstance(alpha, bool) or not 0 < alpha <= LARGEST_ALPHA:
        raise _config_error(f"lora_alpha must be a number above 0 and up to {LARGEST_ALPHA:.0f}, not {_shown(alpha)}")
    return alpha


def _targets(targets: Any) -> list[str]:
    if not isinstance(targets, list) or not targets:
        raise _config_error("target_modules must be a list of layer names (a string would be read as a pattern)")
    for target in targets:
        if target not in TARGETS:
            raise _config_error(f"target_modules: {_shown(target)} is none of {', '.join(TARGETS)}")
    return targets


def _flag(config: dict[str, Any], key: str) -> bool:
    value = config.get(key, False)
    if not isinstance(value, bool):
        raise _config_error(f"{key} must be true or false")
    return value


def check_header(weights: Path) -> None:
    """Check the size of the safetensors header before anything parses it. Raises AdapterInvalid."""
    with weights.open("rb") as file:
        start = file.read(9)
    if len(start) < 9:
        raise _weights_error("is empty or cut off")
    if start[:2] == b"PK" or start[:1] == b"\x80":
        raise _weights_error("is a pickle or archive, which can run code; save it as safetensors")
    (length,) = struct.unpack("<Q", start[:8])
    if length > min(LARGEST_HEADER, weights.stat().st_size) or start[8:9] != b"{":
        raise _weights_error("is not a safetensors file; save it with save_pretrained(safe_serialization=True)")


def _check_tensors(weights: Path, config: dict[str, Any], base: BaseSpec) -> None:
    """The keys are A/B pairs of layers of the base, with their shapes; values are finite and some B is not zero."""
    try:
        with safe_open(weights, framework="np") as file:
            keys = set(file.keys())
            layers = {_layer(key, config, base) for key in keys}
            for layer in sorted(layers):
                for half in ("A", "B"):
                    key = f"{KEY_PREFIX}{layer}.lora_{half}.weight"
                    if key not in keys:
                        raise _weights_error(f"lacks the tensor {key}")
                    _check_shape(file.get_slice(key), key, half, base.layers[layer], config["r"])
            if not layers:
                raise _weights_error("holds no tensors")
    except SafetensorError as fault:
        raise _weights_error(f"is damaged ({str(fault)[:120]}); upload it again") from None
    _check_values(weights)


def _layer(key: str, config: dict[str, Any], base: BaseSpec) -> str:
    layer = key.removeprefix(KEY_PREFIX).rsplit(".lora_", 1)[0]
    if key not in {f"{KEY_PREFIX}{layer}.lora_{half}.weight" for half in "AB"}:
        raise _weights_error(f"holds {_shown(key)}, which is no LoRA tensor of this format")
    if layer not in base.layers:
        raise _weights_error(
            f"holds {_shown(key)}, but the base model {base.name} has no such layer: the adapter is of another base"
        )
    if layer.rsplit(".", 1)[-1] not in config["target_modules"]:
        raise _weights_error(f"holds {_shown(key)}, whose layer is not in target_modules")
    return layer


def _check_shape(tensor: Any, key: str, half: str, features: tuple[int, int], rank: int) -> None:
    expected = [rank, features[0]] if half == "A" else [features[1], rank]
    if list(tensor.get_shape()) != expected:
        raise _weights_error(
            f"has {key} with shape {list(tensor.get_shape())}, but rank {rank} on this base needs {expected}: the "
            "adapter is of another base, or its r is wrong"
        )
    if tensor.get_dtype() not in DTYPES:
        raise _weights_error(f"has {key} as {tensor.get_dtype()}; use float32, float16 or bfloat16")


def _check_values(weights: Path) -> None:
    from safetensors.torch import load_file

    changes = False
    for key, tensor in load_file(weights).items():
        values = tensor.float().numpy()
        if not np.isfinite(values).all():
            raise _weights_error(f"has NaN or infinite values in {key}; the training diverged")
        changes = changes or (".lora_B." in key and bool(values.any()))
    if not changes:
        raise _weights_error("changes nothing: every B is zero, so it was saved before training")


def _shown(value: Any) -> str:
    return repr(value)[:80]


def _config_error(problem: str) -> AdapterInvalid:
    return AdapterInvalid(f"{CONFIG}: {problem}.", param=CONFIG)


def _weights_error(problem: str) -> AdapterInvalid:
    return AdapterInvalid(f"{WEIGHTS} {problem}.", param=WEIGHTS)
