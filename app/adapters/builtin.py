"""Built-in adapters, which ship with the package: a folder for each base model, and in it one for each adapter."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.adapters.peft_config import CONFIG, WEIGHTS

SHIPPED = Path(__file__).parent / "shipped"
CARD = "lineage.json"


@dataclass(frozen=True, slots=True)
class BuiltinAdapter:
    """A folder with PEFT's files, README.md (the model card) and lineage.json."""

    name: str
    folder: Path
    base_fingerprint: str  # of the base model that it was trained for
    lineage: dict[str, Any]  # data with licences, recipe, scores

    def version(self, base_name: str) -> str:
        """The version that a tenant's copy has where the base is served under this name.

        The shipped configuration is in the registry's own form, so that nothing is validated for it.
        """
        from app.adapters.validate import content_version  # it reads tensors, which takes time to import

        config = json.loads((self.folder / CONFIG).read_bytes())
        return content_version({**config, "base_model_name_or_path": base_name}, self.folder / WEIGHTS)


def read_builtin_adapters(root: Path, fitting: Collection[str]) -> dict[str, BuiltinAdapter]:
    """The adapters anywhere under `root` that were trained for a base model of these fingerprints, by name."""
    found = {}
    for card in sorted(root.rglob(CARD)):
        lineage = json.loads(card.read_text(encoding="utf-8"))
        if lineage["base_fingerprint"] in fitting:
            name = card.parent.name
            found[name] = BuiltinAdapter(name, card.parent, lineage["base_fingerprint"], lineage)
    return found
