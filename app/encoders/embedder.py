"""The Embedder protocol: what retrieval and ingestion need of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Text to vectors. Implementations: SentenceEmbedder (sentence-transformers), HashingEmbedder (shipped fake).

    Thread-safe. Vectors are (n, dimension) float32 with L2 norm 1; inputs over `max_tokens` are cut.
    """

    fingerprint: str  # names model, revision, prompts, dimension: vectors of different fingerprints never mix
    dimension: int
    max_tokens: int  # content tokens that fit beside the prompt and control tokens
    unrelated_cosine: float  # of a question and a passage that have nothing to do with each other

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors: ...

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        """Character span (start, end) of each content token of `text`, in order: the chunker's ruler."""
