"""The set of loaded embedding models: the configured one, and previous ones that some tenants still search with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.embeddings.base import Embedder


@dataclass(frozen=True, slots=True)
class EmbeddingModelSet:
    """The configured embedding model and the previous ones."""

    current: Embedder
    previous: Mapping[str, Embedder] = field(default_factory=dict)  # by fingerprint

    def get(self, fingerprint: str | None) -> Embedder:
        """The model with this fingerprint, or the current one if it is not loaded."""
        return self.previous.get(fingerprint or "", self.current)
