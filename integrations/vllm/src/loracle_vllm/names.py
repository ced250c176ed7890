"""The names under which Loracle asks for adapters, and the hashes in them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
NAME = re.compile(r"(?P<owner>[a-z]+_[A-Za-z0-9]{1,60}|builtin)/[a-z0-9][a-z0-9._-]{0,63}@(?P<version>[0-9a-f]{16})")


@dataclass(frozen=True)
class AdapterName:
    """An adapter version: `owner` is a tenant, `version` the hash of its content."""

    owner: str
    version: str


def parse(name: str) -> AdapterName | None:
    """The adapter that a name says; None if Loracle makes no such names."""
    found = NAME.fullmatch(name)
    return AdapterName(found["owner"], found["version"]) if found else None


def content_version(folder: Path) -> str:
    """The version that the content of a folder has: 16 hex digits over configuration and weights.

    Raises OSError or ValueError if the files are not there or cannot be read.
    """
    config: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    digest = hashlib.sha256(json.dumps(config, sort_keys=True).encode())
    weights = hashlib.sha256()
    with (folder / WEIGHTS).open("rb") as file:
        while piece := file.read(1 << 20):
            weights.update(piece)
    digest.update(weights.digest())
    return digest.hexdigest()[:16]
