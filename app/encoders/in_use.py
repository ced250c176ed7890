"""The embedding models in use: the one the settings name and, while tenants still are searched by others, those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.encoders.embedder import Embedder


@dataclass(frozen=True, slots=True)
class EmbeddersInUse:
    current: Embedder
    former: Mapping[str, Embedder] = field(default_factory=dict)  # by fingerprint

    def of(self, fingerprint: str | None) -> Embedder:
        """The model of that fingerprint, the current one if there is none of it."""
        return self.former.get(fingerprint or "", self.current)
