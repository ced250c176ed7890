"""Starter adapters: shipped with the package, one folder each; a tenant that names one gets a version of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "shipped"
CARD = "lineage.json"


@dataclass(frozen=True, slots=True)
class Starter:
    """A shipped adapter: PEFT's files beside README.md (the model card) and lineage.json."""

    name: str
    folder: Path
    base_fingerprint: str  # of the base it was trained for; on any other it does not exist
    lineage: dict[str, Any]  # data with licences, recipe, scores


def read_starters(root: Path, base_fingerprint: str) -> dict[str, Starter]:
    """The starters under `root` that fit the served base, by name."""
    found = {}
    for card in sorted(root.glob(f"*/{CARD}")):
        lineage = json.loads(card.read_text(encoding="utf-8"))
        if lineage["base_fingerprint"] == base_fingerprint:
            name = card.parent.name
            found[name] = Starter(name, card.parent, base_fingerprint, lineage)
    return found
