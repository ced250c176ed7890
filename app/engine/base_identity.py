"""What identifies a base model as it is served: its weights, its chat template, the engine and its quantisation."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

Quantization = Literal["nf4", "fp4", "int8", "none"]
FOUR_BIT = frozenset({"nf4", "fp4"})


@dataclass(frozen=True, slots=True)
class QuantizationRecipe:
    """How the base model is quantised. Its fields are part of the base fingerprint: renaming one changes it."""

    method: Quantization = "nf4"
    block_size: int = 32
    double_quantization: bool = True
    keep: tuple[str, ...] = ()  # linear layers that stay unquantised, by last name, e.g. "down_proj"

    def describe(self) -> str:
        if self.method in {"int8", "none"}:
            return self.method
        double = ", double quantisation" if self.double_quantization else ""
        keep = f", {' '.join(self.keep)} kept" if self.keep else ""
        return f"{self.method} in blocks of {self.block_size}{double}{keep}"


def base_fingerprint(weights_fingerprint: str, recipe: QuantizationRecipe, tokenizer: Any) -> str:
    """16 hex digits that identify the exact weights, quantisation and chat template an adapter was trained on.

    They are those of this repository's engine, which serves what training trains.
    """
    return _digest([weights_fingerprint, asdict(recipe), str(tokenizer.chat_template)])


def served_fingerprint(weights_fingerprint: str, engine: str, quantization: str, tokenizer: Any) -> str:
    """The same of a base that another engine serves, in a quantisation of its own."""
    served = {"engine": engine, "quantization": quantization}
    return _digest([weights_fingerprint, served, str(tokenizer.chat_template)])


def remote_fingerprint(engine: str, model: str) -> str:
    """16 hex digits for a model of which nothing but its name is known."""
    return _digest([engine, model])


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]
