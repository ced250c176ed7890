"""The layers of the base model that an adapter can change, with their sizes."""

from __future__ import annotations

import json
import struct
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from app.engine.lora_targets import TARGETS
from app.engine.tokenizer import PromptFrame


@dataclass(frozen=True, slots=True)
class BaseSpec:
    """The base model that is served. Adapters of the same weights fit it, whatever engine they were made on."""

    name: str
    fingerprint: str  # of weights and chat template, and of the engine and quantisation that serve them
    layers: dict[str, tuple[int, int]]  # full module name -> (in_features, out_features)
    frame: PromptFrame | None = None  # of its chat template; None: unknown
    elsewhere: frozenset[str] = frozenset()  # fingerprints of the same weights on another engine
    no_adapters: str = ""  # why none can answer; empty: they can
    no_activated_adapters: str = ""  # why none can that acts only behind its invocation tokens

    @property
    def fitting(self) -> frozenset[str]:
        """The fingerprints whose adapters fit."""
        return self.elsewhere | {self.fingerprint}

    @property
    def width(self) -> int | None:
        """Width of the hidden states, from the query projection; None if the model has none."""
        return next((read for name, (read, _) in self.layers.items() if name.endswith("q_proj")), None)


def read_base_spec(
    folder: Path,
    *,
    name: str,
    fingerprint: str,
    frame: PromptFrame | None = None,
    elsewhere: Collection[str] = (),
    no_activated_adapters: str = "",
) -> BaseSpec:
    """Read the layer shapes from the safetensors headers in `folder`, without loading weights."""
    layers = {}
    for file in sorted(folder.glob("*.safetensors")):
        for key, entry in _header(file).items():
            module = key.removesuffix(".weight")
            if key != module and module.rsplit(".", 1)[-1] in TARGETS and len(entry["shape"]) == 2:
                out_features, in_features = entry["shape"]
                layers[module] = (in_features, out_features)
    return BaseSpec(name, fingerprint, layers, frame, frozenset(elsewhere), no_activated_adapters=no_activated_adapters)


def _header(file: Path) -> dict[str, dict[str, list[int]]]:
    with file.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        header: dict[str, dict[str, list[int]]] = json.loads(stream.read(length))
    header.pop("__metadata__", None)
    return header
