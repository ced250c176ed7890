"""Validation of an uploaded adapter: it rebuilds the configuration from an allow-list and checks every tensor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.adapters.base_spec import BaseSpec
from app.adapters.invocation import checked_invocation, invocation_details
from app.adapters.peft_config import CONFIG, WEIGHTS, layer_types, lora_config
from app.adapters.tensor_checks import check_tensors, shown
from app.errors import AdapterInvalid

LARGEST_CONFIG = 64 * 1024
LARGEST_ALPHA = 4096.0
# Options that change the base or need more than A and B: each must be absent, empty or off.
UNSUPPORTED = {
    "use_dora": "DoRA cannot be served beside plain LoRA; train without it",
    "modules_to_save": "whole modules beside LoRA are not supported; train without them",
    "layer_replication": "layers of the base cannot be replicated",
    "trainable_token_indices": "trained tokens are not supported",
    "target_parameters": "parameters cannot be targeted, only linear layers",
    "lora_bias": "biases in B are not supported",
    "use_qalora": "QALoRA cannot be served here",
}
# Starting values of A and B that leave the base as it is, and the beginnings of those that take a part out of it.
PLAIN_INITS = {True, False, None, "gaussian", "eva", "orthogonal"}
CHANGING_INITS = ("pissa", "olora", "corda", "lora_ga", "loftq")


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
    options = _read_options(config_bytes, base, max_rank)
    size = weights.stat().st_size
    if size > max_bytes:
        raise AdapterInvalid(f"The weights have {size:,} bytes; at most {max_bytes:,} are allowed.", param=WEIGHTS)
    tensors = check_tensors(weights, base, options.ranks, alpha=options.alpha, rslora=options.rslora)
    config = lora_config(
        base.name,
        rank=tensors.rank,
        alpha=options.alpha,
        target_modules=_target_modules(tensors.layers, base),
        rslora=options.rslora,
        invocation=options.invocation,
    )
    return CleanAdapter(
        config=config,
        rank=tensors.rank,
        alpha=float(options.alpha),
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


@dataclass(frozen=True, slots=True)
class _Options:
    """What a configuration says that the tensors do not. The layers it names are not read: the tensors name them."""

    ranks: frozenset[int]  # that the tensors may have
    alpha: float
    rslora: bool
    invocation: tuple[int, ...] | None


def _read_options(raw: bytes, base: BaseSpec, max_rank: int) -> _Options:
    config = _read_config(raw)
    _check_supported(config)
    rank = _rank(config.get("r"), max_rank)
    return _Options(
        ranks=_pattern_ranks(config.get("rank_pattern"), max_rank) | {rank},
        alpha=_alpha(config),
        rslora=_flag(config, "use_rslora"),
        invocation=checked_invocation(config, base.frame),
    )


def _read_config(raw: bytes) -> dict[str, Any]:
    if len(raw) > LARGEST_CONFIG:
        raise _config_error(f"is larger than {LARGEST_CONFIG:,} bytes")
    try:
        config = json.loads(raw)
    except (ValueError, RecursionError):
        raise _config_error("is not JSON; upload the file PEFT's save_pretrained wrote") from None
    if not isinstance(config, dict):
        raise _config_error("must be a JSON object")
    return config


def _check_supported(config: dict[str, Any]) -> None:
    if config.get("peft_type") == "IA3":
        raise _config_error("peft_type: IA3 cannot be served beside plain LoRA; train with LoRA instead")
    if {"fine_tune_type", "lora_parameters"} & config.keys():
        raise _config_error(
            "is of an adapter that MLX made. Write one in PEFT's format: peft_type 'LORA', r = rank, lora_alpha = "
            "scale * rank; and store the transposes of lora_a and lora_b as lora_A.weight and lora_B.weight"
        )
    if config.get("peft_type") != "LORA":
        raise _config_error(f"peft_type must be 'LORA', not {shown(config.get('peft_type'))}")
    for key, why in UNSUPPORTED.items():
        if config.get(key):
            raise _config_error(f"{key}: {why}")
    if config.get("bias", "none") != "none":
        raise _config_error("bias must be 'none'; train without biases")
    _check_init(config.get("init_lora_weights", True))


def _check_init(init: Any) -> None:
    if not isinstance(init, dict | list) and init in PLAIN_INITS:
        return
    if str(init).startswith(CHANGING_INITS):
        raise _config_error(
            f"init_lora_weights {shown(init)} changes the base model; convert the adapter to plain LoRA first "
            "(PEFT: save_pretrained with path_initial_model_for_weight_conversion)"
        )
    known = ", ".join(sorted(value for value in PLAIN_INITS if isinstance(value, str)))
    raise _config_error(f"init_lora_weights {shown(init)} is not known here; train with true, {known}")


def _rank(rank: Any, max_rank: int) -> int:
    if not isinstance(rank, int) or isinstance(rank, bool) or not 1 <= rank <= max_rank:
        raise _config_error(f"r must be a whole number from 1 to {max_rank}, not {shown(rank)}")
    return rank


def _pattern_ranks(pattern: Any, max_rank: int) -> frozenset[int]:
    """Ranks of a `rank_pattern`. Its patterns are not matched: the tensors tell which layer has which rank."""
    values = pattern.values() if isinstance(pattern, dict) else [pattern] if pattern else []
    return frozenset(_rank(value, max_rank) for value in values)


def _alpha(config: dict[str, Any]) -> float:
    alpha = config.get("lora_alpha")
    if not isinstance(alpha, int | float) or isinstance(alpha, bool) or not 0 < alpha <= LARGEST_ALPHA:
        raise _config_error(f"lora_alpha must be a number above 0 and up to {LARGEST_ALPHA:.0f}, not {shown(alpha)}")
    pattern = config.get("alpha_pattern") or {}
    if not isinstance(pattern, dict) or any(value != alpha for value in pattern.values()):
        raise _config_error("alpha_pattern: one alpha for all layers only; train without it")
    return alpha


def _target_modules(layers: Collection[str], base: BaseSpec) -> list[str]:
    """Kinds of layers where all of a kind have tensors, else full names: what PEFT makes of them has no others."""
    kinds = layer_types(layers)
    whole = {kind for kind in kinds if all(name in layers for name in base.layers if name.endswith(f".{kind}"))}
    return [*whole, *(layer for layer in layers if not layer_types([layer]) <= whole)]


def _flag(config: dict[str, Any], key: str) -> bool:
    value = config.get(key, False)
    if not isinstance(value, bool):
        raise _config_error(f"{key} must be true or false")
    return value


def _config_error(problem: str) -> AdapterInvalid:
    return AdapterInvalid(f"{CONFIG}: {problem}.", param=CONFIG)
