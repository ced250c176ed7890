"""Static word vectors averaged by smooth inverse frequency: embeddings without a forward pass.

The method is Arora et al., "A simple but tough-to-beat baseline for sentence embeddings" (2017). The common component
is removed from the vocabulary's vectors and not from a set of sentences, so the vector of a text does not depend on
other uploads of the tenant (Mu and Viswanath, "All-but-the-top", 2018).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from app.embeddings.base import UNRELATED_PAIRS, Vectors
from app.embeddings.static_embeddings import EmbeddingTable

SMOOTHING = 1e-4  # a in a / (a + p); measured: docs/explanation/quality.md
BATCH_SIZE = 1024
MAX_TOKENS = 2**16  # no text reaches this length in practice


class WordVectors:
    """Embedder over a table of word or token vectors. Thread-safe: nothing changes after construction."""

    def __init__(self, table: EmbeddingTable) -> None:
        self._words, self._spans = table.words, table.spans  # does not keep the table itself in memory
        self._weighted = _weight_vectors(table)  # (words, dimension) float16
        self.dimension = table.vectors.shape[1]
        self.max_tokens = MAX_TOKENS
        self.fingerprint = f"words-{hashlib.sha256(self._weighted.tobytes()).hexdigest()[:16]}-{self.dimension}"
        questions = self.embed_queries([question for question, _ in UNRELATED_PAIRS])
        passages = self.embed_passages([passage for _, passage in UNRELATED_PAIRS])
        self.similarity_floor = max(0.0, float(np.mean(np.sum(questions * passages, axis=1))))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), BATCH_SIZE):
            words = self._words(texts[start : start + BATCH_SIZE])
            for position, found in enumerate(words, start):
                vectors[position] = self._weighted[found].sum(axis=0, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors[lengths[:, 0] == 0] = 1.0  # no known word: a vector far from all others, but not zero
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.embed_passages(texts)

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return self._spans(text)


def _weight_vectors(table: EmbeddingTable) -> np.ndarray:
    """(words, dimension) float16: centred vectors times a / (a + p); zero for control tokens."""
    known = table.probability > 0
    weights = np.where(known, SMOOTHING / (SMOOTHING + table.probability), 0.0)
    centre = table.vectors[known].mean(axis=0)
    return np.ascontiguousarray((table.vectors - centre) * weights[:, None], np.float16)
