"""Adapters that are made here for use elsewhere: kept and exported, never served."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from app.adapters.validate import CleanAdapter

ELSEWHERE = "export it and use it with PEFT over the unquantised base, or train with lora or qlora instead"


def why_not_served(config: dict[str, Any]) -> str | None:
    """What of a PEFT configuration keeps it from being served beside other tenants' adapters."""
    if config.get("use_dora"):
        return f"DoRA rescales whole rows of the base, so it cannot be served beside plain LoRA; {ELSEWHERE}"
    if config.get("peft_type") == "IA3":
        return f"IA3 scales activations and has no A and B, so it cannot be served beside plain LoRA; {ELSEWHERE}"
    return None


def for_elsewhere(config: dict[str, Any], weights: Path) -> CleanAdapter:
    """An adapter of our own making, as it is: nothing of it will meet the engine."""
    digest = hashlib.sha256(json.dumps(config, sort_keys=True).encode())
    with weights.open("rb") as file:
        digest.update(hashlib.file_digest(file, "sha256").digest())
    return CleanAdapter(
        config=config,
        rank=config.get("r", 1),
        alpha=float(config.get("lora_alpha", 1)),
        target_modules=tuple(config["target_modules"]),
        version=digest.hexdigest()[:16],
        size_bytes=weights.stat().st_size,
    )
