"""Adapters of kinds that the engine cannot serve: they are stored and exported, and never answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.adapters.validate import CleanAdapter, content_version

ADVICE = "export it and use it with PEFT over the unquantised base, or train with lora or qlora instead"


def export_only_reason(config: dict[str, Any]) -> str | None:
    """Why an adapter with this PEFT configuration can only be exported; None if it can be served."""
    if config.get("use_dora"):
        return f"DoRA rescales whole rows of the base, so it cannot be served beside plain LoRA; {ADVICE}"
    if config.get("peft_type") == "IA3":
        return f"IA3 scales activations and has no A and B, so it cannot be served beside plain LoRA; {ADVICE}"
    return None


def export_only_adapter(config: dict[str, Any], weights: Path) -> CleanAdapter:
    """An adapter that was trained here, without validation: the engine never loads it."""
    return CleanAdapter(
        config=config,
        rank=config.get("r", 1),
        alpha=float(config.get("lora_alpha", 1)),
        target_modules=tuple(config["target_modules"]),
        version=content_version(config, weights),
        size_bytes=weights.stat().st_size,
    )
